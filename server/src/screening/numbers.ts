// Numbers that people remember without trying: dates, mobile phone numbers, runs, repetitions.
import { tellingNumbers } from './weak-words.ts';

const year = '(?:19[3-9]\\d|20[0-4]\\d)';
const month = '(?:0[1-9]|1[0-2])';
const day = '(?:0[1-9]|[12]\\d|3[01])';
/** Years, dates in the orders of China, America and Europe, and mobile numbers. */
const datesAndPhones = new RegExp(
  `^(?:${year}|${year}${month}${day}|${year}[1-9]{2}|${month}${day}${year}|${day}${month}${year}|(?:86|0086)?1[3-9]\\d{9})$`,
);
/** One in nine numbers of six digits is such a date: it counts where it stands alone. */
const shortDates = new RegExp(`^(?:\\d\\d${month}${day}|${month}${day}\\d\\d|${day}${month}\\d\\d)$`);
const repeated = /^(\d{1,4})\1+$/;
const telling = new Set(tellingNumbers);

/** One step up or down from each character to the next, or none at all: 34567, 987, zyx, 1111. */
export function isSequence(text: string): boolean {
  if (text.length < 3) return false;
  const wraps = /^\d+$/.test(text) ? 10 : 26;
  const step = (text.charCodeAt(1) - text.charCodeAt(0) + wraps) % wraps;
  if (step !== 0 && step !== 1 && step !== wraps - 1) return false;
  for (let i = 2; i < text.length; i++)
    if ((text.charCodeAt(i) - text.charCodeAt(i - 1) + wraps) % wraps !== step) return false;
  return true;
}

function isToken(digits: string): boolean {
  return (
    telling.has(digits) ||
    datesAndPhones.test(digits) ||
    isSequence(digits) ||
    (digits.length >= 4 && repeated.test(digits))
  );
}

/** Whether the digits are at most three numbers that mean something, one after the other: 19900101, 5201314123. */
export function isTelling(digits: string): boolean {
  return shortDates.test(digits) || isTokens(digits, 3);
}

function isTokens(digits: string, most: number): boolean {
  if (isToken(digits)) return true;
  if (most === 1 || digits.length > 30) return false;
  for (let at = 3; at <= digits.length - 3; at++)
    if (isToken(digits.slice(0, at)) && isTokens(digits.slice(at), most - 1)) return true;
  return false;
}

/** Joins dates and phone numbers that are written with marks: 1990-1-1, 1990年1月1日, 138 1234 5678. */
export function joined(text: string): string {
  const two = (part: string) => part.padStart(2, '0');
  return text
    .replace(
      /(?<!\d)(\d{4}|\d{2})([-./年])(\d{1,2})[-./月](\d{1,2})(?!\d)[日号]?/gu,
      (_, y: string, __, m: string, d: string) => y + two(m) + two(d),
    )
    .replace(
      /(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?!\d)/g,
      (_, a: string, __, b: string, y: string) => two(a) + two(b) + y,
    )
    .replace(/(?<!\d)(1[3-9]\d)[- ](\d{4})[- ](\d{4})(?!\d)/g, '$1$2$3');
}
