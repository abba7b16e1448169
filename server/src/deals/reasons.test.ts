// Why deals are won and lost, through HTTP: two lists that administrators make, and what they mean to deals, files and figures.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runner } from '../imports/uploading.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { lostIn, wonIn } from './imported-rules.ts';

let test: Test;
let rep: Client;
let administrator: Client;
let stages: { id: string; name: string }[];
let customerId: string;

beforeAll(async () => {
  test = await openTest();
  [rep, administrator] = [await test.as('rep'), await test.as('administrator')];
  stages = (await rep.get('/pipelines')).body.items[0].stages;
  customerId = (await rep.post('/customers', { name: 'Acme' })).body.id;
});
afterAll(() => test.close());

const add = async (by: Client, more: object = {}) =>
  (await by.post('/deals', { title: 'Lamps', customerId, ...more })).body;
const stage = (name: string) => stages.find(one => one.name === name)?.id ?? '';
const faults = (body: { faults?: { path: string }[] }) => body.faults?.map(fault => fault.path);

describe('a move', () => {
  it('may say why it was won, out of a list that administrators make', async () => {
    const deal = await add(rep);
    const win = (by: Client, wonReason?: string, name = 'Won') =>
      by.post(`/deals/${deal.id}/move`, { stageId: stage(name), ...(wonReason ? { wonReason } : {}) });
    expect(faults((await win(rep, 'service', 'Negotiation')).body)).toEqual(['wonReason']);
    expect(faults((await win(rep, 'luck')).body)).toEqual(['wonReason']);
    expect((await win(rep, 'service')).body).toMatchObject({ stage: { kind: 'won' }, wonReason: 'service' });
    const { items, version } = (await rep.get('/win-reasons')).body;
    const set = (by: Client, wanted: object[], ifMatch = `"v${version}"`) =>
      by.put('/win-reasons', { items: wanted }, { headers: { 'if-match': ifMatch } });
    const wanted = [
      { label: '老客户推荐' },
      ...items.filter((one: { key: string }) => one.key !== 'service'),
    ];
    expect((await set(rep, wanted)).status).toBe(403);
    const saved = await set(administrator, wanted);
    const own = { key: '老客户推荐', label: '老客户推荐', labelOther: null, active: true };
    expect(saved.body.items[0], saved.text).toEqual(own);
    expect(saved.body.items.at(-1)).toMatchObject({ key: 'service', label: null, active: false });
    expect((await set(administrator, wanted)).status).toBe(412);
    expect((await set(administrator, [{ label: 'A' }, { label: 'a' }], '"v1"')).status).toBe(422);
    // What is offered no more stays with the deals that have it.
    expect((await rep.get(`/deals/${deal.id}`)).body.wonReason).toBe('service');
    expect((await win(rep, 'service')).status).toBe(200);
    expect((await win(rep, '老客户推荐')).body.wonReason).toBe('老客户推荐');
    expect((await rep.get(`/deals?wonReason=${encodeURIComponent('老客户推荐')}`)).body.items).toHaveLength(
      1,
    );
    expect((await win(rep, undefined, 'First contact')).body.wonReason).toBeNull();
    expect((await win(rep, 'service')).status).toBe(422);
    await rep.delete(`/deals/${deal.id}`);
  });

  it('says why it was lost, out of another such list with names in two languages; files are read and written by them', async () => {
    const deal = await add(rep, { title: 'Turbine' });
    const lose = (lostReason: string) =>
      rep.post(`/deals/${deal.id}/move`, { stageId: stage('Lost'), lostReason });
    expect((await lose('no-need')).body.lostReason).toBe('no-need');
    const { items } = (await rep.get('/lost-reasons')).body;
    expect((await administrator.put('/lost-reasons', { items: [] })).body.faults[0].path).toBe('items');
    const wanted = [
      { label: '政策变化', labelOther: 'Policy changed' },
      ...items.filter((one: { key: string }) => one.key !== 'no-need'),
    ];
    expect((await administrator.put('/lost-reasons', { items: wanted })).status).toBe(200);
    expect((await rep.get(`/deals/${deal.id}`)).body.lostReason).toBe('no-need');
    expect(faults((await lose('fate')).body)).toEqual(['lostReason']);
    expect((await lose('政策变化')).body.lostReason).toBe('政策变化');
    const found = await rep.get(`/deals?lostReason=${encodeURIComponent('政策变化')}`);
    expect(found.body.items).toMatchObject([{ id: deal.id }]);
    const { reasons } = (await rep.get('/analysis/outcomes')).body;
    expect(reasons).toContainEqual(expect.objectContaining({ reason: '政策变化', count: 1 }));
    const asked = await administrator.post('/exports', { object: 'deal', format: 'csv', language: 'en' });
    expect((await administrator.get(`/exports/${asked.body.id}/file`)).text).toMatch(
      /Turbine,.*Policy changed/,
    );
    const bring = (columns: string, row: string) =>
      runner(test)(rep, `Deal Name,Company,Stage${columns}\nTurbine,Acme,Lost${row}\n`, {
        object: 'deal',
        options: { duplicates: 'update' },
      });
    const now = async () => {
      const { lostReason, lostRemark } = (await rep.get(`/deals/${deal.id}`)).body;
      return [lostReason, lostRemark];
    };
    await bring(',Amount', ',500');
    expect(await now()).toEqual(['政策变化', null]);
    await bring(',Lost Reason', ',Wind turned');
    expect(await now()).toEqual(['other', 'Wind turned']);
    await bring(',Lost Reason', ',policy changed');
    expect(await now()).toEqual(['政策变化', null]);
    const { items: lost } = (await rep.get('/lost-reasons')).body;
    expect(lostIn('policy  CHANGED', lost)).toEqual({ code: '政策变化', remark: null });
    expect(lostIn('Closed Lost: budget cut', lost).code).toBe('other');
    expect(wonIn('老客户推荐', (await rep.get('/win-reasons')).body.items)).toBe('老客户推荐');
    await rep.delete(`/deals/${deal.id}`);
  });
});
