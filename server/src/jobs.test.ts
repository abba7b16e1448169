// Jobs on a real database: they exist if and only if what caused them has committed.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { directJobs, type JobData, type Jobs, openJobs } from './jobs.ts';
import { openTest, type Test } from './testing/harness.ts';
import { atomically, type World, worldOf } from './world.ts';

let at: Test;
let world: World;
let owner: pg.Client;
const running: Jobs[] = [];
const log = { info: () => {}, warn: () => {}, error: vi.fn() } as unknown as Parameters<
  typeof openJobs
>[0]['log'];

beforeEach(async () => {
  at = await openTest({ empty: true });
  world = worldOf(at.installation, crypto.randomUUID());
  owner = new pg.Client({ connectionString: at.ownerUrl });
  await owner.connect();
});

afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
  await owner.end();
  await at.close();
  expect(vi.mocked(log.error)).not.toHaveBeenCalled();
});

async function open(ownerUrl = at.ownerUrl): Promise<Jobs> {
  const jobs = await openJobs({ ownerUrl, appUrl: at.appUrl, log });
  running.push(jobs);
  return jobs;
}

/** A worker that only writes down what it gets. */
function scribe(jobs: Jobs, queue: Parameters<Jobs['work']>[0] = 'messages') {
  const got: JobData[] = [];
  jobs.work(queue, async data => void got.push(data));
  return got;
}

async function waiting(queue: string) {
  const { rows } = await owner.query<{ state: string; retry_count: number; later: boolean }>(
    'select state, retry_count, start_after > now() as later from pgboss.job where name = $1 order by created_on',
    [queue],
  );
  return rows;
}

test('a job runs once its cause has committed, and never when that is rolled back', async () => {
  const jobs = await open();
  const got = scribe(jobs);
  await jobs.start();
  await expect(
    atomically(world, async tx => {
      await jobs.send(tx, 'messages', { id: 'undone' });
      throw new Error('second thoughts');
    }),
  ).rejects.toThrow('second thoughts');
  await atomically(world, async tx => {
    await jobs.send(tx, 'messages', { id: 'done' });
    await sleep(300);
    expect(got).toEqual([]);
  });
  await vi.waitFor(() => expect(got).toEqual([{ id: 'done', workspaceId: world.workspaceId }]), 5_000);
  expect(await waiting('messages')).toHaveLength(1);
});

test('a job sent before start waits, and one sent after it runs sooner than the next poll', async () => {
  const jobs = await open();
  const got = scribe(jobs);
  await jobs.send(world, 'messages', { id: 'early' });
  await jobs.start();
  await vi.waitFor(() => expect(got).toHaveLength(1), 5_000);
  await sleep(500); // the worker has gone to sleep until its next poll, 2 s after the last
  const sent = performance.now();
  await jobs.send(world, 'messages', { id: 'awaited' });
  await vi.waitFor(() => expect(got).toHaveLength(2), { timeout: 5_000, interval: 10 });
  expect(performance.now() - sent).toBeLessThan(1_000);
});

test('many jobs at once do not wait a poll each', async () => {
  const jobs = await open();
  const got = scribe(jobs);
  for (let n = 0; n < 20; n++) await jobs.send(world, 'messages', { n });
  await jobs.start();
  await vi.waitFor(() => expect(got).toHaveLength(20), 4_000);
});

test('a job that throws is tried again later, with growing pauses', async () => {
  const jobs = await open();
  jobs.work('messages', async () => {
    throw new Error('not today');
  });
  await jobs.send(world, 'messages', {});
  await jobs.start();
  await vi.waitFor(async () => {
    expect(await waiting('messages')).toEqual([{ state: 'retry', retry_count: 0, later: true }]);
  }, 5_000);
});

test('the queues are prepared once; afterwards the owner is not asked, and the application may not change them', async () => {
  await open();
  const again = await open('postgres://nobody@127.0.0.1:1/nowhere');
  await again.send(world, 'messages', { id: 1 });
  const app = new pg.Client({ connectionString: at.appUrl });
  await app.connect();
  await expect(app.query('drop table pgboss.job')).rejects.toThrow(/owner/);
  await expect(app.query('create table pgboss.mine ()')).rejects.toThrow(/permission denied/);
  await app.end();
});

test('two processes that open at the same time both get their queues', async () => {
  const both = await Promise.all([open(), open()]);
  for (const jobs of both) await jobs.send(world, 'sweep', {});
  expect(await waiting('sweep')).toHaveLength(1);
});

test('imports of one workspace run one at a time, those of others beside them, over all processes', async () => {
  const here = await open();
  const there = await open();
  const other = worldOf(at.installation, crypto.randomUUID());
  const busy = new Map<string, number>();
  let most = 0;
  let together = 0;
  let done = 0;
  for (const jobs of [here, there])
    jobs.work('imports', async ({ workspaceId }) => {
      busy.set(workspaceId, (busy.get(workspaceId) ?? 0) + 1);
      most = Math.max(most, ...busy.values());
      together = Math.max(together, [...busy.values()].filter(n => n > 0).length);
      await sleep(400);
      busy.set(workspaceId, (busy.get(workspaceId) ?? 0) - 1);
      done++;
    });
  for (const w of [world, world, other, world]) await here.send(w, 'imports', {});
  await Promise.all([here.start(), there.start()]);
  await vi.waitFor(() => expect(done).toBe(4), { timeout: 15_000 });
  expect({ most, together }).toEqual({ most: 1, together: 2 });
});

test('sweeps of one key wait once, those of another beside them', async () => {
  const jobs = await open();
  for (const key of ['seal', 'seal', 'expire', 'seal'])
    await jobs.send(world, 'sweep', { key }, { singletonKey: key });
  expect(await waiting('sweep')).toHaveLength(2);
});

test('stopping lets the running job finish and takes no further ones', async () => {
  const jobs = await open();
  let finished = 0;
  jobs.work('sweep', async () => {
    await sleep(700);
    finished++;
  });
  await jobs.send(world, 'sweep', {}, { singletonKey: 'a' });
  await jobs.send(world, 'sweep', {}, { singletonKey: 'b' });
  await jobs.start();
  await vi.waitFor(async () => expect((await waiting('sweep')).map(j => j.state)).toContain('active'), 5_000);
  await jobs.stop();
  expect(finished).toBe(1);
  expect((await waiting('sweep')).map(job => job.state)).toEqual(['completed', 'created']);
  await expect(jobs.send(world, 'sweep', {})).rejects.toThrow(/stopping/);
});

test('a job for later does not run now', async () => {
  const jobs = await open();
  const got = scribe(jobs, 'sweep');
  await jobs.send(world, 'sweep', {}, { startAfterSeconds: 3_600 });
  await jobs.start();
  await sleep(300);
  expect(got).toEqual([]);
  expect(await waiting('sweep')).toMatchObject([{ state: 'created', later: true }]);
});

test('the jobs of tests keep the same promises', async () => {
  const jobs = directJobs();
  const got = scribe(jobs);
  let tries = 0;
  jobs.work('imports', async () => {
    if (++tries < 3) throw new Error('again');
  });
  await expect(
    atomically(world, async tx => {
      await jobs.send(tx, 'messages', { id: 'undone' });
      throw new Error('second thoughts');
    }),
  ).rejects.toThrow();
  await atomically(world, async tx => {
    await jobs.send(tx, 'messages', { id: 'done' });
    await jobs.settle();
    expect(got).toEqual([]);
  });
  await jobs.send(world, 'messages', { id: 'later' }, { startAfterSeconds: 60 });
  await jobs.send(world, 'imports', {});
  await jobs.settle();
  expect(got.map(data => data.id)).toEqual(['done']);
  expect(tries).toBe(3);
  await jobs.settle(60);
  expect(got.map(data => data.id)).toEqual(['done', 'later']);
  jobs.work('notices', async () => {
    throw new Error('never');
  });
  await jobs.send(world, 'notices', {});
  await expect(jobs.settle()).rejects.toThrow('never');
});
