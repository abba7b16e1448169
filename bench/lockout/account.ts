// What the simulated store holds for the lanes, and which parts of the mechanism are on.
import {
  CREDIT_WITHIN,
  type Familiar,
  type Lane,
  type LaneKind,
  type Mark,
  type Mass,
} from '../../engine/src/index.ts';
import type { Try } from './scheme.ts';

/** The parts of the mechanism that can be switched off to see what they are worth. */
export interface Parts {
  readonly devices: boolean;
  readonly familiar: boolean;
  readonly stepUp: boolean;
  readonly repeats: boolean;
  readonly credit: boolean;
  readonly alarm: boolean;
  readonly sources: boolean;
  /** Listed guesses are not hashed. */
  readonly listed: boolean;
  /** What ends a run of misses: a right password by the same lane, also a proof, or any right password. */
  readonly runEnds: 'own' | 'proof' | 'any';
}

export const ALL_PARTS: Parts = {
  devices: true,
  familiar: true,
  stepUp: true,
  repeats: true,
  credit: true,
  alarm: true,
  sources: true,
  listed: true,
  runEnds: 'own',
};

/** What a store would hold about one account. */
export interface Account {
  strangers: Lane | null;
  liftAt: number;
  readonly devices: Map<number, Lane | null>;
  readonly lanesOfNetworks: Map<string, Lane>;
  networks: readonly Familiar[];
  marks: readonly Mark[];
  mass: Mass | null;
  slips: { at: number; network: string; by: LaneKind }[];
  touchedOn: number;
}

/** Misses in a row on the account's other lanes of the same kind than this one. */
export function elsewhere(account: Account, by: LaneKind, lane: Lane | null): number {
  let misses = -(lane?.misses ?? 0);
  if (by === 'knownDevice') for (const one of account.devices.values()) misses += one?.misses ?? 0;
  else if (by === 'familiarNetwork') for (const one of account.lanesOfNetworks.values()) misses += one.misses;
  else return 0;
  return misses;
}

/** Plain misses of the last half hour on this lane from the same network. */
export function slipsNearby(account: Account, tried: Try, by: LaneKind): number {
  let slips = 0;
  for (const slip of account.slips) {
    if (slip.by === by && slip.network === tried.network && tried.at - slip.at < CREDIT_WITHIN) slips += 1;
  }
  return slips;
}
