// Pipelines through HTTP: the first one, shaping them, and what deals have against a change.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, administrator] = [await test.as('rep'), await test.as('administrator')];
});
afterAll(() => test.close());

type Stage = { id?: string; name: string; kind: string; probability: number };
const shape = (...more: Stage[]) => [
  { name: 'In', kind: 'open', probability: 10 },
  ...more,
  { name: 'Yes', kind: 'won', probability: 100 },
  { name: 'No', kind: 'lost', probability: 0 },
];
const paths = (body: { faults: { path: string }[] }) => body.faults.map(fault => fault.path);

describe('pipelines', () => {
  it('begin with one, made once however many ask first', async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => rep.get('/pipelines')));
    for (const reply of replies) expect(reply.body.items).toHaveLength(1);
    const [first] = replies[0]?.body.items ?? [];
    expect(first).toMatchObject({ isDefault: true, version: 1 });
    expect(first.stages.map((one: Stage) => [one.kind, one.probability])).toEqual([
      ['open', 20],
      ['open', 40],
      ['open', 60],
      ['open', 80],
      ['won', 100],
      ['lost', 0],
    ]);
  });

  it('are told what is wrong with them', async () => {
    const send = (stages: object[]) => administrator.post('/pipelines', { name: 'P', stages });
    expect(paths((await send([...shape().slice(0, 2), { ...shape()[0], name: 'x' }])).body)).toContain(
      'stages',
    );
    expect(paths((await send([...shape()].reverse())).body)).toContain('stages');
    expect(paths((await send(shape({ name: 'In', kind: 'open', probability: 1 }))).body)).toEqual([
      'stages.1.name',
    ]);
    expect((await send(shape({ name: 'x', kind: 'open', probability: 101 }))).status).toBe(422);
    const asked = { name: 'x', kind: 'open', probability: 1, requiredFields: ['password'] };
    expect((await send(shape(asked))).status).toBe(422);
  });

  it('keep stages that hold deals, and the kind of those that deals have come through', async () => {
    const made = await administrator.post('/pipelines', {
      name: 'Second',
      stages: shape({ name: 'Next', kind: 'open', probability: 30 }),
    });
    const pipeline = made.body;
    const [first, next, ...ends] = pipeline.stages;
    const customerId = (await rep.post('/customers', { name: 'Acme' })).body.id;
    const deal = (await rep.post('/deals', { title: 'Lamps', customerId, stageId: first.id })).body;
    const put = (stages: object[], headers = {}) =>
      administrator.put(`/pipelines/${pipeline.id}`, { name: 'Second', stages }, { headers });
    expect(paths((await put([next, ...ends])).body)).toEqual(['stages']);
    await rep.post(`/deals/${deal.id}/move`, { stageId: next.id });
    const reordered = await put([next, { ...first, name: 'Begin', ageingDays: 5 }, ...ends], {
      'if-match': '"v1"',
    });
    expect(reordered.body.version).toBe(2);
    expect(reordered.body.stages.map((one: Stage) => one.name)).toEqual(['Next', 'Begin', 'Yes', 'No']);
    expect((await put([next, ...ends], { 'if-match': '"v1"' })).status).toBe(412);
    expect(paths((await put([next, { ...first, kind: 'won' }, ...ends])).body)).toContain('stages.1.kind');
    expect((await put([next, ...ends])).status).toBe(200);
    const moves = (await rep.get(`/deals/${deal.id}/moves`)).body.items;
    expect(moves[0].from.name).toBe('Begin');
    const back = await rep.post(`/deals/${deal.id}/move`, { stageId: first.id });
    expect(paths(back.body)).toEqual(['stageId']);
    expect((await administrator.delete(`/pipelines/${pipeline.id}`)).status).toBe(422);
    const entries = (await administrator.get('/audit?action=pipeline.change')).body.items;
    expect(entries).toHaveLength(2);
  });

  it('have one default at a time; it cannot be removed', async () => {
    const [old] = (await rep.get('/pipelines')).body.items;
    const made = await administrator.post('/pipelines', {
      name: 'New way',
      isDefault: true,
      stages: shape(),
    });
    expect(made.status).toBe(201);
    const items = (await rep.get('/pipelines')).body.items;
    expect(items[0].id).toBe(made.body.id);
    expect(items.filter((one: { isDefault: boolean }) => one.isDefault)).toHaveLength(1);
    expect((await administrator.delete(`/pipelines/${made.body.id}`)).status).toBe(422);
    const plain = { name: 'New way', stages: made.body.stages };
    expect(paths((await administrator.put(`/pipelines/${made.body.id}`, plain)).body)).toEqual(['isDefault']);
    await administrator.put(`/pipelines/${old.id}`, { name: old.name, isDefault: true, stages: old.stages });
    expect((await administrator.delete(`/pipelines/${made.body.id}`)).status).toBe(204);
    expect((await rep.get('/pipelines')).body.items[0].id).toBe(old.id);
  });

  it('does not take stages of another pipeline', async () => {
    const [old] = (await rep.get('/pipelines')).body.items;
    const made = (await administrator.post('/pipelines', { name: 'Thief', stages: shape() })).body;
    const stages = [old.stages[0], ...made.stages];
    const reply = await administrator.put(`/pipelines/${made.id}`, { name: 'Thief', stages });
    expect(paths(reply.body)).toEqual(['stages.0.id']);
  });
});
