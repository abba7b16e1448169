// One way to talk to the server: typed calls, one key per write, patient on a bad network, sign-in again in place.
import type { Calls } from './calls.ts';
import { Problem, readProblem, Unreachable } from './problem.ts';
import { keepTrouble } from './support/trouble.ts';
import { noteServerVersion } from './version.ts';
import { language } from './words.ts';

type Query = Record<string, string | number | boolean | null | undefined>;
type Shape = { params?: unknown; query?: unknown; body?: unknown; reply: unknown };
/** The parts of a call that are sent; those it does not have are `undefined` in the contract and fall away. */
type Parts<C> = { [P in keyof C as P extends 'reply' ? never : C[P] extends undefined ? never : P]: C[P] };
type Needed<S> = { [P in keyof S as Record<never, never> extends S[P] ? never : P]: S[P] };
type Spared<S> = { [P in keyof S as Record<never, never> extends S[P] ? P : never]?: S[P] };
type Extras = {
  /** Idempotency key of this write; keep it across tries of the same write. Made up when left out. */
  key?: string;
  /** ETag of the record as last read; the server answers 412 when it has changed since. */
  ifMatch?: string;
  signal?: AbortSignal;
  /** A file or other body sent as it is, with its own content type, in place of JSON. */
  raw?: { type: string; content: Blob | string };
  /** False at the door: a 401 is an answer there, not an expired session. */
  gate?: boolean;
  /** True for calls that keep the device in step: no sign-in sheet, and nothing in the server's place. */
  direct?: boolean;
  /** True where the same write was sent before and may have been carried out. */
  sent?: boolean;
};
export type CallOptions<C extends Shape> = Needed<Parts<C>> & Spared<Parts<C>> & Extras;
type Arguments<C extends Shape> =
  Partial<CallOptions<C>> extends CallOptions<C> ? [options?: CallOptions<C>] : [options: CallOptions<C>];
export type Answer<T> = { body: T; status: number; etag: string | null };

export type AnyOptions = { params?: Record<string, string>; query?: Query; body?: unknown } & Extras;
export type Ask = (call: string, options: AnyOptions & { key: string }) => Promise<Answer<unknown>>;

const patience = [400, 1200, 3000];
const timeLimit = 30_000;
let signInAgain: (() => Promise<boolean>) | null = null;
let confirmAgain: (() => Promise<boolean>) | null = null;
let through: Ask = ask;
let awaited: { soon: Promise<unknown>; ready: Promise<unknown> } | null = null;

/** Puts something between the pages and the server, such as what stands in for it while it is out of reach. */
export function onAsk(given: (ask: Ask) => Ask): void {
  through = given(ask);
}

/** Writes wait for what catches them when the line is lost: so long at most, since a slow line must not keep them. */
export function holdWrites(ready: Promise<unknown>, mostMs: number): void {
  const soon = Promise.race([ready, new Promise(resolve => setTimeout(resolve, mostMs))]);
  const mine = { soon, ready };
  awaited = mine;
  void ready.then(() => {
    if (awaited === mine) awaited = null;
  });
}

/** The shell says what to do when the session has ended: resolve true once somebody has signed in again. */
export function onSignedOut(handler: () => Promise<boolean>): void {
  signInAgain = handler;
}

/** The shell says what to do when a call wants its caller to show himself first: resolve true once he has. */
export function onConfirmFirst(handler: () => Promise<boolean>): void {
  confirmAgain = handler;
}

/** Calls the server and returns the reply's body; throws Problem or Unreachable. */
export async function api<K extends keyof Calls>(
  call: K,
  ...rest: Arguments<Calls[K]>
): Promise<Calls[K]['reply']> {
  return (await apiAnswer(call, ...rest)).body;
}

/** As `api`, with the record's ETag for a later `ifMatch`. */
export async function apiAnswer<K extends keyof Calls>(
  call: K,
  ...rest: Arguments<Calls[K]>
): Promise<Answer<Calls[K]['reply']>> {
  const given = rest[0] as AnyOptions | undefined;
  const options = { ...given, key: given?.key ?? newKey() };
  const held = String(call).startsWith('GET ') ? null : awaited;
  if (!held) return through(String(call), options) as Promise<Answer<Calls[K]['reply']>>;
  await held.soon;
  const by = through;
  try {
    return (await by(String(call), options)) as Answer<Calls[K]['reply']>;
  } catch (error) {
    if (by !== ask || !isPassing(error) || options.direct) throw error;
    // It left before what catches it was there: that catches it now, as it was.
    await held.ready;
    if (through === ask) throw error;
    return through(String(call), { ...options, sent: true }) as Promise<Answer<Calls[K]['reply']>>;
  }
}

async function ask(call: string, options: AnyOptions): Promise<Answer<unknown>> {
  const [method = 'GET', path = '/'] = call.split(' ', 2);
  const request = prepare(method, options);
  const url = addressOf(path, options);
  let reply = await reach(url, request, options.signal);
  if (!reply.ok) {
    const problem = await readProblem(reply);
    const asks = problem.code === 'confirm-first';
    const wait = asks ? confirmAgain : problem.code === 'signed-out' ? signInAgain : undefined;
    if (wait === undefined) keepTrouble(problem);
    if (!wait || options.direct || options.gate === false || !(await wait())) throw problem;
    reply = await reach(url, request, options.signal);
    if (!reply.ok) throw await readProblem(reply);
  }
  const isJson = reply.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isJson && reply.status !== 204 ? await reply.json() : undefined;
  return { body, status: reply.status, etag: reply.headers.get('etag') };
}

/** A fresh idempotency key; `crypto.randomUUID` is missing where the page is served over plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** True where trying again later may help: no network, or a server that asked for patience. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Unreachable || (error instanceof Problem && [429, 502, 503, 504].includes(error.status))
  );
}

function prepare(method: string, options: AnyOptions): RequestInit {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': language(),
  };
  if (method !== 'GET') {
    headers['Idempotency-Key'] = options.key ?? newKey();
    headers['Content-Type'] = options.raw?.type ?? 'application/json';
  }
  if (options.ifMatch) headers['If-Match'] = options.ifMatch;
  const request: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.raw) request.body = options.raw.content;
  else if (options.body !== undefined) request.body = JSON.stringify(options.body);
  return request;
}

function addressOf(path: string, options: AnyOptions): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(options.params?.[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const tail = search.toString();
  return `/api/v1${filled}${tail ? `?${tail}` : ''}`;
}

/** Sends until an answer comes; a lost connection is tried again with the same key, so nothing happens twice. */
async function reach(url: string, request: RequestInit, signal?: AbortSignal): Promise<Response> {
  for (let round = 0; ; round += 1) {
    try {
      const limit = AbortSignal.timeout(timeLimit);
      const reply = await fetch(url, { ...request, signal: signal ? either(signal, limit) : limit });
      noteServerVersion(reply.headers.get('latchkey-version'));
      return reply;
    } catch (cause) {
      if (signal?.aborted) throw cause;
      const pause = patience[round];
      if (pause === undefined || !navigator.onLine) throw new Unreachable(cause);
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}

/** `AbortSignal.any` for browsers that lack it. */
function either(one: AbortSignal, other: AbortSignal): AbortSignal {
  const joined = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) joined.abort(signal.reason);
    signal.addEventListener('abort', () => joined.abort(signal.reason), { once: true });
  }
  return joined.signal;
}
