// Days and moments of tasks in the time zone they are meant in. Pure.
import type { Repeat } from '../db/tasks-tables.ts';
import { dayOf, minuteOf, momentOn } from '../zones.ts';
import { nextDay } from './repeating.ts';

/** What is due on a whole day is reminded of from this hour on. */
const morning = 9 * 60;

const textOf = (ms: number) => new Date(ms).toISOString();

type Due = { due_on: string | null; due_at: string | null; zone: string | null };

const zoneIn = (due: Due, home: string) => due.zone ?? home;

/** The day on which it is due; null for none. */
export const dueDay = (due: Due, home: string): string | null =>
  due.due_at === null ? due.due_on : dayOf(due.due_at, zoneIn(due, home));

/** The same time of day, or the whole day, on another day. */
export function movedTo(due: Due, day: string, home: string): Pick<Due, 'due_on' | 'due_at'> {
  if (due.due_at === null) return { due_on: day, due_at: null };
  const zone = zoneIn(due, home);
  const seconds = Date.parse(due.due_at) % 60_000;
  return { due_on: null, due_at: textOf(momentOn(day, minuteOf(due.due_at, zone), zone) + seconds) };
}

/** When to remind of it; null where no reminder is wanted or nothing is due. */
export function remindAt(due: Due, minutes: number | null, home: string): string | null {
  if (minutes === null) return null;
  if (due.due_at !== null) return textOf(Date.parse(due.due_at) - minutes * 60_000);
  return due.due_on === null
    ? null
    : textOf(momentOn(due.due_on, morning, zoneIn(due, home)) - minutes * 60_000);
}

/** When the next one of a series is due. */
export function nextDue(due: Due, repeat: Repeat, now: number, home: string): Pick<Due, 'due_on' | 'due_at'> {
  const today = dayOf(now, zoneIn(due, home));
  return movedTo(due, nextDay(repeat, dueDay(due, home), today), home);
}
