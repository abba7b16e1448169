// What goes with a request to support: the device, the last thing that went wrong, the check; kept on this page's device.
import { dateTime } from '../formats.ts';
import { Problem } from '../problem.ts';
import { pageVersion } from '../version.ts';

/** The label is a key of the words, so that each reads it in his own language. */
export type Fact = { label: string; value: string };
export type Trouble = {
  at: number;
  page: string;
  code: string;
  words: string;
  correlation: string;
  lock: { cause: string; since: string; until: string | null } | null;
};

const troubleKey = 'latchkey.trouble';
const checkKey = 'latchkey.check';

/** Remembers what the server has just refused, until the tab is closed; passwords and codes are no part of it. */
export function keepTrouble(error: unknown): void {
  if (!(error instanceof Problem)) return;
  const { cause, since, until } = error.lock ?? {};
  const trouble: Trouble = {
    at: Date.now(),
    page: globalThis.location?.pathname ?? '',
    code: error.code,
    words: error.detail || error.title,
    correlation: error.correlationId ?? '',
    lock: cause && since ? { cause, since, until: until ?? null } : null,
  };
  keep(troubleKey, trouble);
}

export const lastTrouble = (): Trouble | null => kept<Trouble>(troubleKey);

/** Keeps the result of the connection check, for attaching it. */
export const keepCheck = (facts: Fact[]): void => keep(checkKey, facts);
export const lastCheck = (): Fact[] => kept<Fact[]>(checkKey) ?? [];

function keep(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: then nothing is attached.
  }
}

function kept<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

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
