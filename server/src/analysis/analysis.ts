// Analysis: what deals and activities add up to, for whoever wants to know how it goes; every number within his reach.
import { paged, placeOf } from '../db/keyset.ts';
import { whileStanding, windowFault, windowOf } from '../deals/deals.ts';
import { may } from '../permissions.ts';
import { type By, fenceFor } from '../records/records.ts';
import { moment, type World } from '../world.ts';
import { type Asked, hides, names, narrow, tally } from './asked.ts';
import * as movements from './movement-store.ts';
import * as store from './store.ts';

export { people } from './asked.ts';
export { forecast } from './forecast.ts';

/** The kinds of movement that tell nothing of what the policy hides. */
const kindsFor = (by: By): movements.Kind[] =>
  movements.kindNames.filter(
    kind =>
      !((kind === 'up' || kind === 'down') && hides(by, 'amount')) &&
      !((kind === 'later' || kind === 'sooner') && hides(by, 'expectedOn')),
  );

const sinceFault = (world: World, { since }: { since: string }) =>
  windowFault({ from: since, to: moment(world) });

/** What became of the pipeline since a moment. */
export async function movement(world: World, asked: Asked & { since: string }, by: By) {
  const why = sinceFault(world, asked);
  if (why) return { kind: 'bad-window' as const, why };
  const whose = narrow(asked, by);
  const about = ['movement', whose, asked.since];
  const [rows, open] = await whileStanding(world, ['deals'], about, () =>
    Promise.all([movements.sums(world, whose, asked.since), store.openNow(world, whose)]),
  );
  const of = (kind: movements.SumRow['kind']) => rows.filter(row => row.kind === kind);
  const negative = of('is-open').map(row => ({ ...row, count: -row.count, amount: -row.amount }));
  const told = {
    since: new Date(asked.since).toISOString(),
    kinds: kindsFor(by).map(kind => ({ kind, ...tally(by, of(kind)) })),
    before: tally(by, [...open, ...negative, ...of('was-open')]),
    now: tally(by, open),
  };
  return { kind: 'told' as const, told };
}

/** One page of the deals behind one of these numbers. */
export async function movedDeals(
  world: World,
  asked: Asked & { since: string; kind: movements.Kind; limit: number; after?: string | undefined },
  by: By,
): Promise<
  | { kind: 'page'; items: movements.MovedRow[]; next: string | null }
  | { kind: 'bad-cursor' }
  | { kind: 'bad-window'; why: string }
> {
  const why = sinceFault(world, asked);
  if (why) return { kind: 'bad-window', why };
  const order = hides(by, 'amount') ? movements.byTitle : movements.largest;
  const place = asked.after === undefined ? null : placeOf(order, asked.after);
  if (asked.after !== undefined && !place) return { kind: 'bad-cursor' };
  const { since, kind, limit } = asked;
  if (!kindsFor(by).includes(kind)) return { kind: 'page', items: [], next: null };
  const rows = await movements.deals(world, narrow(asked, by), {
    since,
    kind,
    order,
    place,
    limit: limit + 1,
  });
  const page = paged(order, rows, limit);
  return { kind: 'page', items: page.rows.map(row => shownTo(by, row)), next: page.next };
}

function shownTo(by: By, row: movements.MovedRow): movements.MovedRow {
  const amounts = hides(by, 'amount') ? { amount: null, amount_before: null } : {};
  const days = hides(by, 'expectedOn') ? { expected_on: null, expected_before: null } : {};
  return { ...row, ...amounts, ...days };
}

/** What was won and lost within the window: why, from which source, by whom, and how long it took. */
export async function outcomes(
  world: World,
  asked: Asked & { from?: string | undefined; to?: string | undefined },
  by: By,
) {
  const window = windowOf(world, asked);
  const why = windowFault(window);
  if (why) return { kind: 'bad-window' as const, why };
  const whose = narrow(asked, by);
  const customers = {
    ...whose,
    pipelineId: undefined,
    fence: fenceFor({ object: 'customer' }, { ...by, reach: may(by.me, 'read', 'customer') }),
  };
  // Until now is until whenever it is asked for: else no answer would do for a second question.
  const asks = { from: window.from, to: Date.parse(window.to) >= world.now() ? '9999-01-01' : window.to };
  const [[rows, took, deals], people, nameOf] = await Promise.all([
    whileStanding(world, ['deals'], ['outcomes', whose, asks], () =>
      Promise.all([
        store.outcomes(world, whose, asks),
        store.cycle(world, whose, asks),
        store.added(world, 'deals', whose, asks),
      ]),
    ),
    hides(by, 'source', 'customer')
      ? []
      : whileStanding(world, ['customers'], ['sources', customers, asks], () =>
          store.added(world, 'customers', customers, asks),
        ),
    names(world),
  ]);
  const of = (how: store.OutcomeRow['by']) => rows.filter(row => row.by === how);
  const closed = (some: store.OutcomeRow[], kind: 'won' | 'lost') =>
    tally(
      by,
      some.filter(row => row.kind === kind),
    );
  const days = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
  const bySource = Map.groupBy(of('source'), row => row.source);
  const sources = new Set([...bySource.keys(), ...[...deals, ...people].map(row => row.source)]);
  const countIn = (some: { source: string | null; count: number }[], source: string | null) =>
    some.find(row => row.source === source)?.count ?? 0;
  const told = {
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
      .map(([reason, some]) => ({ reason, ...tally(by, some) }))
      .sort((a, b) => b.count - a.count)
      .filter(() => !hides(by, 'lostReason')),
    winReasons: [
      ...Map.groupBy(
        of('win').filter(row => row.kind === 'won'),
        row => row.win,
      ),
    ]
      .map(([reason, some]) => ({ reason, ...tally(by, some) }))
      .sort((a, b) => b.count - a.count)
      .filter(() => !hides(by, 'wonReason')),
    people: [...Map.groupBy(of('owner'), row => row.owner_id)]
      .map(([id, some]) => ({ owner: nameOf(id), won: closed(some, 'won'), lost: closed(some, 'lost') }))
      .sort((a, b) => b.won.count - a.won.count),
    sources: (hides(by, 'source') ? [] : [...sources])
      .map(source => ({
        source,
        customers: countIn(people, source),
        added: countIn(deals, source),
        won: closed(bySource.get(source) ?? [], 'won'),
        lost: closed(bySource.get(source) ?? [], 'lost'),
      }))
      .sort((a, b) => b.won.count - a.won.count || b.added - a.added),
  };
  return { kind: 'told' as const, told };
}

/** Who did what between the first and the last edge. */
export async function activity(world: World, asked: Asked & { edges: string[] }, by: By) {
  const why = windowFault({ from: asked.edges[0] ?? '', to: asked.edges.at(-1) ?? '' });
  if (why) return { kind: 'bad-window' as const, why };
  const [rows, nameOf] = await Promise.all([
    store.done(world, narrow(asked, by, 'activity'), asked.edges),
    names(world),
  ]);
  const people = [...Map.groupBy(rows, row => row.author_id)].map(([id, some]) => {
    const kinds: Record<string, number> = {};
    const spans = Array.from({ length: asked.edges.length - 1 }, () => 0);
    for (const { kind, span, count } of some) {
      kinds[kind] = (kinds[kind] ?? 0) + count;
      spans[span - 1] = (spans[span - 1] ?? 0) + count;
    }
    return { author: nameOf(id), count: some.reduce((sum, row) => sum + row.count, 0), kinds, spans };
  });
  const told = {
    edges: asked.edges.map(edge => new Date(edge).toISOString()),
    people: people.sort((a, b) => b.count - a.count),
  };
  return { kind: 'told' as const, told };
}
