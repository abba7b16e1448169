// What goes with a request to support: the device, the last thing that went wrong, the check.
import { dateTime } from '../formats.ts';
import { pageVersion } from '../version.ts';
import { keep, kept, type Trouble } from './trouble.ts';

export { lastTrouble, type Trouble } from './trouble.ts';

/** The label is a key of the words, so that each reads it in his own language. */
export type Fact = { label: string; value: string };
const checkKey = 'latchkey.check';

/** Keeps the result of the connection check, for attaching it. */
export const keepCheck = (facts: Fact[]): void => keep(checkKey, facts);
export const lastCheck = (): Fact[] => kept<Fact[]>(checkKey) ?? [];

const cut = (text: string, most = 400) => text.slice(0, most);

/** Device, system, browser, client version. */
export function deviceFacts(): Fact[] {
  const facts: [string, string][] = [
    ['browser', navigator.userAgent],
    ['screen', `${screen.width}×${screen.height} @${devicePixelRatio}`],
    ['languages', navigator.languages.join(', ')],
    ['zone', Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''],
    ['version', pageVersion],
    ['time', dateTime(Date.now())],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value: cut(value) }));
}

/** What went wrong last, as facts. */
export function troubleFacts(trouble: Trouble): Fact[] {
  const facts: [string, string][] = [
    ['when', dateTime(trouble.at)],
    ['page', trouble.page],
    ['words', trouble.words],
    ['code', trouble.code],
    ['lock', trouble.lock?.cause ?? ''],
    ['until', trouble.lock?.until ? dateTime(trouble.lock.until) : ''],
    ['correlation', trouble.correlation],
  ];
  return facts.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value: cut(value) }));
}

/** The label in the reader's language; one of another version as it came. */
export function labelOf(label: string, t: (key: string) => string): string {
  for (const key of [`fact.${label}`, `check.what.${label}`]) {
    const words = t(key);
    if (words !== key) return words;
  }
  return label;
}
