// Board, funnel and forecast through HTTP, held against a naive recount of every deal and move.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

type Stage = { id: string; kind: string; name: string };
type Deal = {
  owner: { id: string } | null;
  id: string;
  amount: number;
  currency: string;
  probability: number;
  expectedOn: string | null;
  stage: Stage;
};
type Move = { at: string; days: number | null; from: { id: string } | null; to: { id: string } };

const day = 86_400_000;
let test: Test;
let rep: Client;
let rep2: Client;
let auditor: Client;
let stages: Stage[];
let deals: Deal[];
let moves: (Move & { deal: Deal })[];

/** Every page of a list. */
async function all<T>(by: Client, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await by.get(
      `${path}${path.includes('?') ? '&' : '?'}limit=200${next ? `&after=${next}` : ''}`,
    );
    items.push(...body.items);
    next = body.next;
  }
  return items;
}

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, auditor] = [await test.as('rep'), await test.as('rep2'), await test.as('auditor')];
  stages = (await rep.get('/pipelines')).body.items[0].stages;
  let turn = 7;
  const dice = (sides: number) => {
    turn = (turn * 1103515245 + 12345) % 2 ** 31;
    return Math.floor(turn / 65536) % sides;
  };
  for (const by of [rep, rep2]) {
    const customerId = (await by.post('/customers', { name: 'Acme' })).body.id;
    for (let i = 0; i < 14; i++) {
      const deal = (
        await by.post('/deals', {
          title: `Deal ${i}`,
          customerId,
          amount: dice(10_000),
          currency: dice(4) === 0 ? 'USD' : 'CNY',
          ...(dice(3) ? { expectedOn: `2031-0${1 + dice(3)}-15` } : {}),
          ...(dice(4) ? {} : { probability: dice(101) }),
        })
      ).body;
      for (let step = dice(5); step > 0; step--) {
        const stage = stages[dice(stages.length)];
        await by.post(`/deals/${deal.id}/move`, {
          stageId: stage?.id,
          ...(stage?.kind === 'lost' ? { lostReason: 'timing' } : {}),
        });
      }
    }
  }
  // One in the bin counts nowhere.
  const [gone] = await all<Deal>(rep, '/deals');
  // The story is spread over time afterwards, as nobody waits a year.
  await sql`update deal_moves m set at = x.at, since = x.since from (
      select id, now() - interval '1 day' * (200 - 9 * n) as at,
        case when from_stage is null then null else now() - interval '1 day' * (200 - 9 * (n - 1) + deal) end as since
      from (select id, from_stage, row_number() over (partition by deal_id order by at, id)
          * (1 + abs(hashtext(deal_id::text)) % 4) as n, abs(hashtext(deal_id::text)) % 5 as deal from deal_moves) as y
    ) as x where x.id = m.id`.execute(test.world.db);
  await rep.delete(`/deals/${gone?.id}`);
  deals = await all<Deal>(auditor, '/deals');
  moves = [];
  for (const deal of deals)
    for (const move of (await auditor.get(`/deals/${deal.id}/moves`)).body.items)
      moves.push({ ...move, deal });
});
afterAll(() => test.close());

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

const sumsOf = (some: Deal[]) =>
  [...new Set(some.map(deal => deal.currency))].sort().map(currency => {
    const those = some.filter(deal => deal.currency === currency);
    const weighted = those.reduce((sum, deal) => sum + (deal.amount * deal.probability) / 100, 0);
    return {
      currency,
      amount: those.reduce((sum, deal) => sum + deal.amount, 0),
      weighted: Math.round(weighted),
    };
  });

it('the board counts and adds up what stands at each stage', async () => {
  const { body } = await auditor.get('/deals/board');
  expect(body.stages).toEqual(
    stages.map(stage => {
      const there = deals.filter(deal => deal.stage.id === stage.id);
      return { stageId: stage.id, count: there.length, sums: sumsOf(there) };
    }),
  );
  expect(deals).toHaveLength(27);
});

it.each([
  ['all time', 400, -1],
  ['some months', 190, 150],
])(
  'the funnel of %s is what a naive recount finds, and its numbers lead to these deals',
  async (_, from, to) => {
    const window = {
      from: new Date(Date.now() - from * day).toISOString(),
      to: new Date(Date.now() - to * day).toISOString(),
    };
    const { body } = await auditor.get(`/deals/funnel?from=${window.from}&to=${window.to}`);
    const within = moves.filter(move => move.at >= window.from && move.at < window.to);
    const distinct = (some: { deal: Deal }[]) => new Set(some.map(move => move.deal.id)).size;
    const place = (id: string) => stages.findIndex(stage => stage.id === id);
    expect(within.length).toBeGreaterThan(10);
    for (const [i, stage] of stages.entries()) {
      const came = within.filter(move => move.to.id === stage.id);
      const left = within.filter(move => move.from?.id === stage.id);
      const to = (kind: string) => left.filter(move => stages[place(move.to.id)]?.kind === kind);
      const onward = left.filter(move => {
        const next = stages[place(move.to.id)];
        return next?.kind === 'won' || (next?.kind === 'open' && place(move.to.id) > i);
      });
      const told = body.stages[i];
      const entered = deals.filter(deal => came.some(move => move.deal.id === deal.id));
      expect(told).toMatchObject({
        stageId: stage.id,
        entered: entered.length,
        onward: distinct(onward),
        won: distinct(to('won')),
        lost: distinct(to('lost')),
        sums: sumsOf(entered),
      });
      if (left.length === 0) expect(told.medianDays).toBeNull();
      else expect(told.medianDays).toBeCloseTo(median(left.map(move => move.days ?? 0)), 0);
      for (const kind of ['entered', 'onward', 'won', 'lost']) {
        const listed = await all<Deal>(
          auditor,
          `/deals?moved=${kind}&movedStage=${stage.id}&from=${window.from}&to=${window.to}`,
        );
        expect([stage.name, kind, listed.length]).toEqual([stage.name, kind, told[kind]]);
      }
    }
  },
);

it('the forecast adds up open deals by month', async () => {
  const { body } = await auditor.get('/deals/funnel');
  const open = deals.filter(deal => deal.stage.kind === 'open');
  const months = [...new Set(open.map(deal => deal.expectedOn?.slice(0, 7) ?? null))];
  expect(body.forecast).toHaveLength(months.length);
  expect(months.length).toBeGreaterThan(2);
  for (const told of body.forecast) {
    const those = open.filter(deal => (deal.expectedOn?.slice(0, 7) ?? null) === told.month);
    expect(told).toEqual({ month: told.month, count: those.length, sums: sumsOf(those) });
  }
});

it('everybody’s funnel holds what is within reach, and one owner’s what is his', async () => {
  const total = async (by: Client, query = '') => {
    const { body } = await by.get(`/deals/funnel?from=2020-01-01T00:00:00Z${query}`);
    return body.stages.reduce((sum: number, stage: { entered: number }) => sum + stage.entered, 0);
  };
  const [one, two, both] = [await total(rep), await total(rep2), await total(auditor)];
  expect([one > 0, two > 0, one + two]).toEqual([true, true, both]);
  expect(await total(auditor, `&owner=${test.people.rep}`)).toBe(one);
  expect(await total(rep, `&owner=${test.people.rep2}`)).toBe(0);
});

it('what lies in the bin counts for nobody until it is back', async () => {
  const moved = moves.find(move => move.from && move.deal.owner?.id === test.people.rep);
  if (!moved) throw new Error('none of the deals has moved');
  const counts = async (by: Client) => {
    const { body } = await by.get('/deals/funnel?from=2020-01-01T00:00:00Z');
    const sum = (of: 'entered' | 'onward' | 'won' | 'lost') =>
      body.stages.reduce((total: number, stage: Record<string, number>) => total + (stage[of] ?? 0), 0);
    return [sum('entered'), sum('onward') + sum('won') + sum('lost')];
  };
  const before = [await counts(auditor), await counts(rep)];
  expect((await rep.delete(`/deals/${moved.deal.id}`)).status).toBe(204);
  for (const [i, by] of [auditor, rep].entries()) {
    const now = await counts(by);
    expect(now.map((count, of) => count < (before[i]?.[of] ?? 0))).toEqual([true, true]);
  }
  expect((await rep.post(`/deals/${moved.deal.id}/restore`, {})).status).toBe(200);
  expect([await counts(auditor), await counts(rep)]).toEqual(before);
});

it('refuses what is no pipeline and no time', async () => {
  expect((await rep.get(`/deals/funnel?pipeline=${test.people.rep}`)).status).toBe(404);
  expect((await rep.get(`/deals/board?pipeline=${test.people.rep}`)).status).toBe(404);
  expect((await rep.get('/deals/funnel?from=x')).status).toBe(422);
});
