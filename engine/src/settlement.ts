// After the hash: what an attempt leaves behind, as plain orders for a store to carry out.
import type { Verdict } from './lane.ts';
import type { LaneKind } from './policy.ts';
import { BLAME } from './sources.ts';
import { MINUTE } from './spans.ts';

export interface Settlement {
  /** Earlier strikes given back to the lane besides the try itself; Infinity: all of them. */
  readonly credit: number;
  /** Blame laid on the address, its /64 and its network. */
  readonly blame: number;
  /** Counts as a stranger's miss on this account in the watch for sprays. */
  readonly touches: boolean;
  /** Remember the wrong password's mark. */
  readonly remember: boolean;
  /** Forget the plain wrong marks. */
  readonly forget: boolean;
  /** Tell the owner that a former password is still in use. */
  readonly stale: boolean;
}

/** A right password forgives at most so many recent slips of a stranger or a familiar network (a kindness: the
 * simulation shows neither harm nor much use) … */
export const CREDIT = 3;
/** … made within this time from the same network. */
export const CREDIT_WITHIN = 30 * MINUTE;

/**
 * The consequences of an attempt that came by `by`. `slips`: plain misses of the last half hour on this lane
 * from the same network. `listed`: it was answered, or asked for a proof, because the password is listed.
 */
export function settlement(by: LaneKind, verdict: Verdict, slips: number, listed = false): Settlement {
  const stranger = by === 'strangers' || by === 'alarm';
  const missed = verdict === 'wrong';
  return {
    credit:
      verdict !== 'right' ? 0 : by === 'knownDevice' ? Number.POSITIVE_INFINITY : Math.min(CREDIT, slips),
    // Nobody but the owner, or a thief of the device, comes by a known device: no reason to blame the place.
    blame: missed && by !== 'knownDevice' ? (listed ? BLAME.listed : BLAME.wrong) : 0,
    touches: stranger && missed,
    remember: (missed && !listed) || verdict === 'repeated',
    forget: verdict === 'right',
    stale: verdict === 'former',
  };
}
