// Which way a notice takes to somebody, and when a digest is due; pure.
import { dayOf, minuteOf, momentOn } from '../zones.ts';
import { isNoticeKind, kinds, type NoticeKind, type Way } from './kinds.ts';

/** Notices are kept for as long, in days. */
export const KEPT_DAYS = 90;

/** Digests go out from eight in the morning on, where their reader is. */
const digestMinute = 8 * 60;

/** So many letters about notices somebody gets in an hour; what comes besides goes into his digest. */
export const lettersAnHour = 20;

type Setting = { kind: string; in_app: boolean; mail: Way['mail'] };

/** What somebody has chosen for a kind, or what is usual. */
export function wayOf(kind: NoticeKind, chosen: readonly Setting[]): Way {
  const own = chosen.find(setting => setting.kind === kind);
  return own ? { app: own.in_app, mail: own.mail } : kinds[kind].usual;
}

/** All kinds with the way that each takes to somebody. */
export function waysOf(chosen: readonly Setting[]): (Way & { kind: NoticeKind })[] {
  return Object.keys(kinds)
    .filter(isNoticeKind)
    .map(kind => ({ kind, ...wayOf(kind, chosen) }));
}

/** Whether the digest of today has not gone out yet and its hour has come there; times in milliseconds since 1970. */
export function isDigestDue(now: number, last: number | null, zone: string): boolean {
  if (minuteOf(now, zone) < digestMinute) return false;
  return last === null || last < momentOn(dayOf(now, zone), digestMinute, zone);
}

/** The beginning of a text, on one line. */
export function excerptOf(text: string, most = 140): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}
