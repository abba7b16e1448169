// The journal keeps what was written, and tells what was not left alone.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
import { atomically } from '../world.ts';
import * as audit from './audit.ts';

let test: Test;
let owner: pg.Client;
beforeAll(async () => {
  test = await openTest();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.close();
});

/** Does what only somebody with the database's own superuser could do. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
  await owner.query('set session_replication_role = replica');
  await owner.query(statement, values);
  await owner.query('set session_replication_role = default');
}

const note = (n: number) => ({
  action: 'test.note',
  details: { n },
  before: { text: `前 ${n}` },
  after: { b: 1, a: [n] },
});

describe('the journal', () => {
  it('is written with what it records, or not at all', async () => {
    const count = async () => (await audit.list(test.world, { limit: 200, action: 'test.lost' })).length;
    await expect(
      atomically(test.world, async tx => {
        await audit.record(tx, { action: 'test.lost' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await count()).toBe(0);
  });

  it('chains entries of many writers at once without a gap', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, i) => audit.record(test.world, note(i))));
    const sealed = await Promise.all([
      audit.seal(test.world),
      audit.seal(test.world),
      audit.seal(test.world),
    ]);
    expect(Math.max(...sealed)).toBeGreaterThanOrEqual(60);
    await audit.record(test.world, note(60));
    expect(await audit.verify(test.world)).toMatchObject({ kind: 'intact', unsealed: 1 });
    await audit.seal(test.world);
    expect(await audit.verify(test.world)).toMatchObject({ kind: 'intact', unsealed: 0 });
  });

  it('refuses to be changed or emptied by the application', async () => {
    const db = test.world.db;
    await expect(db.updateTable('audit_entries').set({ action: 'test.other' }).execute()).rejects.toThrow();
    await expect(
      db
        .updateTable('audit_entries')
        .set({ seq: 1, hash: Buffer.alloc(32) })
        .execute(),
    ).rejects.toThrow();
    await expect(db.deleteFrom('audit_entries').execute()).rejects.toThrow();
    await expect(owner.query('truncate audit_entries')).rejects.toThrow(/append-only/);
    await expect(owner.query("update audit_entries set action = 'x'")).rejects.toThrow(/append-only/);
  });

  it('names the first entry that was altered, removed, or slipped in', async () => {
    const [entry] = (await owner.query('select * from audit_entries where seq = 20')).rows;
    await tamper(`update audit_entries set after = '{"a": [99], "b": 1}' where seq = 20`);
    expect(await audit.verify(test.world)).toMatchObject({
      kind: 'altered',
      seq: 20,
      id: entry.id,
      action: entry.action,
    });
    await tamper('update audit_entries set after = $1 where seq = 20', [JSON.stringify(entry.after)]);
    expect(await audit.verify(test.world)).toMatchObject({ kind: 'intact' });

    await tamper("update audit_entries set at = at + interval '1 ms' where seq = 33");
    expect(await audit.verify(test.world)).toMatchObject({ kind: 'altered', seq: 33 });
    await tamper("update audit_entries set at = at - interval '1 ms' where seq = 33");

    await tamper('update audit_entries set seq = seq + 1000000 where seq = 40');
    expect(await audit.verify(test.world)).toMatchObject({
      kind: 'altered',
      seq: 40,
      why: 'an entry is missing',
    });
    await tamper('update audit_entries set seq = 40 where seq = 1000040');

    const { rows } = await owner.query('select max(seq)::int as last from audit_entries');
    await tamper('delete from audit_entries where seq = $1', [rows[0].last]);
    expect(await audit.verify(test.world)).toMatchObject({
      kind: 'altered',
      seq: rows[0].last,
      why: 'the newest entries are missing',
    });
  });
});

describe('the log over HTTP', () => {
  it('is for administrators and auditors, filtered and paged', async () => {
    expect((await (await test.as('rep')).get('/audit')).status).toBe(403);
    const auditor = await test.as('auditor');
    const first = await auditor.get('/audit?action=test.&limit=10');
    expect(first.body.items).toHaveLength(10);
    const second = await auditor.get(`/audit?action=test.&limit=10&after=${first.body.next}`);
    const ids = [...first.body.items, ...second.body.items].map((item: { id: string }) => item.id);
    expect(new Set(ids).size).toBe(20);
    expect([...ids].sort().reverse()).toEqual(ids);
    const none = await auditor.get('/audit?action=test.%25');
    expect(none.body.items).toHaveLength(0);
    expect((await auditor.get('/audit?limit=201')).status).toBe(422);
    expect((await auditor.get('/audit?actor=nonsense')).status).toBe(422);
    const mine = await auditor.get(`/audit?actor=${test.people.auditor}&action=session.open`);
    expect(mine.body.items[0]).toMatchObject({
      action: 'session.open',
      object: { type: 'person', id: test.people.auditor },
    });
  });
});
