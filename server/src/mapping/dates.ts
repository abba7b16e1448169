/// <reference lib="esnext.temporal" />
// Dates as people and other systems write them, read into one moment in UTC.

export type DateStyle = {
  /** IANA name of the zone that times without one are meant in. */
  timeZone: string;
  /** 05/06/2024 is the fifth of June. */
  dayFirst: boolean;
};

const yearFirst =
  /^(\d{4})(?:[-/.]|年)\s?(\d{1,2})(?:[-/.]|月)\s?(\d{1,2})日?(?:[T\s]\s*(.+))?$|^(\d{4})年(\d{1,2})月(\d{1,2})日(.+)$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:,?\s+(.+))?$/;
const clock =
  /^(上午|下午|凌晨|中午|晚上|早上)?\s*(\d{1,2})(?::|时|點|点)\s?(\d{1,2})?(?:分|:(\d{1,2})(?:[.,](\d{1,9}))?)?(?:(\d{1,2})秒)?\s*(上午|下午|[AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads `2024-05-06`, `2024/5/6 13:04`, `2024年5月6日 下午1:04`, `5/6/2024 1:04 PM`, ISO 8601 with a zone; the answer is
 * ISO 8601 in UTC, or null for what is no date. A day alone means its first moment in the zone.
 */
export function readDate(text: string, style: DateStyle): string | null {
  const found = dayIn(text.normalize('NFKC').trim(), style.dayFirst);
  if (!found) return null;
  const time = found.time ? timeIn(found.time) : { hour: 0, minute: 0, second: 0, ms: 0, offset: null };
  if (!time) return null;
  const { year, month, day } = found;
  if (year < 1900 || year > 2200) return null;
  try {
    const { hour, minute, second, ms } = time;
    const local = Temporal.PlainDateTime.from(
      { year, month, day, hour, minute, second, millisecond: ms },
      { overflow: 'reject' },
    );
    const zoned = local.toZonedDateTime(time.offset ?? style.timeZone, { disambiguation: 'compatible' });
    return new Date(zoned.epochMilliseconds).toISOString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The day of a moment as the calendar of that zone has it. */
export function dayOf(at: string, timeZone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Whether a name is a time zone that dates can be read in. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function dayIn(text: string, dayFirst: boolean) {
  const y = yearFirst.exec(text);
  if (y)
    return {
      year: Number(y[1] ?? y[5]),
      month: Number(y[2] ?? y[6]),
      day: Number(y[3] ?? y[7]),
      time: (y[4] ?? y[8])?.trim(),
    };
  const m = yearLast.exec(text);
  if (!m) return null;
  const [first, second] = [Number(m[1]), Number(m[2])];
  // German and French lists part days by points, and always begin with the day.
  const isDayFirst = dayFirst || text.includes('.');
  return {
    year: Number(m[3]),
    month: isDayFirst ? second : first,
    day: isDayFirst ? first : second,
    time: m[4]?.trim(),
  };
}

function timeIn(text: string) {
  const t = clock.exec(text);
  if (!t) return null;
  const half = t[1] ?? t[7]?.toLowerCase().replaceAll('.', '');
  let hour = Number(t[2]);
  if (half === 'pm' || half === '下午' || half === '晚上' || half === '中午') {
    if (hour < 11 || (hour === 11 && half !== '中午')) hour += 12;
  } else if (half && hour === 12) hour = 0;
  const offset = t[8];
  return {
    hour,
    minute: Number(t[3] ?? 0),
    second: Number(t[4] ?? t[6] ?? 0),
    ms: t[5] ? Math.floor(Number(`0.${t[5]}`) * 1_000) : 0,
    offset: !offset
      ? null
      : /^[A-Z]/.test(offset)
        ? 'UTC'
        : offset.includes(':')
          ? offset
          : `${offset.slice(0, 3)}:${offset.slice(3)}`,
  };
}
