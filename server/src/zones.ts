/// <reference lib="esnext.temporal" />
// Days and times of day as the calendar of a time zone (IANA name) has them. Pure.

const zoned = (at: string | number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(typeof at === 'number' ? at : Date.parse(at)).toZonedDateTimeISO(
    zone,
  );

/** The day of a moment there, such as `2026-03-01`. */
export const dayOf = (at: string | number, zone: string): string => zoned(at, zone).toPlainDate().toString();

/** Minutes since midnight there. */
export function minuteOf(at: string | number, zone: string): number {
  const { hour, minute } = zoned(at, zone);
  return hour * 60 + minute;
}

/** The moment, in milliseconds since 1970, of that minute of a day there. */
export function momentOn(day: string, minute: number, zone: string): number {
  const plainTime = { hour: Math.floor(minute / 60), minute: minute % 60 };
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

/** The moment at which the day of `at` ends there. */
export const endOfDay = (at: number, zone: string): number =>
  zoned(at, zone).startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds;

/** That day, so many days later. */
export const daysLater = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();
