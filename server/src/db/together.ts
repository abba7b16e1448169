// Several statements of different rooms in one round trip.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';

/** Runs all of them as parts of one `with`: together or not at all. They do not see what the others do. */
export async function together(world: World, parts: RawBuilder<unknown>[]): Promise<void> {
  if (parts.length === 0) return;
  const named = parts.map((part, i) => sql`${sql.raw(`part${i}`)} as (${part})`);
  await sql`with ${sql.join(named)} select`.execute(world.db);
}
