// Measures the way to the server by twenty small requests, and asks the browser what it allows.
import type { Calls } from '../calls.ts';
import { pageVersion } from '../version.ts';

export type Ping = Calls['GET /ping']['reply'];

/** How one request went. */
export type Try =
  | { kind: 'reply'; ms: number; ping: Ping; skewMs: number }
  /** Something else answered in place of the server: a sign-in page of a network, a proxy that forbids. */
  | { kind: 'other'; status: number; redirected: boolean }
  | { kind: 'none' };

export type Measured = {
  online: boolean;
  tries: Try[];
  cookies: boolean;
  storage: boolean;
  worker: 'none' | 'active' | 'unsupported';
  secure: boolean;
  /** What the pages need and the browser lacks. */
  missing: string[];
  pageVersion: string;
};

export const rounds = 20;
const giveUpAfter = 4;
const patienceMs = 5_000;

/** Runs the check; `onRound` hears of every request that is through. */
export async function measure(onRound: (done: number) => void): Promise<Measured> {
  const tries: Try[] = [];
  for (let round = 0; round < rounds; round += 1) {
    tries.push(await once());
    onRound(round + 1);
    const last = tries.slice(-giveUpAfter);
    if (last.length === giveUpAfter && last.every(one => one.kind !== 'reply')) break;
  }
  return {
    online: navigator.onLine,
    tries,
    cookies: cookiesWork(),
    storage: await storageWorks(),
    worker: workerState(),
    secure: isSecureContext,
    missing: (document.documentElement.dataset.missing ?? '').split(' ').filter(Boolean),
    pageVersion,
  };
}

async function once(): Promise<Try> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patienceMs);
  const [began, from] = [Date.now(), performance.now()];
  try {
    const reply = await fetch('/api/v1/ping', {
      cache: 'no-store',
      redirect: 'manual',
      signal: control.signal,
    });
    const ms = performance.now() - from;
    const ours = reply.ok && (reply.headers.get('content-type') ?? '').includes('json');
    const redirected = reply.type === 'opaqueredirect' || reply.redirected;
    const ping = ours ? ((await reply.json().catch(() => null)) as Ping | null) : null;
    if (typeof ping?.at !== 'number') return { kind: 'other', status: reply.status, redirected };
    return { kind: 'reply', ms, ping, skewMs: began + ms / 2 - ping.at };
  } catch {
    return { kind: 'none' };
  } finally {
    clearTimeout(timer);
  }
}

function cookiesWork(): boolean {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: whether cookies can be set is the very question
    document.cookie = 'latchkey_check=1; SameSite=Strict; path=/check';
    return navigator.cookieEnabled;
  } catch {
    return false;
  }
}

async function storageWorks(): Promise<boolean> {
  try {
    localStorage.setItem('latchkey.check', '1');
    localStorage.removeItem('latchkey.check');
    return await new Promise(resolve => {
      const open = indexedDB.open('latchkey-check');
      open.onsuccess = () => {
        open.result.close();
        indexedDB.deleteDatabase('latchkey-check');
        resolve(true);
      };
      open.onerror = () => resolve(false);
      open.onblocked = () => resolve(false);
    });
  } catch {
    return false;
  }
}

function workerState(): Measured['worker'] {
  if (!('serviceWorker' in navigator)) return 'unsupported';
  return navigator.serviceWorker.controller ? 'active' : 'none';
}
