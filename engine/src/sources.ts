// Blame on the addresses and networks that guesses come from; it asks strangers for a proof, and locks nobody.
import { DAY, HOUR } from './spans.ts';

/** What is held against one source: an address, an IPv6 /64, or a network. */
export interface Source {
  readonly blame: number;
  readonly at: number;
}

/** Half of the blame is gone after twelve hours: an address changes hands (StopGuessing decays alike). */
export const BLAME_HALVES_IN = 12 * HOUR;
/** A plain miss; a listed guess weighs three, as people who own screened passwords rarely type one. */
export const BLAME = { wrong: 1, listed: 3 } as const;
/** What a source may be blamed for before strangers from it must prove themselves: a household's bad morning. */
export const BLAME_LIMIT = 6;
/** Headroom earned by each different person who signed in well from the source (one in twenty tries is a slip) … */
export const HEADROOM_PER_PERSON = 2;
/** … within this time … */
export const HEADROOM_WITHIN = 30 * DAY;
/** … counting at most so many, so that no crowd makes a source untouchable. */
export const HEADROOM_PEOPLE = 100;

/** The blame left at `now`. SQL: `blame * power(0.5, greatest(0, $now - at) / 43200000.0)` */
export function blameAt(source: Source, now: number): number {
  const elapsed = now > source.at ? now - source.at : 0;
  return source.blame * 0.5 ** (elapsed / BLAME_HALVES_IN);
}

/** The source after one more miss. */
export function blame(source: Source, now: number, weight: number): Source {
  return { blame: blameAt(source, now) + weight, at: Math.max(source.at, now) };
}

/** What a source may carry, given how many people signed in well from it within thirty days. */
export function blameLimit(people: number): number {
  return BLAME_LIMIT + HEADROOM_PER_PERSON * Math.min(HEADROOM_PEOPLE, Math.max(0, people));
}

/** Whether a stranger from this source must prove himself before his password is looked at. */
export function isSuspect(source: Source, people: number, now: number): boolean {
  return blameAt(source, now) >= blameLimit(people);
}
