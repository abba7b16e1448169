// Periods, the parts of a forecast, and how targets of months and quarters, people and teams go together. Pure.
import type { z } from 'zod';
import type { Period as PeriodSchema } from './contract.ts';

export type Period = z.output<typeof PeriodSchema>;

/** From how many per cent on an open deal counts as sure, and as likely. */
export const levels = { sure: 75, likely: 40 } as const;

const two = (n: number) => String(n).padStart(2, '0');

/** The months of a period, `2026-01` to `2026-03` for a quarter. */
export function monthsOf(period: Period): string[] {
  const [year, part = ''] = period.split('-');
  if (!part.startsWith('Q')) return [period];
  const first = (Number(part.slice(1)) - 1) * 3 + 1;
  return [0, 1, 2].map(i => `${year}-${two(first + i)}`);
}

/** Its first day and the first day after it. */
export function daysOf(period: Period): { from: string; to: string } {
  const months = monthsOf(period);
  const [year = 0, month = 1] = (months.at(-1) ?? '').split('-').map(Number);
  const after = month === 12 ? `${year + 1}-01` : `${year}-${two(month + 1)}`;
  return { from: `${months[0]}-01`, to: `${after}-01` };
}

/** The moment at which a day begins in a time zone. */
export function startOf(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Twice: the offset at midnight there may differ from that at midnight here.
  const guess = midnight - offsetAt(midnight, timeZone);
  return new Date(midnight - offsetAt(guess, timeZone)).toISOString();
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, ...digits, ...time });
  clocks.set(timeZone, clock);
  return clock;
}

function offsetAt(ms: number, timeZone: string): number {
  return Date.parse(`${clockOf(timeZone).format(ms).replace(' ', 'T')}Z`) - ms;
}

/** The month in which a moment falls there. */
export function monthAt(ms: number, timeZone: string): Period {
  return clockOf(timeZone).format(ms).slice(0, 7);
}

export type TargetRow = {
  subject: 'person' | 'team' | 'everybody';
  subject_id: string;
  period: string;
  currency: string;
  amount: number;
};

type Team = { id: string; people: string[] };

/** What a subject is to win in a period: the target set for just that, or else those of the quarter's months. */
function ownTarget(rows: TargetRow[], subject: TargetRow['subject'], id: string, period: Period) {
  const found = rows.filter(row => row.subject === subject && row.subject_id === id);
  const exact = found.filter(row => row.period === period);
  const taken = exact.length > 0 ? exact : found.filter(row => row.period !== period);
  return taken.reduce((sum, row) => sum + row.amount, 0) || null;
}

const added = (parts: (number | null)[]) => {
  const known = parts.filter(part => part !== null);
  return known.length > 0 ? known.reduce((sum, part) => sum + part, 0) : null;
};

/**
 * Targets in one currency: of each person, of a team (its own, or those of its people), of all (the company's, or those
 * of the teams and of people without one).
 */
export function targetsIn(currency: string, all: TargetRow[], period: Period, everybodyId: string) {
  const rows = all.filter(row => row.currency === currency);
  const person = (id: string) => ownTarget(rows, 'person', id, period);
  const team = ({ id, people }: Team) => ownTarget(rows, 'team', id, period) ?? added(people.map(person));
  const everybody = (teams: Team[], loose: string[]) =>
    ownTarget(rows, 'everybody', everybodyId, period) ?? added([...teams.map(team), ...loose.map(person)]);
  return { person, team, everybody };
}
