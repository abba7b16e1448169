// Networks an account has signed in well from: home and office stay open on a new browser.
import { DAY } from './spans.ts';

/** One network an account knows, and when it last signed in well from it. */
export interface Familiar {
  readonly network: string;
  readonly at: number;
}

/** After this long without a good sign-in a network is strange again: people move, addresses change hands. */
export const FAMILIAR_FOR = 60 * DAY;
/** So many are remembered, so that a traveller does not gather lanes without end. */
export const FAMILIAR_KEPT = 16;

/** Whether the account knows this network at `now`. */
export function isFamiliar(known: readonly Familiar[], network: string, now: number): boolean {
  return known.some(one => one.network === network && now - one.at < FAMILIAR_FOR);
}

/** The networks after a good sign-in from `network`: the newest sixteen. */
export function becomeFamiliar(
  known: readonly Familiar[],
  network: string,
  now: number,
): readonly Familiar[] {
  const others = known.filter(one => one.network !== network && now - one.at < FAMILIAR_FOR);
  return [{ network, at: now }, ...others.sort((a, b) => b.at - a.at)].slice(0, FAMILIAR_KEPT);
}
