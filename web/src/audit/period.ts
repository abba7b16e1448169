// A period of whole days in the reader's own time zone, as the moments a query wants.
export type DayRange = { from?: string; to?: string };

const day = /^\d{4}-\d{2}-\d{2}$/;

/** From the first moment of `from` to the last of `to`; what is no date falls away. */
export function momentsOf({ from, to }: DayRange): DayRange {
  const start = from ? startOfDay(from, 0) : null;
  const end = to ? startOfDay(to, 1) : null;
  return { ...(start ? { from: start } : {}), ...(end ? { to: end } : {}) };
}

function startOfDay(text: string, later: number): string | null {
  if (!day.test(text)) return null;
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  const moment = new Date(year, month - 1, date + later);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
