// Networks an account has signed in well from: home and office stay open on a new browser. That a network's own
// history tells owner from stranger: Freeman et al., Who Are You? (NDSS 2016); Wiefling et al. on risk-based sign-in.
import { DAY } from './spans.ts';

/** One network an account knows, and when it last signed in well from it. */
export interface Familiar {
  readonly network: string;
  readonly at: number;
}

/** Strange again after this long: twice the slowest pace simulated (a visit in thirty days), so that none falls out. */
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
