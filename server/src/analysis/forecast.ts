// The forecast of a month or quarter: what is won, what may still come, and what was meant to.
import { whileStanding } from '../deals/deals.ts';
import type { By } from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import type { World } from '../world.ts';
import { type Asked, hides, names, narrow, people, tally } from './asked.ts';
import type { Narrow } from './narrow.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';
import * as targets from './targets.ts';

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
  const [[open, won, apart], all, set, nameOf] = await Promise.all([
    whileStanding(world, ['deals'], ['forecast', whose, days, times, earliest], () =>
      Promise.all([
        store.expected(world, whose, days, rules.levels),
        store.won(world, whose, times),
        store.aside(world, whose, earliest),
      ]),
    ),
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
  for (const row of hides(by, 'expectedOn') ? [] : open)
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
  const each = hides(by, 'amount') ? [] : [...cells.values()];
  const unforeseen = hides(by, 'expectedOn') ? [] : apart;
  return {
    period,
    ...days,
    wonFrom: times.from,
    wonTo: times.to,
    levels: rules.levels,
    whose: {
      owner: whose.fence.kind === 'owner' ? whose.fence.id : null,
      team: whose.fence.kind === 'team' ? whose.fence.id : null,
    },
    total: totals(
      each,
      each.length > 0 || !hides(by, 'amount') ? set : [],
      period,
      world.workspaceId,
      all,
      whose,
    ),
    people: each
      .sort((a, b) => b.won + b.weighted - a.won - a.weighted)
      .map(({ ownerId, ...outlook }) => ({ owner: nameOf(ownerId), ...outlook })),
    undated: tally(
      by,
      unforeseen.filter(row => row.undated),
    ),
    overdue: tally(
      by,
      unforeseen.filter(row => !row.undated),
    ),
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
