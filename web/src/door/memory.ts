// What the door remembers within one tab: the name, and a lock that was shown, so that a reload explains it again.
import type { Lock, Proof } from '../calls.ts';

type Memory = {
  name: string;
  lock: Lock | null;
  flow: string | null;
  proofs: Proof[];
  endsAt: number | null;
};

const blank: Memory = { name: '', lock: null, flow: null, proofs: [], endsAt: null };
const key = 'latchkey.door';

export function recall(): Memory {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Memory> | null;
    return { ...blank, ...kept };
  } catch {
    return blank;
  }
}

export function keep(memory: Partial<Memory>): void {
  sessionStorage.setItem(key, JSON.stringify({ ...recall(), ...memory }));
}

/** The address to go to after signing in: only a path of our own, never another site. */
export function nextAddress(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  if (!/^\/(?![/\\])/.test(next) || !URL.canParse(next, location.origin)) return '/';
  const url = new URL(next, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : '/';
}
