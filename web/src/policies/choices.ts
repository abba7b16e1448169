// A choice of lock policy as the page handles it before the server has been asked.
export const presets = ['calm', 'balanced', 'strict', 'prove', 'classic'] as const;
export const laneKinds = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'] as const;

export type Preset = (typeof presets)[number];
export type Choice = { preset: Preset; failures: number; minutes: number };

/** Bounds of the two numbers of "as our old system", as the server's contract has them. */
export const bounds = { failures: [1, 50], minutes: [1, 1440] } as const;

export function within(value: number, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Whether the server would take the choice. */
export function isSound(choice: Choice): boolean {
  if (choice.preset !== 'classic') return true;
  return within(choice.failures, bounds.failures) && within(choice.minutes, bounds.minutes);
}

/** Whether two choices amount to the same: the numbers count for `classic` only. */
export function isSame(one: Choice, other: Choice): boolean {
  if (one.preset !== other.preset) return false;
  return one.preset !== 'classic' || (one.failures === other.failures && one.minutes === other.minutes);
}

/** How often a slow guesser gets a try in the long run, in tries a day or in days between tries. */
export function pace(perDay: number): { kind: 'per-day' | 'every-days' | 'never'; count: number } {
  if (perDay <= 0) return { kind: 'never', count: 0 };
  if (perDay < 1) return { kind: 'every-days', count: Math.round(1 / perDay) };
  return { kind: 'per-day', count: Math.round(perDay) };
}
