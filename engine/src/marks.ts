// Wrong passwords already counted, so that the same slip, or a stale client, costs nothing twice.
import { DAY } from './spans.ts';

/**
 * One remembered wrong password: an opaque mark (the store keeps HMAC(server key, slow hash under the
 * account's own salt), worthless without the key), when it was last seen, and whether it once was right.
 */
export interface Mark {
  readonly mark: string;
  readonly at: number;
  readonly former: boolean;
}

/** How many plain wrong marks an account keeps: more than any lane can verify in a day. */
export const MARKS_KEPT = 16;
/** How long a plain wrong mark is kept (Entra smart lockout and StopGuessing forgive repeats alike). */
export const MARK_FOR = DAY;
/** How long a former password stays recognised: until even monthly visitors and forgotten clients notice. */
export const FORMER_FOR = 30 * DAY;

/** Whether a wrong password was seen before, and as what; `null` for a new one. */
export function recognise(marks: readonly Mark[], mark: string, now: number): 'repeated' | 'former' | null {
  const seen = marks.find(known => known.mark === mark && isKept(known, now));
  if (!seen) return null;
  return seen.former ? 'former' : 'repeated';
}

/**
 * The marks after a wrong password: the newest sixteen plain ones that are still fresh, and former ones. A
 * repeat renews a plain mark, never a former one: its thirty days run from the change.
 */
export function remember(marks: readonly Mark[], mark: string, now: number): readonly Mark[] {
  const kept = marks.filter(known => isKept(known, now));
  if (kept.some(known => known.former && known.mark === mark)) return kept;
  const plain = kept.filter(known => !known.former && known.mark !== mark);
  const newest = plain.sort((a, b) => b.at - a.at).slice(0, MARKS_KEPT - 1);
  return [...kept.filter(known => known.former), ...newest, { mark, at: now, former: false }];
}

/** The marks after the right password: what was wrong before no longer matters, former passwords do. */
export function forget(marks: readonly Mark[], now: number): readonly Mark[] {
  return marks.filter(known => known.former && isKept(known, now));
}

/** The marks after a password change: the old password's own mark is pinned. */
export function pinFormer(marks: readonly Mark[], mark: string, now: number): readonly Mark[] {
  return [...forget(marks, now).filter(known => known.mark !== mark), { mark, at: now, former: true }];
}

/** Whether a mark is still within its time. */
export function isKept(mark: Mark, now: number): boolean {
  return now - mark.at < (mark.former ? FORMER_FOR : MARK_FOR);
}
