// The demo's targets, and open deals whose amount or date changed lately, so that analysis has something to tell.
import { sql } from 'kysely';
import * as deals from '../deals/deals.ts';
import type { Me } from '../http.ts';
import { iso, type World } from '../world.ts';
import { type Seeded, seeded } from './seed.ts';

const day = 86_400_000;
const changing = 16;

/** Changes some open deals of the last week, and sets targets for the months of this quarter. */
export async function fillFigures(world: World, seed: number, crew: Me[]): Promise<void> {
  const dice = seeded(seed);
  for (const [i, deal] of (await someOpen(world)).entries()) {
    const me = crew.find(one => one.id === deal.owner_id);
    const then = Math.floor(world.now() - (0.2 + dice.share() * 5) * day);
    const past = { ...world, now: () => then, random: { ...world.random, id: () => dice.id(then) } };
    const days = dice.pick(i % 8 < 6 ? [14, 30] : [-6]);
    const patch =
      i % 2 === 0
        ? { amount: Math.round((deal.amount * dice.pick([80, 90, 115, 130])) / 10_000_000) * 100_000 }
        : { expectedOn: iso(Date.parse(deal.expected_on) + days * day).slice(0, 10) };
    const by = { reach: 'all', visitor: null } as const;
    if (me) await deals.change(past, { id: deal.id, patch, version: null }, { ...by, me });
  }
  await setTargets(world, dice);
}

type OpenDeal = { id: string; amount: number; expected_on: string; owner_id: string | null };

async function someOpen(world: World): Promise<OpenDeal[]> {
  const { rows } =
    await sql<OpenDeal>`select id, amount, expected_on::text as expected_on, owner_id from deals
    where workspace_id = ${world.workspaceId} and kind = 'open' and expected_on is not null
      and updated_at < ${iso(world.now() - 8 * day)}
    order by md5(title), id limit ${sql.raw(String(changing))}`.execute(world.db);
  return rows;
}

/** What each person sells in a currency, a fifth above what was won in an average month. */
async function setTargets(world: World, dice: Seeded): Promise<void> {
  const now = new Date(world.now());
  const first = Math.floor(now.getUTCMonth() / 3) * 3 + 1;
  const months = [0, 1, 2].map(n => `${now.getUTCFullYear()}-${String(first + n).padStart(2, '0')}`);
  const { rows } = await sql<{ owner_id: string; currency: string; won: number }>`select owner_id, currency,
      sum(amount)::float8 as won
    from deals where workspace_id = ${world.workspaceId} and kind = 'won' and owner_id is not null
      and stage_since > ${iso(world.now() - 120 * day)}
    group by 1, 2 order by 1, 2`.execute(world.db);
  for (const { owner_id, currency, won } of rows)
    for (const period of months) {
      const amount = Math.ceil((won * 0.3 * (0.9 + 0.2 * dice.share())) / 1_000_000) * 1_000_000;
      await sql`insert into sales_targets (workspace_id, id, subject, subject_id, period, currency, amount, set_at)
        values (${world.workspaceId}, ${dice.id(world.now())}, 'person', ${owner_id}, ${period}, ${currency}, ${amount},
          ${iso(world.now())})`.execute(world.db);
    }
}
