// Writes iCalendar files (RFC 5545): what is planned, as events that any calendar takes in.
import { property, escapedValue as safe } from './text-lines.ts';

export type Planned = {
  id: string;
  /** ISO 8601 in UTC, as all times here. */
  at: string;
  /** In place of a moment: the whole day. */
  day?: string | null;
  title: string;
  note: string | null;
  changedAt: string;
};

/** What stands before all events, and behind them. */
export const calendarFrame = {
  head: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Latchkey//Follow-ups//EN\r\nCALSCALE:GREGORIAN\r\n',
  tail: 'END:VCALENDAR\r\n',
};

const stamp = (at: string) => new Date(at).toISOString().replace(/\.\d+|[-:]/g, '');

/** One event: of half an hour, or of a whole day. */
export function calendarEvent(one: Planned): string {
  return [
    'BEGIN:VEVENT\r\n',
    property('UID', `${one.id}@latchkey`),
    property('DTSTAMP', stamp(one.changedAt)),
    one.day
      ? property('DTSTART;VALUE=DATE', one.day.replaceAll('-', ''))
      : `${property('DTSTART', stamp(one.at))}DURATION:PT30M\r\n`,
    property('SUMMARY', safe(one.title)),
    property('DESCRIPTION', one.note && safe(one.note)),
    'END:VEVENT\r\n',
  ].join('');
}
