// Who is compared with whom: other lockouts, our presets, and ours with one part switched off at a time.
import { BALANCED, CALM, classic, DAY, MINUTE, type Policy, PROVE, STRICT } from '../../engine/src/index.ts';
import { ALL_PARTS, type Parts } from './account.ts';
import { DaLock, DeviceCookies, SmartLockout, Strikes } from './counted.ts';
import { Lanes } from './lanes.ts';
import type { Scheme } from './scheme.ts';

export interface Contestant {
  readonly name: string;
  readonly group: 'others' | 'presets' | 'parts';
  /** Listed guesses of strangers are never verified, screened or not. */
  readonly skipsListed: boolean;
  readonly scheme: (screened: boolean) => Scheme;
}

/** The preset that ships as the default: the targets are its. */
export const DEFAULT = 'lanes, balanced';

// Strangers' short scale out of the way: all that the long scale allows may be tried at once.
const LONG_ONLY: Policy = {
  ...BALANCED,
  lanes: {
    ...BALANCED.lanes,
    familiarNetwork: { ...BALANCED.lanes.familiarNetwork, tries: 50, pauseMinutes: 1 },
    strangers: { ...BALANCED.lanes.strangers, tries: 50, pauseMinutes: 1 },
    alarm: { ...BALANCED.lanes.alarm, tries: 50, pauseMinutes: 1 },
  },
};

export const CONTESTANTS: readonly Contestant[] = [
  other('3 strikes, administrator', () => new Strikes(3, Number.POSITIVE_INFINITY)),
  other('5 strikes, 30 min', () => new Strikes(5, 30 * MINUTE)),
  other('10 strikes, 24 h', () => new Strikes(10, DAY)),
  other('smart lockout (imitation)', () => new SmartLockout()),
  other('device cookies (OWASP)', () => new DeviceCookies()),
  other('DALock (10, 2⁻⁹)', () => new DaLock()),
  preset('lanes, calm', CALM),
  preset(DEFAULT, BALANCED),
  preset('lanes, strict', STRICT),
  preset('lanes, strangers prove', PROVE),
  preset('lanes, classic 5 / 30 min', classic(5, 30)),
  part('without device cookies', { devices: false }),
  part('without familiar networks', { familiar: false }),
  part('without step-up', { stepUp: false }),
  part('without forgiving repeats', { repeats: false }),
  part('without credit', { credit: false }),
  part('without spray alarm', { alarm: false }),
  part('without source blame', { sources: false }),
  part('without short scale', {}, LONG_ONLY),
  part('a proof ends the run too', { runEnds: 'proof' }),
  part('any right password ends it', { runEnds: 'any' }),
  { ...part('listed guesses verified', { listed: false }), skipsListed: false },
];

function other(name: string, scheme: () => Scheme): Contestant {
  return { name, group: 'others', skipsListed: false, scheme };
}

function preset(name: string, policy: Policy): Contestant {
  return {
    name,
    group: 'presets',
    skipsListed: true,
    scheme: screened => new Lanes(policy, ALL_PARTS, screened),
  };
}

function part(name: string, off: Partial<Parts>, policy: Policy = BALANCED): Contestant {
  const parts = { ...ALL_PARTS, ...off };
  return { name, group: 'parts', skipsListed: true, scheme: screened => new Lanes(policy, parts, screened) };
}
