// Notes that a proxy on this machine passes requests on though the settings name none: then no address can be believed.
import type { Installation } from '../world.ts';

const seen = new WeakMap<Installation['signals'], number>();
const local = /^(::ffff:)?127\.|^::1$/;

/** Called with every request; once an hour is kept, in memory. */
export function noteUnnamedProxy(
  installation: Pick<Installation, 'signals' | 'now' | 'config'>,
  peer: string | undefined,
  forwarded: string | null | undefined,
): void {
  if (!forwarded || installation.config.trustedProxies.length > 0 || !local.test(peer ?? '')) return;
  const now = installation.now();
  if (now - (seen.get(installation.signals) ?? 0) > 3_600_000) seen.set(installation.signals, now);
}

/** When such a request came, to the hour, in milliseconds since 1970; null when this process has seen none. */
export function unnamedProxySeen(installation: Pick<Installation, 'signals'>): number | null {
  return seen.get(installation.signals) ?? null;
}
