// The weather in figures: what administrators see of attacks now and over time.
import { blameLimit, DAY, HOUR } from '@latchkey/engine';
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import { memory } from '../memory.ts';
import * as networks from '../networks/networks.ts';
import { iso, type World } from '../world.ts';
import { type Counts, complete, flush, SPAN } from './counts.ts';
import * as store from './store.ts';

export type Window = { since: string; counts: Counts };

/** What sign-ins came to lately. A window begins with a span of five minutes, so it is up to five minutes longer. */
export async function recent(world: World): Promise<{ fiveMinutes: Window; hour: Window; day: Window }> {
  await flush(world);
  const from = (ms: number) => iso(Math.floor((world.now() - ms) / SPAN) * SPAN);
  const window = async (ms: number) => ({
    since: from(ms),
    counts: complete(await store.sumSince(world, from(ms))),
  });
  const [fiveMinutes, hour, day] = await Promise.all([window(SPAN), window(HOUR), window(DAY)]);
  return { fiveMinutes, hour, day };
}

export const spans = ['day', 'week', 'quarter'] as const;
export type Span = (typeof spans)[number];

/** How the spans are cut: at most 300 points each. */
const cuts: Record<Span, { step: number; points: number }> = {
  day: { step: SPAN, points: 288 },
  week: { step: HOUR, points: 168 },
  quarter: { step: 8 * HOUR, points: 270 },
};

/** Points for the charts, oldest first, without gaps; `sources` is the most that failed within five minutes of it. */
export async function history(world: World, span: Span) {
  await flush(world);
  const { step, points } = cuts[span];
  const last = Math.floor(world.now() / step) * step;
  const rows = await store.points(world, { first: iso(last - (points - 1) * step), last: iso(last), step });
  return {
    span,
    stepMinutes: step / 60_000,
    points: rows.map(({ at, counts, sources }) => ({ at, counts: complete(counts), sources })),
  };
}

/** The sources with most blame now, how much each may carry, and how many people sign in well from there. */
export async function worstSources(world: World, limit: number) {
  const rows = await store.worstSources(world, world.now(), limit, 1);
  const people = await networks.peopleAt(
    world,
    rows.map(row => row.source),
  );
  return rows.map(({ source, blame, at }) => {
    const welcome = people.get(source) ?? 0;
    const most = blameLimit(welcome);
    return {
      source,
      blame: Math.round(blame * 10) / 10,
      limit: most,
      people: welcome,
      suspect: blame >= most,
      lastAt: iso(at),
    };
  });
}

export type Tried = {
  /** Null: names that are nobody's, all together. */
  personId: string | null;
  names: number;
  tries: number;
  /** Refused without a look, since the lane was spent. */
  turnedAway: number;
  sources: number;
  lastAt: string | null;
};

const tried = memory<Tried[]>(() => null);

/** Whose accounts were tried most within a day; read anew every few seconds at most. */
export async function mostTried(world: World, limit: number): Promise<Tried[]> {
  return tried(world, world.workspaceId, async () => {
    const since = iso(world.now() - DAY);
    const [rows, away] = await Promise.all([attempts.byPerson(world, since), audit.turnedAway(world, since)]);
    const found = new Map<string | null, Tried>(
      rows.map(row => [row.personId, { ...row, turnedAway: 0, tries: row.tries }]),
    );
    for (const { personId, count, lastAt } of away) {
      const blank = { personId, names: personId ? 1 : 0, tries: 0, sources: 0, lastAt };
      const one = found.get(personId) ?? { ...blank, turnedAway: 0 };
      const last = one.lastAt && one.lastAt > lastAt ? one.lastAt : lastAt;
      found.set(personId, { ...one, turnedAway: count, lastAt: last });
    }
    const weight = (one: Tried) => one.tries + one.turnedAway;
    return [...found.values()].sort((a, b) => weight(b) - weight(a)).slice(0, limit);
  });
}

/**
 * Sign-ins on strange devices, in networks that were strange, while the alarm held: if the spray guessed a password,
 * it is one of these.
 */
export async function letIn(world: World, alarm: { since: string; until: string }) {
  return audit.strangersLetIn(world, alarm);
}
