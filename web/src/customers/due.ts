// How near a follow-up is: by days of the reader's calendar, not by hours.
export type Nearness = 'overdue' | 'today' | 'soon' | 'later';

/** Whole calendar days from `now` to `at`; negative when past. */
export function daysUntil(at: string | number | Date, now: number = Date.now()): number {
  const day = (moment: Date) => Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return Math.round((day(new Date(at)) - day(new Date(now))) / 86_400_000);
}

export function nearness(at: string, now: number = Date.now()): Nearness {
  const days = daysUntil(at, now);
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= 7 ? 'soon' : 'later';
}

/** The first moment of the day that is `days` after the one of `now`. */
export function startOfDay(days: number, now: number = Date.now()): Date {
  const at = new Date(now);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);
}
