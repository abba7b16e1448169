// Analysis: what deals and activities add up to, for whoever wants to know how it goes; every number within his reach.
import type { By } from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { ownerIn, windowOf } from '../deals/deals.ts';
import { may } from '../permissions.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import type { World } from '../world.ts';
import * as movements from './movement-store.ts';
import type { Narrow } from './narrow.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';
import * as targets from './targets.ts';

export type Asked = {
  pipeline?: string | undefined;
  owner?: string | undefined;
  team?: string | undefined;
};
type Named = { id: string; name: string };
type Tally = { count: number; sums: { currency: string; amount: number }[] };

function narrow(asked: Asked, by: By): Narrow {
  return {
    fence: fenceOf(by.me, by.reach),
    pipelineId: asked.pipeline,
    ownerId: ownerIn(asked.owner, by),
    teamId: asked.team,
  };
}

/** Rows added up: how many in all, and each currency by itself. */
function tally(rows: { currency: string; count: number; amount: number }[]): Tally {
  const sums = [...Map.groupBy(rows, row => row.currency)].map(([currency, those]) => ({
    currency,
    count: those.reduce((count, row) => count + row.count, 0),
    amount: those.reduce((sum, row) => sum + row.amount, 0),
  }));
  return {
    count: sums.reduce((count, sum) => count + sum.count, 0),
    sums: sums
      .filter(({ count, amount }) => count !== 0 || amount !== 0)
      .map(({ currency, amount }) => ({ currency, amount }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}

/** The teams and people within reach. */
export async function people(world: World, by: By) {
  const fence = fenceOf(by.me, by.reach);
  const [all, teams] = await Promise.all([store.people(world), store.teams(world)]);
  const sellers = all.filter(person => person.seller);
  const within =
    fence.kind === 'all'
      ? sellers
      : sellers.filter(person =>
          fence.kind === 'team' ? person.team_id === fence.id : person.id === by.me.id,
        );
  return {
    teams: fence.kind === 'all' ? teams : teams.filter(team => fence.kind === 'team' && team.id === fence.id),
    people: within.map(person => ({ id: person.id, name: person.name, teamId: person.team_id })),
    maySetTargets: targets.maySet(by.me),
  };
}

async function names(world: World): Promise<(id: string | null) => Named | null> {
  const known = new Map((await store.people(world)).map(person => [person.id, person.name]));
  return id => (id ? { id, name: known.get(id) ?? '' } : null);
}

const nothing = {
  won: 0,
  wonCount: 0,
  sure: 0,
  sureCount: 0,
  likely: 0,
  likelyCount: 0,
  open: 0,
  openCount: 0,
  weighted: 0,
};
type Outlook = typeof nothing & { currency: string; target: number | null };

/** What was won in a period, what may still come, and what was meant to. */
export async function forecast(world: World, asked: Asked & { period?: string | undefined }, by: By) {
  const timeZone = await workspaces.timeZone(world);
  const thisMonth = rules.monthAt(world.now(), timeZone);
  const period = asked.period ?? thisMonth;
  const days = rules.daysOf(period);
  const times = { from: rules.startOf(days.from, timeZone), to: rules.startOf(days.to, timeZone) };
  const first = days.from.slice(0, 7);
  const earliest = [thisMonth, first].sort()[0] ?? first;
  const whose = narrow(asked, by);
  const [open, won, apart, all, set, nameOf] = await Promise.all([
    store.expected(world, whose, days, rules.levels),
    store.won(world, whose, times),
    store.aside(world, whose, earliest),
    people(world, by),
    targets.visible(world, period, by),
    names(world),
  ]);
  const cells = new Map<string, Outlook & { ownerId: string | null }>();
  const cell = (ownerId: string | null, currency: string) => {
    const key = `${ownerId} ${currency}`;
    const found = cells.get(key) ?? { ...nothing, currency, target: null, ownerId };
    cells.set(key, found);
    return found;
  };
  for (const row of open)
    Object.assign(cell(row.owner_id, row.currency), {
      sure: row.sure,
      sureCount: row.sure_count,
      likely: row.likely,
      likelyCount: row.likely_count,
      open: row.open,
      openCount: row.open_count,
      weighted: Math.round(row.weighted),
    });
  for (const row of won)
    Object.assign(cell(row.owner_id, row.currency), { won: row.amount, wonCount: row.count });
  const sought = all.people.filter(person => isSought(person, whose));
  for (const currency of new Set(set.map(row => row.currency))) {
    const of = rules.targetsIn(currency, set, period, world.workspaceId);
    for (const person of sought) {
      const target = of.person(person.id);
      if (target !== null) cell(person.id, currency).target = target;
    }
  }
  const each = [...cells.values()];
  return {
    period,
    ...days,
    wonFrom: times.from,
    wonTo: times.to,
    levels: rules.levels,
    total: totals(each, set, period, world.workspaceId, all, whose),
    people: each
      .sort((a, b) => b.won + b.weighted - a.won - a.weighted)
      .map(({ ownerId, ...outlook }) => ({ owner: nameOf(ownerId), ...outlook })),
    undated: tally(apart.filter(row => row.undated)),
    overdue: tally(apart.filter(row => !row.undated)),
  };
}

const isSought = (person: { id: string; teamId: string | null }, { ownerId, teamId }: Narrow) =>
  (ownerId === undefined || person.id === ownerId) && (teamId === undefined || person.teamId === teamId);

/** All of them by currency, with the target of whom was asked for: a person, a team, or everybody within reach. */
function totals(
  each: Outlook[],
  set: targets.Target[],
  period: string,
  workspaceId: string,
  all: Awaited<ReturnType<typeof people>>,
  { ownerId, teamId, fence }: Narrow,
): Outlook[] {
  const currencies = new Set([...each, ...set].map(row => row.currency));
  const teams = all.teams.map(({ id }) => ({
    id,
    people: all.people.filter(person => person.teamId === id).map(person => person.id),
  }));
  const loose = all.people.filter(person => !teams.some(team => team.id === person.teamId));
  const team = teams.find(one => one.id === (teamId ?? (fence.kind === 'team' ? fence.id : undefined)));
  return [...currencies].sort().map(currency => {
    const of = rules.targetsIn(currency, set, period, workspaceId);
    const target = ownerId
      ? of.person(ownerId)
      : team
        ? of.team(team)
        : fence.kind === 'owner'
          ? of.person(fence.id)
          : of.everybody(
              teams,
              loose.map(person => person.id),
            );
    const rows = each.filter(row => row.currency === currency);
    const summed = { ...nothing, currency, target };
    for (const row of rows)
      for (const part of Object.keys(nothing) as (keyof typeof nothing)[]) summed[part] += row[part];
    return summed;
  });
}

/** What became of the pipeline since a moment. */
export async function movement(world: World, asked: Asked & { since: string }, by: By) {
  const whose = narrow(asked, by);
  const [rows, open] = await Promise.all([
    movements.sums(world, whose, asked.since),
    store.openNow(world, whose),
  ]);
  const of = (kind: movements.SumRow['kind']) => rows.filter(row => row.kind === kind);
  const negative = of('is-open').map(row => ({ ...row, count: -row.count, amount: -row.amount }));
  return {
    since: new Date(asked.since).toISOString(),
    kinds: movements.kindNames.map(kind => ({ kind, ...tally(of(kind)) })),
    before: tally([...open, ...negative, ...of('was-open')]),
    now: tally(open),
  };
}

/** One page of the deals behind one of these numbers. */
export async function movedDeals(
  world: World,
  asked: Asked & { since: string; kind: movements.Kind; limit: number; after?: string | undefined },
  by: By,
): Promise<{ kind: 'page'; items: movements.MovedRow[]; next: string | null } | { kind: 'bad-cursor' }> {
  const order = movements.largest;
  const place = asked.after === undefined ? null : placeOf(order, asked.after);
  if (asked.after !== undefined && !place) return { kind: 'bad-cursor' };
  const { since, kind, limit } = asked;
  const rows = await movements.deals(world, narrow(asked, by), { since, kind, place, limit: limit + 1 });
  const page = paged(order, rows, limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** What was won and lost within the window: why, from which source, by whom, and how long it took. */
export async function outcomes(
  world: World,
  asked: Asked & { from?: string | undefined; to?: string | undefined },
  by: By,
) {
  const window = windowOf(world, asked);
  const whose = narrow(asked, by);
  const customers = {
    ...whose,
    pipelineId: undefined,
    fence: fenceOf(by.me, may(by.me, 'read', 'customer')),
  };
  const [rows, took, deals, people, nameOf] = await Promise.all([
    store.outcomes(world, whose, window),
    store.cycle(world, whose, window),
    store.added(world, 'deals', whose, window),
    store.added(world, 'customers', customers, window),
    names(world),
  ]);
  const of = (how: store.OutcomeRow['by']) => rows.filter(row => row.by === how);
  const closed = (some: store.OutcomeRow[], kind: 'won' | 'lost') =>
    tally(some.filter(row => row.kind === kind));
  const days = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
  const bySource = Map.groupBy(of('source'), row => row.source);
  const sources = new Set([...bySource.keys(), ...[...deals, ...people].map(row => row.source)]);
  const countIn = (some: { source: string | null; count: number }[], source: string | null) =>
    some.find(row => row.source === source)?.count ?? 0;
  return {
    ...window,
    won: closed(of('all'), 'won'),
    lost: closed(of('all'), 'lost'),
    medianDays: days(took.median),
    averageDays: days(took.average),
    reasons: [
      ...Map.groupBy(
        of('reason').filter(row => row.kind === 'lost'),
        row => row.reason,
      ),
    ]
      .map(([reason, some]) => ({ reason, ...tally(some) }))
      .sort((a, b) => b.count - a.count),
    people: [...Map.groupBy(of('owner'), row => row.owner_id)]
      .map(([id, some]) => ({ owner: nameOf(id), won: closed(some, 'won'), lost: closed(some, 'lost') }))
      .sort((a, b) => b.won.count - a.won.count),
    sources: [...sources]
      .map(source => ({
        source,
        customers: countIn(people, source),
        added: countIn(deals, source),
        won: closed(bySource.get(source) ?? [], 'won'),
        lost: closed(bySource.get(source) ?? [], 'lost'),
      }))
      .sort((a, b) => b.won.count - a.won.count || b.added - a.added),
  };
}

/** Who did what between the first and the last edge. */
export async function activity(world: World, asked: Asked & { edges: string[] }, by: By) {
  const [rows, nameOf] = await Promise.all([store.done(world, narrow(asked, by), asked.edges), names(world)]);
  const people = [...Map.groupBy(rows, row => row.author_id)].map(([id, some]) => {
    const kinds: Record<string, number> = {};
    const spans = Array.from({ length: asked.edges.length - 1 }, () => 0);
    for (const { kind, span, count } of some) {
      kinds[kind] = (kinds[kind] ?? 0) + count;
      spans[span - 1] = (spans[span - 1] ?? 0) + count;
    }
    return { author: nameOf(id), count: some.reduce((sum, row) => sum + row.count, 0), kinds, spans };
  });
  return {
    edges: asked.edges.map(edge => new Date(edge).toISOString()),
    people: people.sort((a, b) => b.count - a.count),
  };
}
