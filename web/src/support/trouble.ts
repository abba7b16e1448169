// The last thing that the server refused, remembered until the tab is closed, for telling support of it.
import { Problem } from '../problem.ts';

export type Trouble = {
  at: number;
  page: string;
  code: string;
  words: string;
  correlation: string;
  lock: { cause: string; since: string; until: string | null } | null;
};

const troubleKey = 'latchkey.trouble';

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

export function keep(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: then nothing is attached.
  }
}

export function kept<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
