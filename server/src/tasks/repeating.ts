// When a task that repeats is due again. Pure; days are those of the calendar, ISO 8601.
import type { Repeat } from '../db/tasks-tables.ts';

const dayMs = 86_400_000;
const asDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The day so many days later. */
export const daysAfter = (day: string, days: number): string => asDay(msOf(day) + days * dayMs);

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (day: string): number => new Date(msOf(day)).getUTCDay() || 7;

function monthsAfter(day: string, months: number, dayOfMonth: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return asDay(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)));
}

function weekly(repeat: Repeat, from: string): string {
  if (repeat.weekdays.length === 0) return daysAfter(from, 7 * repeat.step);
  const today = weekdayOf(from);
  const later = repeat.weekdays.filter(day => day > today).sort((a, b) => a - b)[0];
  if (later !== undefined) return daysAfter(from, later - today);
  const first = Math.min(...repeat.weekdays);
  return daysAfter(from, 7 * repeat.step - today + first);
}

/** The day after `from` on which the series goes on. */
function stepFrom(repeat: Repeat, from: string, dayOfMonth: number): string {
  if (repeat.every === 'day') return daysAfter(from, repeat.step);
  return repeat.every === 'week' ? weekly(repeat, from) : monthsAfter(from, repeat.step, dayOfMonth);
}

/**
 * The day on which the next one is due. By the day due it is the first one of the series behind `today`, so that what
 * was late does not come back overdue; by the day done it is counted from `today`. A month without that day takes its last.
 */
export function nextDay(repeat: Repeat, due: string | null, today: string): string {
  const from = repeat.after === 'done' || due === null ? today : due;
  const dayOfMonth = repeat.monthday ?? Number(from.slice(8));
  let next = stepFrom(repeat, from, dayOfMonth);
  // A series of days that nobody looked at for years is not walked through one by one.
  for (let i = 0; next <= today && i < 20_000; i++) next = stepFrom(repeat, next, dayOfMonth);
  return next;
}
