// How a lock is told: one form for pages, API and console, from the cause's row and the moments alone.

import type { Held } from '../http.ts';
import type { Language, Problem } from '../problems.ts';
import {
  type Capability,
  type Cause,
  type CauseName,
  causes,
  isCause,
  type WayKind,
  ways,
} from './causes.ts';

export type ToldLock = {
  cause: CauseName;
  scope: Capability[];
  since: string;
  until: string | null;
  waysOut: { kind: WayKind; href?: string; note: string }[];
  /** Whether the lock is as it should be (A6); null where nothing speaks either way. */
  normal: boolean | null;
  why: string;
  mind: string;
};

/** The `lock` member of problems and lists. */
export function tell(
  lock: { cause: CauseName; since: string; until: string | null; on?: 'device' | undefined },
  language: Language,
): ToldLock {
  const cause: Cause = causes[lock.cause];
  const here = lock.on === 'device' ? cause.onDevice : undefined;
  const { why, mind } = here ?? cause;
  return {
    cause: lock.cause,
    scope: [...cause.scope],
    since: lock.since,
    until: lock.until,
    // Whoever is helped by none of its own ways has somebody to turn to, whatever the lock.
    waysOut: [...cause.waysOut, 'support' as const]
      .filter(kind => (kind !== 'wait' || lock.until !== null) && !(here && kind === 'known-device'))
      .map(kind => {
        const { note, href } = ways[kind] as { note: Record<Language, string>; href?: string };
        return { kind, ...(href ? { href } : {}), note: note[language] };
      }),
    normal: null,
    why: why[language],
    mind: mind[language],
  };
}

/** The lock that holds a session back, in words. */
export function toldHeld(held: Held, language: Language): ToldLock {
  const cause = isCause(held.cause) ? held.cause : 'password-initial';
  return tell({ cause, since: held.since, until: null }, language);
}

/** The refusal of such a session. */
export function heldBack(held: Held, language: Language): Problem {
  const lock = toldHeld(held, language);
  return { code: 'locked', members: { detail: lock.why, lock } };
}

/** Whether a stored lock still holds at `now` (milliseconds since 1970): one that has run out lifts itself. */
export function stands(lock: { lifted_at: string | null; until: string | null }, now: number): boolean {
  return lock.lifted_at === null && (lock.until === null || Date.parse(lock.until) > now);
}
