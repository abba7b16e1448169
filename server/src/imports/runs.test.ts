// Runs of an import: started twice, cut off between batches, cancelled, taken back; their faults as a file.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { work } from './imports.ts';
import { counts, manyCustomers, runner, upload } from './uploading.fixture.ts';

let test: Test;
let administrator: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  run = runner(test);
});
afterAll(() => test.close());

async function total(word: string): Promise<number> {
  const { rows } = await test.world.databases.pool.query<{ count: number }>(
    `select set_config('latchkey.workspace', $1, false),
       (select count(*) from customers where name like $2 and deleted_at is null) as count`,
    [test.world.workspaceId, `${word}%`],
  );
  return Number(rows[0]?.count);
}

/** The world of a worker that dies so often with all written and nothing committed, after so many batches. */
function mortal(batches: number, deaths = Number.POSITIVE_INFINITY) {
  let left = batches;
  let lives = deaths;
  const { db } = test.world;
  const dying = new Proxy(db, {
    get(target, property) {
      if (property === 'transaction' && left-- <= 0 && lives-- > 0)
        return () => ({
          execute: (batch: (tx: typeof db) => Promise<unknown>) =>
            target.transaction().execute(async tx => {
              await batch(tx);
              throw new Error('killed');
            }),
        });
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...test.world, db: dying };
}

describe('a run', () => {
  it('L44 goes on after a crash from where it stood, and doubles nothing', async () => {
    const draft = await upload(administrator, manyCustomers(2_300, 'Crashed'));
    const id = String(draft.body.id);
    // The queue would run it at once: the row is set running here, and the worker is called by hand.
    await test.world.db.updateTable('imports').set({ state: 'running' }).where('id', '=', id).execute();
    for (const [batches, done] of [
      [1, 500],
      [2, 1_500],
      [0, 1_500],
    ] as const) {
      await expect(work(mortal(batches), id, test.people.administrator)).rejects.toThrow('killed');
      expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({ state: 'running', done });
      expect(await total('Crashed')).toBe(done);
    }
    await work(test.world, id, test.people.administrator);
    expect(counts(await administrator.get(`/imports/${id}`))).toEqual({
      state: 'done',
      total: 2_300,
      done: 2_300,
      created: 2_300,
      updated: 0,
      skipped: 0,
      failed: 0,
    });
    expect(await total('Crashed')).toBe(2_300);
  });

  it('gives up after some runs without a batch, and can be started again', async () => {
    const draft = await upload(administrator, manyCustomers(20, 'Stubborn'));
    const id = String(draft.body.id);
    await test.world.db.updateTable('imports').set({ state: 'running' }).where('id', '=', id).execute();
    for (let i = 0; i < 3; i++)
      await expect(work(mortal(0), id, test.people.administrator)).rejects.toThrow('killed');
    // The fourth dies as well, but not without saying so.
    await work(mortal(0, 1), id, test.people.administrator);
    const failed = await administrator.get(`/imports/${id}`);
    expect(failed.body).toMatchObject({ state: 'failed', done: 0, problem: { code: 'unexpected' } });
    expect((await administrator.post(`/imports/${id}/start`)).status).toBe(202);
    await test.jobs.settle();
    expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({ state: 'done', created: 20 });
  });

  it('is looked after when the queue has given it up', async () => {
    const draft = await upload(administrator, manyCustomers(700, 'Orphaned'));
    const id = String(draft.body.id);
    await test.world.db.updateTable('imports').set({ state: 'running' }).where('id', '=', id).execute();
    await expect(work(mortal(1), id, test.people.administrator)).rejects.toThrow('killed');
    await test.jobs.settle(60);
    expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({ state: 'running', done: 500 });
    await test.jobs.settle(600);
    expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({ state: 'done', created: 700 });
  });

  it('started ten times at once runs once; two workers at once do not double it', async () => {
    const draft = await upload(administrator, manyCustomers(1_200, 'Eager'));
    const id = String(draft.body.id);
    const starts = await Promise.all(
      Array.from({ length: 10 }, () => administrator.post(`/imports/${id}/start`)),
    );
    expect(starts.filter(reply => reply.status === 202).length).toBe(1);
    expect(starts.filter(reply => reply.status === 409).length).toBe(9);
    await Promise.all([
      test.jobs.settle(),
      work(test.world, id, test.people.administrator),
      work(test.world, id, test.people.administrator),
    ]);
    await work(test.world, id, test.people.administrator);
    expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({
      state: 'done',
      created: 1_200,
    });
    expect(await total('Eager')).toBe(1_200);
  });

  it('can be cancelled between batches and goes on later', async () => {
    const draft = await upload(administrator, manyCustomers(1_100, 'Patient'));
    const id = String(draft.body.id);
    await test.world.db.updateTable('imports').set({ state: 'running' }).where('id', '=', id).execute();
    await expect(work(mortal(1), id, test.people.administrator)).rejects.toThrow('killed');
    expect((await administrator.post(`/imports/${id}/cancel`)).status).toBe(202);
    await work(test.world, id, test.people.administrator);
    expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({
      state: 'cancelled',
      done: 500,
    });
    expect((await administrator.post(`/imports/${id}/cancel`)).status).toBe(409);
    await administrator.post(`/imports/${id}/start`);
    await test.jobs.settle();
    expect(counts(await administrator.get(`/imports/${id}`))).toMatchObject({
      state: 'done',
      created: 1_100,
    });
    expect(await total('Patient')).toBe(1_100);
  });

  it('leaves no file behind once it is done, and says so when the file is gone', async () => {
    const folder = join(test.dataDir, 'imports', test.world.workspaceId);
    const draft = await upload(administrator, manyCustomers(3, 'Tidy'));
    expect(readdirSync(folder)).toContain(`${draft.body.id}.csv`);
    await administrator.post(`/imports/${draft.body.id}/start`);
    await test.jobs.settle();
    expect(readdirSync(folder)).not.toContain(`${draft.body.id}.csv`);

    const lost = await upload(administrator, manyCustomers(3, 'Lost'));
    rmSync(join(folder, `${lost.body.id}.csv`));
    await administrator.post(`/imports/${lost.body.id}/start`);
    await test.jobs.settle();
    expect((await administrator.get(`/imports/${lost.body.id}`)).body).toMatchObject({
      state: 'failed',
      problem: { code: 'file-gone' },
    });
  });

  it('is on record as a whole and in the history of every record', async () => {
    const reply = await run(administrator, 'Name,Phone\nRecorded Ltd,123456\n');
    const [customer] = (await administrator.get('/customers?q=Recorded')).body.items as unknown as {
      id: string;
    }[];
    const log = await administrator.get(`/audit?object=${reply.body.id}`);
    const actions = (log.body.items as unknown as { action: string }[]).map(entry => entry.action);
    expect(actions).toEqual(['import.done', 'import.start']);
    const record = await administrator.get(`/audit?object=${customer?.id}`);
    expect(record.body.items[0]).toMatchObject({
      action: 'customer.add',
      actor: { id: test.people.administrator },
      details: { import: reply.body.id },
    });
  });
});

describe('faults', () => {
  it('come back as a file to correct, in the reader’s language, and that file is read again', async () => {
    const rows = 'Name,Email,Remark\nGood Ltd,a@b.example,\nBad Ltd,nope,"=2+3, ""x"""\n,b@b.example,-5\n';
    const reply = await run(administrator, rows);
    expect(counts(reply)).toMatchObject({ created: 1, failed: 2 });
    const path = `/imports/${reply.body.id}/faults.csv`;
    const english = await administrator.get(path);
    expect(english.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(english.headers.get('content-disposition')).toContain('file-not-imported.csv');
    expect(english.text).toBe(
      'Row,Reason,Name,Email,Remark\r\n3,Email: Not an e-mail address,Bad Ltd,nope,"\'=2+3, ""x"""\r\n4,Name: The name is missing,,b@b.example,-5\r\n',
    );
    const chinese = await administrator.get(path, { headers: { 'accept-language': 'zh-CN' } });
    expect(chinese.text).toContain('行号,失败原因,Name');
    expect(chinese.text).toContain('邮箱格式不正确');
    const corrected = english.text.replace('nope', 'right@b.example');
    const again = await run(administrator, corrected);
    expect(counts(again)).toMatchObject({ created: 1, failed: 1 });
    const [bad] = (await administrator.get('/customers?q=Bad%20Ltd')).body.items as unknown as object[];
    expect(bad).toMatchObject({ email: 'right@b.example', remark: '=2+3, "x"' });
  });

  it('are listed page by page', async () => {
    const lines = Array.from({ length: 450 }, (_, i) => (i % 2 ? `Fine ${i},` : `Wrong ${i},nope`));
    const reply = await run(administrator, `Name,Email\n${lines.join('\n')}\n`);
    expect(counts(reply)).toMatchObject({ created: 225, failed: 225 });
    const first = await administrator.get(`/imports/${reply.body.id}/faults?limit=200`);
    expect(first.body.items.length).toBe(200);
    const second = await administrator.get(
      `/imports/${reply.body.id}/faults?limit=200&after=${first.body.next}`,
    );
    expect(second.body.items.length).toBe(25);
    expect(second.body).toMatchObject({ next: null });
    expect(second.body.items[24]).toMatchObject({ row: 450, cells: ['Wrong 448', 'nope'] });
  });
});

describe('undo', () => {
  it('L44 takes back what was created, and leaves and names what was changed or used since', async () => {
    const reply = await run(administrator, manyCustomers(1_203, 'Regretted'));
    const id = reply.body.id;
    const list = (await administrator.get('/customers?q=Regretted&limit=3')).body.items as unknown as {
      id: string;
      name: string;
    }[];
    const [changed, used, befriended] = list;
    await administrator.patch(`/customers/${changed?.id}`, { remark: 'ours now' });
    const note = { customerId: used?.id, kind: 'call', body: 'spoke to them' };
    expect((await administrator.post('/activities', note)).status).toBe(201);
    const friend = { customerId: befriended?.id, name: 'New Friend' };
    expect((await administrator.post('/contacts', friend)).status).toBe(201);

    expect((await administrator.post(`/imports/${id}/undo`)).status).toBe(202);
    await test.jobs.settle();
    const undone = await administrator.get(`/imports/${id}`);
    expect(undone.body).toMatchObject({ state: 'undone', created: 1_203, removed: 1_200, kept: 3 });
    expect(await total('Regretted')).toBe(3);
    const kept = await administrator.get(`/imports/${id}/kept`);
    const ids = (kept.body.items as unknown as { id: string }[]).map(item => item.id);
    expect(ids.sort()).toEqual(list.map(item => item.id).sort());
    expect((await administrator.post(`/imports/${id}/undo`)).status).toBe(409);
    expect((await administrator.post(`/imports/${id}/start`)).status).toBe(409);

    const bin = (await administrator.get('/customers?deleted=true&q=Regretted&limit=1')).body.items;
    const history = await administrator.get(`/customers/${bin[0]?.id}/history`);
    expect(history.body.items[0]).toMatchObject({ action: 'customer.remove' });
  });

  it('takes contacts back with the customers they came with, and contacts alone', async () => {
    const beside = 'Name,Contact,Mobile\nTogether Ltd,Ann Together,13800000001\n';
    const reply = await run(administrator, beside);
    await administrator.post(`/imports/${reply.body.id}/undo`);
    await test.jobs.settle();
    expect((await administrator.get('/contacts?q=Ann%20Together')).body).toMatchObject({ items: [] });

    const alone = 'Name,Company\nBen Alone,Alone Ltd\nCleo Alone,Alone Ltd\n';
    const contacts = await run(administrator, alone, { object: 'contact' });
    const [cleo] = (await administrator.get('/contacts?q=Cleo')).body.items as unknown as { id: string }[];
    await administrator.patch(`/contacts/${cleo?.id}`, { title: 'Director' });
    await administrator.post(`/imports/${contacts.body.id}/undo`);
    await test.jobs.settle();
    const undone = await administrator.get(`/imports/${contacts.body.id}`);
    expect(undone.body).toMatchObject({ state: 'undone', removed: 1, kept: 1 });
    expect((await administrator.get(`/imports/${contacts.body.id}/kept`)).body.items).toMatchObject([
      { object: 'contact', id: cleo?.id, name: 'Cleo Alone' },
    ]);
    expect((await administrator.get('/customers?q=Alone%20Ltd')).body.items.length).toBe(1);
  });
});
