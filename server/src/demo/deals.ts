// The demo's deals: what each customer is offered, how far it has come and when, the same for the same seed.
import * as audit from '../audit/audit.ts';
import type { NewEntry } from '../db/journal.ts';
import * as deals from '../deals/deals.ts';
import type { Me } from '../http.ts';
import { iso, type World } from '../world.ts';
import { cast } from './cast.ts';
import * as store from './deals-store.ts';
import { type Seeded, seeded } from './seed.ts';
import type { ToldAccount } from './store.ts';
import type { Account } from './story.ts';

const day = 86_400_000;
const hour = 3_600_000;
const reasons = { price: 5, competitor: 4, 'no-budget': 3, timing: 3, 'no-reply': 3, 'no-need': 2, other: 1 };
const wins = [
  'product',
  'relationship',
  'price',
  'product',
  'service',
  null,
  'delivery',
  'relationship',
  'brand',
];

/** By the minute, not by the dice: what else they throw stays as it is. */
const winReason = (at: number) => wins[Math.floor(at / 60_000) % wins.length] ?? null;

const words = {
  zh: {
    kinds: ['首单', '年度框架', '补货', '样品转大货', '新品试订', '定制款'],
    next: ['发送最新报价', '确认样品', '安排付款条款', '跟进验厂', '确认包装要求'],
  },
  en: {
    kinds: [
      'first order',
      'annual contract',
      'repeat order',
      'sample to bulk',
      'trial order',
      'custom range',
    ],
    next: [
      'Send the new quote',
      'Get the sample approved',
      'Settle payment terms',
      'Prepare the audit',
      'Confirm packing',
    ],
  },
} as const;

type Way = { to: number; at: number }[];
type Told = { account: Account; told: ToldAccount; by: Me };

/** A deal as it was written, and whose it is. */
export type ToldDeal = Told & { row: store.DealRow };

/** Writes the deals of all accounts that have an owner. */
export async function fillDeals(world: World, seed: number, customers: Told[]): Promise<ToldDeal[]> {
  const dice = seeded(seed);
  const pipeline = (await deals.pipelinesOf(world))[0];
  if (!pipeline) throw new Error('the demo has no pipeline');
  const made: ToldDeal[] = [];
  const moves: store.MoveRow[] = [];
  const entries: NewEntry[] = [];
  for (const customer of customers)
    for (const end of endsOf(dice, customer.account)) {
      const way = wayTo(dice, world.now(), customer.account, end);
      const deal = makeDeal(world, dice, pipeline, customer, way);
      made.push({ ...customer, row: deal.row });
      moves.push(...deal.moves);
      entries.push(...deal.entries);
    }
  const rows = made.map(({ row }) => row);
  await store.insertDeals(world, rows, moves, entries);
  return made;
}

const won = 4;
const lost = 5;

/** Which stage each deal of such a customer has reached: 0 to 3 open, then won, lost. */
function endsOf(dice: Seeded, { owner, stage }: Account): number[] {
  if (!owner) return [];
  switch (stage) {
    case 'new':
      return dice.chance(0.2) ? [0] : [];
    case 'contacted':
      return dice.chance(0.6) ? [dice.whole(0, 1)] : [];
    case 'interested':
      return dice.chance(0.85) ? [dice.whole(1, 2)] : [];
    case 'negotiating':
      return dice.chance(0.25) ? [3, lost] : [dice.whole(2, 3)];
    case 'lost':
      return [lost];
    case 'won': {
      const ends = Array.from({ length: dice.whole(1, 3) }, () => won);
      return dice.chance(0.35) ? [...ends, dice.whole(0, 3)] : ends;
    }
  }
}

/** The moves that lead there, within the time since the customer came. */
function wayTo(dice: Seeded, now: number, account: Account, end: number): Way {
  const passed = end === won ? 4 : end === lost ? dice.whole(1, 4) : end + 1;
  const stages = Array.from({ length: passed }, (_, i) => i).filter(
    i => i === 0 || dice.chance(0.9) || i === end,
  );
  if (end >= won) stages.push(end);
  const room = now - account.createdAt - day;
  // What is closed began any time; what is open began lately, a few deals excepted that got stuck.
  const latest = end >= won ? 0 : stages.length * 11 * day;
  const isStuck = end < won && dice.chance(0.08);
  const start =
    end >= won || isStuck
      ? account.createdAt + dice.share() * room * 0.6
      : Math.max(account.createdAt, now - latest * (0.5 + dice.share()));
  const span = Math.min(now - start - day / 2, stages.length * dice.whole(6, 18) * day);
  let at = start;
  const way = stages.map((to, i) => {
    if (i > 0) at += (span / stages.length) * (0.5 + dice.share());
    return { to, at: Math.min(Math.floor(at), now - (stages.length - i) * 4 * hour) };
  });
  if (end >= won || isStuck) return way;
  // Whoever sells moves on: it came to its stage within the last twelve days.
  const idle = now - (way.at(-1)?.at ?? now);
  const shift = idle - (idle % (12 * day));
  return way.map(step => ({ ...step, at: step.at + shift }));
}

/** In how many days an open deal is expected: a few are late by some days, the others come within the quarter. */
function expectedIn(luck: number): number {
  return luck < 0.06 ? -1 - luck * 100 : 1 + (luck - 0.06) * 100;
}

function makeDeal(world: World, dice: Seeded, pipeline: deals.Pipeline, customer: Told, way: Way) {
  const { account, told, by } = customer;
  const tongue = account.company.region === 'cn' ? 'zh' : 'en';
  const stageAt = (place: number) => pipeline.stages[place] ?? pipeline.stages[0];
  const [begin, last] = [way[0], way.at(-1)];
  const stage = stageAt(last?.to ?? 0);
  if (!begin || !last || !stage) throw new Error('a deal of the demo has no way');
  const contact = told.activities.at(-1)?.contact ?? null;
  const person = cast[account.owner ?? 'manager'];
  const product = dice.pick(account.company.trade.products[tongue]);
  const kind = dice.pick(words[tongue].kinds);
  const expected = last.to >= won ? last.at : world.now() + expectedIn(dice.share()) * day;
  const row: store.DealRow = {
    id: dice.id(begin.at),
    title: tongue === 'zh' ? `${product}${kind}` : `${product[0]?.toUpperCase()}${product.slice(1)}, ${kind}`,
    customer_id: told.id,
    contact_id: contact?.id || null,
    amount: Math.round(8 * 10 ** (dice.share() * 1.6)) * 100_000,
    currency: tongue === 'zh' ? 'CNY' : 'USD',
    pipeline_id: pipeline.id,
    stage_id: stage.id,
    kind: stage.kind,
    stage_since: iso(last.at),
    expected_on: dice.chance(0.9) ? iso(expected).slice(0, 10) : null,
    source: account.source,
    lost_reason: last.to === lost ? dice.weighted(reasons) : null,
    won_reason: last.to === won ? winReason(begin.at) : null,
    next_step: last.to < won && dice.chance(0.75) ? dice.pick(words[tongue].next) : null,
    owner_id: by.id,
    team_id: by.teamId,
    created_at: iso(begin.at),
    created_by: by.id,
    updated_at: iso(last.at),
    version: way.length,
  };
  const moves: store.MoveRow[] = [];
  const entries: NewEntry[] = [];
  way.forEach(({ to, at }, i) => {
    const before = way[i - 1];
    const [from, into] = [before ? stageAt(before.to) : null, stageAt(to)];
    moves.push({
      id: dice.id(at),
      deal_id: row.id,
      from_stage: from?.id ?? null,
      to_stage: into?.id ?? '',
      since: before ? iso(before.at) : null,
      at: iso(at),
      by_id: by.id,
    });
    entries.push(
      audit.row(
        { ...world, now: () => at, random: { ...world.random, id: () => dice.id(at) } },
        {
          action: before ? 'deal.move' : 'deal.add',
          by: { id: by.id, name: person.name },
          object: { type: 'deal', id: row.id },
          ...(from
            ? {
                before: { stage: { id: from.id, name: from.name } },
                after: { stage: { id: into?.id, name: into?.name } },
                details: { name: row.title },
              }
            : {
                after: {
                  title: row.title,
                  amount: row.amount,
                  currency: row.currency,
                  customer: { id: told.id, name: account.company.name },
                  stage: { id: into?.id, name: into?.name },
                },
              }),
        },
      ),
    );
  });
  return { row, moves, entries };
}
