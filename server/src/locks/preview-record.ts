// Reads the record of the last ninety days for a preview: newest first, page by page, and no more than there is room for.
import { setImmediate as turn } from 'node:timers/promises';
import { DAY, type LaneKind } from '@latchkey/engine';
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import { sourceOf } from '../edge/visitor.ts';
import * as networks from '../networks/networks.ts';
import { iso, type World } from '../world.ts';
import type { Happening, Try } from './preview-visits.ts';

export const PREVIEW_DAYS = 90;
/** More records than these are not read; the preview says so. */
export const MOST_RECORDS = 200_000;

export type Recorded = {
  happenings: Happening[];
  /** The first moment that is covered; later than ninety days ago where the record was cut. */
  from: number;
  cut: boolean;
};

type Row = { id: string; at: string };
type Page = { rows: Row[]; happenings: (Happening | null)[] };
type Stream = {
  read: (before: string | null) => Promise<Page>;
  before: string | null;
  reached: number;
  found: Happening[];
};

/** What happened at sign-in since ninety days ago, in the order of time. */
export async function readRecord(world: World, most = MOST_RECORDS, pageSize = 1_000): Promise<Recorded> {
  const since = world.now() - PREVIEW_DAYS * DAY;
  const streams = streamsOf(world, since, pageSize);
  let read = 0;
  let cut = false;
  for (;;) {
    // Always the stream that lags behind, so that all of them reach equally far back when there is no more room.
    const next = streams.reduce((a, b) => (b.reached > a.reached ? b : a));
    if (next.reached === Number.NEGATIVE_INFINITY) break;
    if (read >= most) {
      cut = true;
      break;
    }
    const { rows, happenings: found } = await next.read(next.before);
    read += rows.length;
    for (const one of found) if (one && one.at >= since) next.found.push(one);
    const last = rows.at(-1);
    next.before = last?.id ?? null;
    next.reached =
      rows.length < pageSize || !last
        ? Number.NEGATIVE_INFINITY
        : Math.min(next.reached, Date.parse(last.at));
  }
  const from = Math.max(since, ...streams.map(one => one.reached));
  return {
    happenings: await merged(
      streams.map(one => one.found),
      from,
    ),
    from,
    cut,
  };
}

/** What was found newest first in several lists, in the order of time from that moment on; with rests between. */
async function merged(lists: Happening[][], from: number): Promise<Happening[]> {
  const whole: Happening[] = [];
  // Nearly in reverse already, so that sorting one list is quick; all of them together would hold others up.
  const rests = lists.map(list => list.sort((a, b) => b.at - a.at));
  for (;;) {
    let next: Happening[] | undefined;
    for (const rest of rests) if ((rest.at(-1)?.at ?? Infinity) < (next?.at(-1)?.at ?? Infinity)) next = rest;
    const one = next?.pop();
    if (!one) return whole;
    if (one.at >= from) whole.push(one);
    if (whole.length % 2_000 === 1_999) await turn();
  }
}

function streamsOf(world: World, since: number, pageSize: number): Stream[] {
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const begin = () => ({ before: null, reached: Number.POSITIVE_INFINITY, found: [] });
  const journal = (
    action: string,
    told: (entry: Entry, numberOf: Numbering) => Happening | null,
  ): Stream => ({
    ...begin(),
    read: async before => {
      const rows = await audit.back(world, { action, since, before, limit: pageSize });
      return { rows, happenings: rows.map(row => told(row, numberOf)) };
    },
  });
  return [
    {
      ...begin(),
      read: async before => {
        const rows = await attempts.back(world, { since: iso(since), before, limit: pageSize });
        return { rows, happenings: rows.map(row => failed(row, numberOf)) };
      },
    },
    journal('session.open', opened),
    journal('sign-in.turned-away', turnedAway),
    journal('lock.lift', lifted),
  ];
}

type Numbering = (name: string) => number;
type Entry = Awaited<ReturnType<typeof audit.back>>[number];
type Failed = Awaited<ReturnType<typeof attempts.back>>[number];

const kinds: readonly string[] = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'];
const isLane = (lane: unknown): lane is LaneKind => typeof lane === 'string' && kinds.includes(lane);

function placeOf(lane: LaneKind, device: string, source: string): string {
  return lane === 'knownDevice' ? device : lane === 'familiarNetwork' ? source : '';
}

function failed(row: Failed, numberOf: Numbering): Try | null {
  const { lane, source, verdict, device } = row;
  if (!isLane(lane)) return null;
  const at = Date.parse(row.at);
  const account = numberOf(row.person_id ?? row.account.toString('hex'));
  return {
    at,
    until: at,
    count: 1,
    account,
    lane,
    place: placeOf(lane, device, source),
    source,
    turn: verdict,
  };
}

/** A session that a password opened; others spend from no lane. */
function opened(entry: Entry, numberOf: Numbering): Try | null {
  const { lane, how, device, newDevice } = (entry.details ?? {}) as Record<string, unknown>;
  if (!entry.object_id || !isLane(lane) || typeof how !== 'string' || !how.includes('password')) return null;
  const at = Date.parse(entry.at);
  const address = entry.address ?? '';
  const source = sourceOf(address);
  return {
    at,
    until: at,
    count: 1,
    account: numberOf(entry.object_id),
    lane,
    place: placeOf(lane, devices.deviceLabel(entry.device ?? ''), source),
    source,
    turn: 'right',
    proved: how !== 'password',
    newDevice: newDevice === true,
    network: networks.networkOf(address),
    ...(typeof device === 'string' ? { device } : {}),
  };
}

/** Sums of refusals; entries of before the account was written along can only be told by the person. */
function turnedAway(entry: Entry, numberOf: Numbering): Try | null {
  const { lane, count, first, last, addresses, account, device } = (entry.details ?? {}) as Record<
    string,
    unknown
  >;
  if (!isLane(lane) || typeof count !== 'number' || !(count > 0)) return null;
  const at = Date.parse(String(first));
  const until = Date.parse(String(last));
  if (!(at <= until)) return null;
  const from = Array.isArray(addresses) ? [...new Set(addresses.map(one => sourceOf(String(one))))] : [];
  const source = from.length === 1 ? (from[0] ?? '') : '';
  return {
    at,
    until,
    count: Math.floor(count),
    account: numberOf(entry.object_id ?? (typeof account === 'string' ? account : entry.id)),
    lane,
    place: placeOf(lane, typeof device === 'string' ? device : '', source),
    source,
    turn: 'unseen',
  };
}

/** Lifted by hand or by a new password: the lanes were emptied. A code opens but its own device. */
function lifted(entry: Entry, numberOf: Numbering): Happening | null {
  const { person, how } = (entry.details ?? {}) as Record<string, unknown>;
  if (typeof person !== 'string' || !/^(administrator|server|recovery)$/.test(String(how))) return null;
  return { at: Date.parse(entry.at), account: numberOf(person), turn: 'lift' };
}
