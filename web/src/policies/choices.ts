// What a choice of lock policy amounts to, worked out by the engine itself, so that page and server agree.
import {
  checkPolicy,
  classic,
  type LaneKind,
  type Policy,
  type Preset,
  presetPolicy,
} from '@latchkey/engine';

export const presets: Preset[] = ['calm', 'balanced', 'strict', 'prove', 'classic'];
export const laneKinds: LaneKind[] = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'];

export type Choice = { preset: Preset; failures: number; minutes: number };

/** Bounds of the two numbers of "as our old system", as the server's contract has them. */
export const bounds = { failures: [1, 50], minutes: [1, 1440] } as const;

export function within(value: number, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

export function policyFor(choice: Choice): Policy {
  return choice.preset === 'classic' ? classic(choice.failures, choice.minutes) : presetPolicy(choice.preset);
}

export function warningsFor(choice: Choice) {
  return checkPolicy(policyFor(choice)).warnings;
}

/** How often a slow guesser gets a try in the long run: `{every: 4, unit: 'days'}` or `{perDay: 24}`. */
export function pace(perDay: number): { kind: 'per-day' | 'every-days' | 'never'; count: number } {
  if (perDay <= 0) return { kind: 'never', count: 0 };
  if (perDay < 1) return { kind: 'every-days', count: Math.round(1 / perDay) };
  return { kind: 'per-day', count: Math.round(perDay) };
}
