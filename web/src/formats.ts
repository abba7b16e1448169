// Dates, numbers and money in the chosen language, through Intl.
import { language } from './words.ts';

type When = string | number | Date;

const made = new Map<string, unknown>();

/** 1,234.5 */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return keep(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(language(), options)).format(value);
}

/** ¥1,234.50; the currency is an ISO 4217 code. */
export function money(value: number, currency = 'CNY'): string {
  return number(value, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
}

/** 22 Nov 2025 · 2025年11月22日 */
export function date(at: When): string {
  return stamp('d', at, { dateStyle: 'medium' });
}

/** 22 Nov · 11月22日; the year only where it is another one. */
export function day(at: When, now: number = Date.now()): string {
  if (new Date(at).getFullYear() !== new Date(now).getFullYear()) return date(at);
  return stamp('md', at, { month: 'short', day: 'numeric' });
}

/** Saturday 22 November · 11月22日星期六 */
export function weekday(at: When): string {
  return stamp('w', at, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** 14:05 */
export function time(at: When): string {
  return stamp('t', at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** 22 Nov 2025, 14:05 in the reader's own time zone. */
export function dateTime(at: When): string {
  return stamp('dt', at, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** 22 Nov 2025, 14:05:09, where seconds tell things apart. */
export function exactTime(at: When): string {
  return stamp('dts', at, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** "5 minutes ago", "yesterday"; beyond a week the date. */
export function ago(at: When, now: number = Date.now()): string {
  const passed = (new Date(at).getTime() - now) / 1000;
  if (Math.abs(passed) > 7 * 86_400) return date(at);
  const [unit, size] = steps.findLast(([, length]) => Math.abs(passed) >= length) ?? ['minute', 60];
  const format = keep('ago', () => new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }));
  return format.format(Math.trunc(passed / size), unit);
}

/** Seconds left as a clock: 4:09, 1:02:09. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function stamp(name: string, at: When, options: Intl.DateTimeFormatOptions): string {
  return keep(name, () => new Intl.DateTimeFormat(language(), options)).format(new Date(at));
}

function keep<T>(name: string, make: () => T): T {
  const key = `${language()} ${name}`;
  const found = made.get(key);
  if (found) return found as T;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
