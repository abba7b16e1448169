// What networks mean: how far apart two sign-ins are, whether one person can have made both, which ranges are foolish.
import { DAY, FAMILIAR_FOR, HOUR, MINUTE } from '@latchkey/engine';
import { isInternal, isLoopback, type Range, readRange, shareBits } from './ranges.ts';

/** A good sign-in is written down again after this long; sooner the row stays as it is. */
export const NOTED_AGAIN_AFTER = 5 * MINUTE;
/**
 * Without positions three networks far apart within this time are told as impossible: two are an office and a phone.
 */
export const SOON = 10 * MINUTE;
/** Airliners cruise at about 900 km/h. */
export const FASTEST_KMH = 900;
/** Below this the positions of addresses are too rough to judge by. */
export const NEAR_KM = 500;
/** Addresses that share so many leading bits belong to one provider more often than not. */
const sharedBits = { 4: 16, 6: 32 } as const;

export type Position = { lat: number; lon: number; accuracyKm: number };
export type Visit = { source: string; at: number; position: Position | null };
export type Travel =
  | { kind: 'possible' }
  | { kind: 'impossible'; km: number | null; minutes: number; from: string };

const earthKm = 6_371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres (haversine). */
export function distanceKm(a: Omit<Position, 'accuracyKm'>, b: Omit<Position, 'accuracyKm'>): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Whether one person can have come here after his newest good sign-in elsewhere. `before` are his good sign-ins,
 * newest first. With both positions known speed decides, otherwise three networks far apart at almost the same time.
 */
export function judgeTravel(here: Visit, before: Visit[]): Travel {
  const recent = before.filter(visit => here.at - visit.at < FAMILIAR_FOR);
  if (recent.some(visit => visit.source === here.source)) return { kind: 'possible' };
  const last = recent[0];
  if (!last) return { kind: 'possible' };
  return here.position && last.position
    ? bySpeed(here, last, here.position, last.position)
    : byNetwork(here, recent);
}

function bySpeed(here: Visit, last: Visit, a: Position, b: Position): Travel {
  const km = distanceKm(a, b) - a.accuracyKm - b.accuracyKm;
  const elapsed = Math.max(0, here.at - last.at);
  const reachable = (FASTEST_KMH * elapsed) / HOUR;
  if (km <= NEAR_KM || km <= reachable) return { kind: 'possible' };
  return impossible(here, last, Math.round(km));
}

function byNetwork(here: Visit, recent: Visit[]): Travel {
  const mine = readRange(here.source);
  // Of an internal network nothing tells where it is.
  if (!mine || isInternal(mine)) return { kind: 'possible' };
  const others = recent.flatMap(visit => {
    const range = readRange(visit.source);
    return range && range.family === mine.family && !isInternal(range) ? [{ visit, range }] : [];
  });
  if (others.some(({ range }) => shareBits(range, mine, sharedBits[mine.family])))
    return { kind: 'possible' };
  const soon = others.filter(({ visit }) => here.at - visit.at < SOON);
  const [last, ...rest] = soon;
  const apart = last && rest.some(({ range }) => !shareBits(range, last.range, sharedBits[mine.family]));
  return apart ? impossible(here, last.visit, null) : { kind: 'possible' };
}

function impossible(here: Visit, last: Visit, km: number | null): Travel {
  const minutes = Math.max(0, Math.round((here.at - last.at) / MINUTE));
  return { kind: 'impossible', km, minutes, from: last.source };
}

/** The widest ranges that may be trusted: a provider's whole block, no continent. */
const widest = { 4: 8, 6: 32 } as const;
/** An exception lasts at most a year and a day. */
export const TRUSTED_AT_MOST = 366 * DAY;

export type Foolish = 'no-range' | 'everything' | 'too-wide';
export type Caution = 'loopback' | 'wide';

/** Reads what an administrator wants to trust, and says what is wrong with it or worth knowing. */
export function readTrusted(
  text: string,
): { kind: 'ok'; range: Range; cautions: Caution[] } | { kind: Foolish; widest?: number } {
  const range = readRange(text);
  if (!range) return { kind: 'no-range' };
  if (range.bits === 0) return { kind: 'everything' };
  if (range.bits < widest[range.family]) return { kind: 'too-wide', widest: widest[range.family] };
  const cautions: Caution[] = [];
  if (isLoopback(range)) cautions.push('loopback');
  if (range.bits < (range.family === 4 ? 16 : 40) && !isInternal(range)) cautions.push('wide');
  return { kind: 'ok', range, cautions };
}
