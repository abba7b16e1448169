// Row-level security: workspaces stay apart even when a query forgets to say which one.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
import { worldOf } from '../world.ts';

let test: Test;
let other: Test['world'];
let fenced: string[] = [];

beforeAll(async () => {
  test = await openTest();
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ table_name: string }>(
    `select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE'`,
  );
  fenced = rows
    .map(row => row.table_name)
    .filter(name => name !== 'workspace_directory')
    .sort();
  await owner.end();
  other = worldOf(test.installation, test.installation.random.id());
});
afterAll(() => test.close());

describe('the fences', () => {
  it('stand around every table that has a workspace, for its owner too', async () => {
    const { rows } = await sql<{ relname: string; forced: boolean }>`
      select relname, relforcerowsecurity as forced from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity order by relname`.execute(
      test.world.db,
    );
    expect(rows.map(row => row.relname).sort()).toEqual(fenced);
    expect(fenced.length).toBeGreaterThan(12);
    // The search keys let their owner through: functions that name the workspace themselves look in by an index.
    expect(rows.filter(row => !row.forced).map(row => row.relname)).toEqual([
      'activity_keys',
      'contact_keys',
      'customer_keys',
      'deal_keys',
      'lead_keys',
      'order_keys',
      'task_keys',
    ]);
  });

  it('lead every primary key with the workspace', async () => {
    const { rows } = await sql<{ table_name: string }>`
      select c.relname as table_name from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indisprimary and c.relnamespace = 'public'::regnamespace and a.attname <> 'workspace_id' and c.relname <> 'schema_migrations'`.execute(
      test.world.db,
    );
    expect(rows).toEqual([]);
  });

  it('let a query that forgets the workspace see its own alone', async () => {
    for (const table of fenced) {
      const mine = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        test.world.db,
      );
      const theirs = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        other.db,
      );
      const none = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        test.installation.databases.outside,
      );
      expect([table, theirs.rows[0]?.n, none.rows[0]?.n]).toEqual([table, 0, 0]);
      if (table === 'people') expect(mine.rows[0]?.n).toBe(5);
    }
  });

  it('refuse rows that are written for another workspace, and updates that move them there', async () => {
    const row = { workspace_id: test.world.workspaceId, id: other.random.id(), name: 'smuggled' };
    await expect(other.db.insertInto('teams').values(row).execute()).rejects.toThrow(/row-level security/);
    await expect(
      test.world.db.updateTable('teams').set({ workspace_id: other.workspaceId }).execute(),
    ).rejects.toThrow(/row-level security/);
    const gone = await other.db.deleteFrom('people').executeTakeFirst();
    expect(Number(gone.numDeletedRows)).toBe(0);
  });

  it('hold for a role that cannot step over them or change them', async () => {
    const { rows } = await sql<{ rolsuper: boolean; rolbypassrls: boolean; rolname: string }>`
      select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user`.execute(
      test.world.db,
    );
    expect(rows).toEqual([{ rolname: 'latchkey_template_app', rolsuper: false, rolbypassrls: false }]);
    for (const statement of [
      'alter table people disable row level security',
      'alter table people no force row level security',
      'drop policy workspace on people',
      'create table mine (x int)',
      'set role postgres',
      'delete from schema_migrations',
    ])
      await expect(sql.raw(statement).execute(test.world.db), statement).rejects.toThrow();
  });

  it('stay with the connection: many worlds at once on few connections never mix', async () => {
    const worlds = Array.from({ length: 8 }, () => worldOf(test.installation, test.installation.random.id()));
    const seen = await Promise.all(
      Array.from({ length: 400 }, (_, i) => {
        const world = worlds[i % 8] as (typeof worlds)[number];
        return sql<{ id: string }>`select current_workspace() as id`
          .execute(world.db)
          .then(({ rows }) => rows[0]?.id === world.workspaceId);
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  });
});
