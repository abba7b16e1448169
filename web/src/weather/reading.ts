// The weather put together for reading: what attempts came to in four groups, how grave it is, how long it has lasted.
import type { Calls } from '../calls.ts';
import { number } from '../formats.ts';

export type Weather = Calls['GET /weather']['reply'];
export type History = Calls['GET /weather/history']['reply'];
export type Counts = Weather['recent']['day']['counts'];

/** What a reader tells apart: let in, tried in vain, stopped before a password was looked at, no room. */
export const groups = ['in', 'wrong', 'stopped', 'busy'] as const;
export type Grouped = Record<(typeof groups)[number], number>;

export function grouped(counts: Counts): Grouped {
  return {
    in: counts.known + counts.familiar + counts.stranger,
    wrong: counts.wrong + counts.repeated,
    stopped: counts.locked + counts.listed + counts.asked,
    busy: counts.busy,
  };
}

/** Everything but who was let in. */
export function failed(counts: Counts): number {
  const { wrong, stopped, busy } = grouped(counts);
  return wrong + stopped + busy;
}

/** The four groups added up over points of a chart. */
export function total(points: History['points']): Grouped {
  const sums: Grouped = { in: 0, wrong: 0, stopped: 0, busy: 0 };
  for (const { counts } of points) {
    const one = grouped(counts);
    for (const group of groups) sums[group] += one[group];
  }
  return sums;
}

export type Sky = 'alarm' | 'flood' | 'defence' | 'calm';

/** The gravest thing that is going on. */
export function skyOf(weather: Pick<Weather, 'alarm' | 'flood' | 'defence'>): Sky {
  if (weather.alarm) return 'alarm';
  if (weather.flood) return 'flood';
  return weather.defence ? 'defence' : 'calm';
}

/** “2 hours”, “15 minutes”: whole units, the largest that fits; under a minute one minute. */
export function lasting(since: string, now: string): string {
  const minutes = Math.max(1, Math.floor((Date.parse(now) - Date.parse(since)) / 60_000));
  const [value, unit] =
    minutes >= 2 * 1_440
      ? [Math.floor(minutes / 1_440), 'day']
      : minutes >= 60
        ? [Math.floor(minutes / 60), 'hour']
        : [minutes, 'minute'];
  return number(value, { style: 'unit', unit, unitDisplay: 'long' });
}
