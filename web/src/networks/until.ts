// How long a network is to be trusted: a length from now, or the last moment of a chosen day.

export const lengths = ['1', '3', '7', '30', '90', 'day'] as const;
export type Length = (typeof lengths)[number];

export const mostDays = 366;
const dayMs = 86_400_000;

/** The moment at which trust ends; null while no sound day is chosen. `day` is as `<input type="date">` has it. */
export function endOf(length: Length, day: string, now: number): string | null {
  if (length !== 'day') return new Date(now + Number(length) * dayMs).toISOString();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const end = new Date(year, month - 1, date, 23, 59, 59).getTime();
  return Number.isNaN(end) || end <= now || end - now > mostDays * dayMs ? null : new Date(end).toISOString();
}

/** A day of the reader's own calendar, so many days from now, as `<input type="date">` has it. */
export function dayAhead(days: number, now: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
