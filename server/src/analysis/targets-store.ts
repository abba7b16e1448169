// All SQL of targets.
import { sql } from 'kysely';
import { insertEntry, type NewEntry } from '../db/journal.ts';
import { kept } from '../db/kept-plans.ts';
import type { World } from '../world.ts';
import type { TargetRow } from './rules.ts';

/** Those of any of these periods. */
export async function of(world: World, periods: string[]): Promise<TargetRow[]> {
  const { rows } =
    await sql<TargetRow>`${kept}select subject, subject_id, period, currency, amount from sales_targets
    where workspace_id = ${world.workspaceId} and period in (${sql.join(periods)})
    order by period, subject, subject_id, currency`.execute(world.db);
  return rows;
}

/** One, kept from others until the transaction ends; undefined for none. */
export async function held(
  world: World,
  key: Omit<TargetRow, 'amount'>,
): Promise<{ amount: number } | undefined> {
  const { rows } = await sql<{ amount: number }>`select amount from sales_targets
    where workspace_id = ${world.workspaceId} and subject = ${key.subject} and subject_id = ${key.subject_id}
      and period = ${key.period} and currency = ${key.currency} for update`.execute(world.db);
  return rows[0];
}

/** Sets one, or removes it where the amount is null, with its journal entry. */
export async function write(
  world: World,
  row: Omit<TargetRow, 'amount'> & { id: string; amount: number | null; at: string; by: string },
  entry: NewEntry,
): Promise<void> {
  const same = sql`workspace_id = ${world.workspaceId} and subject = ${row.subject}
    and subject_id = ${row.subject_id} and period = ${row.period} and currency = ${row.currency}`;
  const written =
    row.amount === null
      ? sql`delete from sales_targets where ${same}`
      : sql`insert into sales_targets (workspace_id, id, subject, subject_id, period, currency, amount, set_by, set_at)
          values (${world.workspaceId}, ${row.id}, ${row.subject}, ${row.subject_id}, ${row.period}, ${row.currency},
            ${row.amount}, ${row.by}, ${row.at})
          on conflict (workspace_id, subject, subject_id, period, currency)
          do update set amount = excluded.amount, set_by = excluded.set_by, set_at = excluded.set_at`;
  await sql`with written as (${written}) ${insertEntry(entry)}`.execute(world.db);
}
