// What the database does for a statement whose plan a connection keeps, whatever its values.
import { type CompiledQuery, sql } from 'kysely';
import pg from 'pg';
import type { World } from '../world.ts';

export type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
};

const literal = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : pg.escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value));

/** All nodes of the plan of a statement, run once; with `kept` the plan that goes by no values. */
export async function planned(
  world: World,
  { sql: text, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>,
  kept: boolean,
): Promise<Plan[]> {
  const { rows } = await world.db.transaction().execute(async tx => {
    const mode = kept ? 'force_generic_plan' : 'force_custom_plan';
    await sql.raw(`set local plan_cache_mode = ${mode}`).execute(tx);
    await sql.raw(`prepare looked_at as ${text}`).execute(tx);
    const given = parameters.length > 0 ? `(${parameters.map(literal).join(', ')})` : '';
    const seen = await sql
      .raw<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, format json) execute looked_at ${given}`)
      .execute(tx);
    await sql`deallocate looked_at`.execute(tx);
    return seen;
  });
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
  return rows[0]?.['QUERY PLAN'].flatMap(({ Plan }) => flat(Plan)) ?? [];
}
