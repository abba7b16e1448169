// A choice of lock policy as the page handles it before the server has been asked.
import type { Calls } from '../calls.ts';

export const presets = ['calm', 'balanced', 'strict', 'prove', 'classic'] as const;
export const laneKinds = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'] as const;
export const laneFields = ['tries', 'pauseMinutes', 'reserve', 'perDay'] as const;
export const measures = ['tell', 'prove'] as const;

export type Preset = (typeof presets)[number] | 'custom';
export type LaneKind = (typeof laneKinds)[number];
export type LaneField = (typeof laneFields)[number];
export type Measure = (typeof measures)[number];
export type Lanes = Record<LaneKind, Record<LaneField, number>>;
export type Choice = {
  preset: Preset;
  failures: number;
  minutes: number;
  lanes: Lanes;
  arrivals: { newDevice: Measure; abnormal: Measure };
};
export type Policy = Calls['GET /policies/lock']['reply'];

/** Bounds of the two numbers of "as our old system", as the server's contract has them. */
export const bounds = { failures: [1, 50], minutes: [1, 1440] } as const;

export function within(value: number, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** The stored policy as a choice; what its preset does not use starts with what is usual. */
export function choiceOf(stored: Policy): Choice {
  const known = [...presets, 'custom' as const].find(one => one === stored.preset);
  return {
    preset: known ?? 'balanced',
    failures: stored.failures ?? 5,
    minutes: stored.minutes ?? 30,
    lanes: stored.lanes,
    arrivals: stored.arrivals,
  };
}

/** Whether it makes sense to ask the server about the choice; the bounds of lanes are the server's to judge. */
export function isSound({ preset, failures, minutes, lanes }: Choice): boolean {
  if (preset === 'classic') return within(failures, bounds.failures) && within(minutes, bounds.minutes);
  if (preset !== 'custom') return true;
  return laneKinds.every(kind => laneFields.every(field => Number.isFinite(lanes[kind][field])));
}

/** Whether two choices amount to the same: numbers count only where their preset uses them. */
export function isSame(one: Choice, other: Choice): boolean {
  return JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other));
}

/** The choice as it is saved. */
export function bodyOf({ preset, failures, minutes, lanes, arrivals }: Choice) {
  if (preset === 'classic') return { preset, failures, minutes, arrivals };
  return preset === 'custom' ? { preset, lanes: plain(lanes), arrivals } : { preset, arrivals };
}

/** The choice as it is asked about. */
export function queryOf(choice: Choice) {
  const { preset, failures, minutes, lanes, arrivals } = choice;
  const numbers = preset === 'classic' ? { failures, minutes } : {};
  const own = preset === 'custom' ? { lanes: JSON.stringify(plain(lanes)) } : {};
  return { preset, ...numbers, ...own, ...arrivals };
}

/** The lanes in one order, so that equal ones read alike. */
function plain(lanes: Lanes): Lanes {
  const numbers = (kind: LaneKind) =>
    Object.fromEntries(laneFields.map(field => [field, lanes[kind][field]])) as Lanes[LaneKind];
  return Object.fromEntries(laneKinds.map(kind => [kind, numbers(kind)])) as Lanes;
}

/** How often a slow guesser gets a try in the long run, in tries a day or in days between tries. */
export function pace(perDay: number): { kind: 'per-day' | 'every-days' | 'never'; count: number } {
  if (perDay <= 0) return { kind: 'never', count: 0 };
  if (perDay < 1) return { kind: 'every-days', count: Math.round(1 / perDay) };
  return { kind: 'per-day', count: Math.round(perDay) };
}

type Owners = Calls['GET /policies/lock/preview']['reply']['now']['owners'];

/** How many more visits of owners the draft would have held up than the present policy. */
export function harm(now: Owners, draft: Owners): number {
  return Math.max(0, draft.refused + draft.asked - now.refused - now.asked);
}
