// Deals that wait for their owner: past the day they were expected on, or longer at a stage than that allows.
import { sql } from 'kysely';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { moment, type World } from '../world.ts';
import type { Deal } from './deals.ts';
import { deals } from './deals.ts';

/** One's own open deals that were expected before `day` or stand still, the earliest expected first. */
export async function waiting(
  world: World,
  input: { day: string; limit: number },
  by: By,
): Promise<{ items: Deal[]; more: boolean }> {
  const conditions = [
    sql<boolean>`d.kind = 'open' and d.owner_id = ${by.me.id}`,
    sql<boolean>`(d.expected_on < ${input.day}::date
      or d.stage_since < ${moment(world)}::timestamptz - make_interval(days => s.ageing_days))`,
  ];
  const asked = { conditions, deleted: false, sort: 'expectedOn', limit: input.limit, particular: false };
  const page = await records.page(world, deals, asked, by);
  return page.kind === 'page' ? { items: page.items, more: page.next !== null } : { items: [], more: false };
}
