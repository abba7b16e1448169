/// <reference lib="esnext.temporal" />
// Days and moments of tasks in the time zone they are meant in. Pure.
import type { Repeat } from '../db/tasks-tables.ts';
import { nextDay } from './repeating.ts';

/** What is due on a whole day is reminded of from this hour on. */
const morning = { hour: 9 };

const zoneIn = (zone: string | null) => zone ?? Temporal.Now.timeZoneId();
const zoned = (at: string | number, zone: string | null) =>
  Temporal.Instant.fromEpochMilliseconds(typeof at === 'number' ? at : Date.parse(at)).toZonedDateTimeISO(
    zoneIn(zone),
  );
const textOf = (at: Temporal.ZonedDateTime) => new Date(at.epochMilliseconds).toISOString();

/** The day of a moment, in that zone or the server's. */
export const dayOf = (at: string | number, zone: string | null): string =>
  zoned(at, zone).toPlainDate().toString();

/** Minutes since midnight. */
export function minuteOf(at: number, zone: string | null): number {
  const { hour, minute } = zoned(at, zone);
  return hour * 60 + minute;
}

type Due = { due_on: string | null; due_at: string | null; zone: string | null };

/** The same time of day, or the whole day, on another day. */
export function movedTo(due: Due, day: string): Pick<Due, 'due_on' | 'due_at'> {
  if (due.due_at === null) return { due_on: day, due_at: null };
  const time = zoned(due.due_at, due.zone).toPlainTime();
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zoneIn(due.zone), plainTime: time });
  return { due_on: null, due_at: textOf(at) };
}

/** When to remind of it; null where no reminder is wanted or nothing is due. */
export function remindAt(due: Due, minutes: number | null): string | null {
  if (minutes === null) return null;
  const at =
    due.due_at !== null
      ? zoned(due.due_at, due.zone)
      : due.due_on !== null
        ? Temporal.PlainDate.from(due.due_on).toZonedDateTime({
            timeZone: zoneIn(due.zone),
            plainTime: Temporal.PlainTime.from(morning),
          })
        : null;
  return at && textOf(at.subtract({ minutes }));
}

/** When the next one of a series is due. */
export function nextDue(due: Due, repeat: Repeat, now: number): Pick<Due, 'due_on' | 'due_at'> {
  const day = due.due_at === null ? due.due_on : dayOf(due.due_at, due.zone);
  return movedTo(due, nextDay(repeat, day, dayOf(now, due.zone)));
}
