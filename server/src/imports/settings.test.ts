// What an import is told: mapping, duplicates, owners, times; and whose import it is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { counts, runner, upload } from './uploading.fixture.ts';

let test: Test;
let administrator: Client;
let manager: Client;
let rep: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  manager = await test.as('manager');
  rep = await test.as('rep');
  run = runner(test);
});
afterAll(() => test.close());

async function named(client: Client, q: string) {
  const reply = await client.get(`/customers?q=${encodeURIComponent(q)}`);
  return reply.body.items as unknown as Record<string, unknown>[];
}

describe('mapping and preview', () => {
  it('a preview shows values, faults in the reader’s language, and what would become of each row', async () => {
    const file = 'Firma,Mail,Wann\nAlpha Works,info@alpha.example,2024-05-06\n,nobody,soon\nAlpha Works,,\n';
    const draft = await upload(administrator, file);
    expect(draft.body).toMatchObject({
      mapping: { Firma: null, Mail: null, Wann: null },
      dryRun: { rows: 3, fault: 3 },
    });
    const set = await administrator.patch(
      `/imports/${draft.body.id}`,
      { mapping: { Firma: 'name', Mail: 'email', Wann: 'createdAt' } },
      { headers: { 'accept-language': 'zh-CN' } },
    );
    expect(set.body).toMatchObject({
      dryRun: { rows: 3, complete: true, create: 1, update: 0, skip: 1, fault: 1 },
      preview: [
        {
          row: 2,
          outcome: 'create',
          values: { name: 'Alpha Works', email: 'info@alpha.example', createdAt: '2024-05-06T00:00:00.000Z' },
          faults: [],
        },
        {
          row: 3,
          outcome: 'fault',
          faults: [
            { column: 'Mail', field: 'email', code: 'email', value: 'nobody', message: '邮箱格式不正确' },
            { column: 'Wann', field: 'createdAt', code: 'date', value: 'soon', message: '无法识别的日期' },
            { column: 'Firma', field: 'name', code: 'missing', value: null, message: '缺少名称' },
          ],
        },
        { row: 4, outcome: 'skip' },
      ],
    });
    expect((await named(administrator, 'Alpha Works')).length).toBe(0);
    const again = await administrator.get(`/imports/${draft.body.id}/preview`);
    expect(again.body.dryRun).toEqual(set.body.dryRun);
  });

  it('what cannot be set is refused, and nothing starts without a name', async () => {
    const draft = await upload(administrator, 'Firma,Mail\nBeta,x@y.example\n');
    const path = `/imports/${draft.body.id}`;
    const refused = [
      [{ mapping: { Nowhere: 'name' } }, 'mapping.Nowhere'],
      [{ mapping: { Firma: 'title' } }, 'mapping.Firma'],
      [{ mapping: { Firma: 'name', Mail: 'name' } }, 'mapping.Mail'],
      [{ mapping: { Firma: 'lockedUntil' } }, 'mapping.Firma'],
      [{ options: { timeZone: 'Mars/Olympus' } }, 'options.timeZone'],
      [{ options: { owner: test.world.random.id() } }, 'options.owner'],
      [{ options: { importId: 'x' } }, 'options'],
    ] as const;
    for (const [body, fault] of refused) {
      const reply = await administrator.patch(path, body);
      expect(reply.status, reply.text).toBe(422);
      expect(reply.body.faults[0]?.path).toBe(fault);
    }
    const early = await administrator.post(`${path}/start`);
    expect(early.status).toBe(422);
    await administrator.patch(path, { options: { duplicates: 'update' } });
    const set = await administrator.patch(path, { mapping: { Firma: 'name' } });
    expect(set.body.options).toMatchObject({ duplicates: 'update', keepTimes: true });
    expect((await administrator.delete(path)).status).toBe(204);
    expect((await administrator.get(path)).status).toBe(404);
  });
});

describe('duplicates', () => {
  it('are skipped, added again, or filled with what is not empty', async () => {
    const first = 'Name,Phone,City,Remark\nGamma Trading Co. Ltd,010-111,Beijing,old\n';
    expect(counts(await run(administrator, first))).toMatchObject({ created: 1 });
    const second =
      'Name,Phone,City,Remark\nGAMMA trading,010-222,,new\nGamma Trading Limited,,Tianjin,\nDelta,1234567,,\n';
    expect(counts(await run(administrator, second))).toMatchObject({ created: 1, skipped: 2 });
    expect(await named(administrator, 'Gamma')).toMatchObject([{ phone: '010-111' }]);
    const update = await run(administrator, second, { options: { duplicates: 'update' } });
    expect(counts(update)).toMatchObject({ created: 0, updated: 3, failed: 0 });
    const [gamma] = await named(administrator, 'Gamma');
    expect(gamma).toMatchObject({ phone: '010-222', city: 'Tianjin', remark: 'new' });
    const history = await administrator.get(`/customers/${gamma?.id}/history`);
    expect(history.text).toContain('Tianjin');
    const again = await run(administrator, second, { options: { duplicates: 'create' } });
    expect(counts(again)).toMatchObject({ created: 3 });
    expect((await named(administrator, 'Gamma')).length).toBe(3);
  });

  it('a record of another system is known again by its id there, whatever its name', async () => {
    await run(administrator, 'Account ID,Account Name,City\n0015x,Old Name Ltd,Leeds\n');
    const renamed = 'Account ID,Account Name,City\n0015x,New Name Ltd,York\n';
    const reply = await run(administrator, renamed, { options: { duplicates: 'update' } });
    expect(counts(reply)).toMatchObject({ created: 0, updated: 1 });
    expect(await named(administrator, 'New Name')).toMatchObject([{ city: 'York' }]);
    expect(await named(administrator, 'Old Name')).toEqual([]);
  });

  it('L43 of somebody else’s are not told by a trial, and never changed', async () => {
    await run(administrator, `Name,Owner,Phone\nEpsilon Holdings,rep2@example.com,555000\n`);
    const file = 'Name,Phone\nEpsilon Holdings,555999\n';
    const draft = await upload(rep, file);
    expect(draft.body.dryRun).toMatchObject({ create: 1, skip: 0 });
    expect(counts(await run(rep, file))).toMatchObject({ created: 0, skipped: 1 });
    const update = await run(rep, file, { options: { duplicates: 'update' } });
    expect(counts(update)).toMatchObject({ updated: 0, failed: 1 });
    const faults = await rep.get(`/imports/${update.body.id}/faults`);
    expect(faults.body.items[0]?.faults[0]?.code).toBe('duplicate-reach');
    expect(await named(administrator, 'Epsilon')).toMatchObject([{ phone: '555000' }]);
  });
});

describe('owners and times', () => {
  let count = 0;
  const file = (owner: string) => `Name,Owner\nZeta ${++count},${owner}\n`;

  it('a rep gives to himself, a manager within the team, an administrator to anybody', async () => {
    const fault = async (client: Client, owner: string) => {
      const reply = await run(client, file(owner));
      const faults = await client.get(`/imports/${reply.body.id}/faults`);
      return `${faults.body.items[0]?.faults[0]?.code ?? `created ${reply.body.created}`}`;
    };
    expect(await fault(rep, 'rep2 person')).toBe('owner-reach');
    expect(await fault(rep, 'manager@example.com')).toBe('owner-reach');
    expect(await fault(rep, 'rep@example.com')).toBe('created 1');
    expect(await fault(manager, 'REP Person')).toBe('created 1');
    expect(await fault(manager, 'rep2 person')).toBe('owner-reach');
    expect(await fault(administrator, 'rep2 person')).toBe('created 1');
    expect(await fault(administrator, 'Nobody Here')).toBe('owner-unknown');
    expect(await fault(administrator, 'auditor person')).toBe('owner-unknown');
  });

  it('rows that name nobody, or nobody known, go to the default owner where that is wished', async () => {
    const rows = 'Name,Owner\nQuince One,\nQuince Two,Nobody Here\nQuince Three,rep2 person\n';
    const reply = await run(manager, rows, {
      options: { owner: test.people.rep, unknownOwner: 'default' },
    });
    expect(counts(reply)).toMatchObject({ created: 3, failed: 0 });
    const made = await named(administrator, 'Quince');
    expect(made.length).toBe(3);
    for (const customer of made) expect(customer.owner).toMatchObject({ id: test.people.rep });
    const beyond = await upload(manager, rows);
    const set = await manager.patch(`/imports/${beyond.body.id}`, { options: { owner: test.people.rep2 } });
    expect(set.status).toBe(422);
  });

  it('L44 the created time of the file is kept, unless that is not wished; a time in the future is a fault', async () => {
    const rows = 'Name,Created at\nTheta Old,2019-08-07 06:05:04\nTheta Future,2199-01-01\n';
    const kept = await run(administrator, rows);
    expect(counts(kept)).toMatchObject({ created: 1, failed: 1 });
    expect(await named(administrator, 'Theta Old')).toMatchObject([
      { createdAt: '2019-08-07T06:05:04.000Z' },
    ]);
    const now = await run(administrator, 'Name,Created at\nIota,2019-08-07\n', {
      options: { keepTimes: false },
    });
    expect(counts(now)).toMatchObject({ created: 1 });
    const [iota] = await named(administrator, 'Iota');
    expect(Date.parse(String(iota?.createdAt))).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('contacts', () => {
  it('find their customer by name, make it where that is wished, and never join somebody else’s', async () => {
    await run(administrator, 'Name,Owner\nKappa Ltd,rep@example.com\nLambda Ltd,rep2@example.com\n');
    const rows =
      'Name,Company,Email,Primary\nAnn,Kappa,ann@kappa.example,yes\nBob,Kappa Ltd.,bob@kappa.example,yes\nCid,Lambda,cid@x.example,\nDan,Newcomer,dan@x.example,yes\nEve,,eve@x.example,\n';
    const strict = await run(rep, rows, { object: 'contact', options: { createCustomers: false } });
    expect(counts(strict)).toMatchObject({ created: 3, failed: 2 });
    const faults = await rep.get(`/imports/${strict.body.id}/faults`);
    const codes = (faults.body.items as unknown as { faults: { code: string }[] }[]).map(
      item => item.faults[0]?.code,
    );
    expect(codes).toEqual(['customer-reach', 'customer-unknown']);
    const open = await run(rep, rows, { object: 'contact' });
    expect(counts(open)).toMatchObject({ created: 1, skipped: 3, failed: 1 });
    const [newcomer] = await named(rep, 'Newcomer');
    expect(newcomer?.owner).toMatchObject({ id: test.people.rep });
    const [kappa] = await named(rep, 'Kappa');
    const list = await rep.get(`/contacts?customer=${kappa?.id}`);
    const primaries = (list.body.items as unknown as { name: string; isPrimary: boolean }[]).filter(
      one => one.isPrimary,
    );
    expect(primaries.map(one => one.name)).toEqual(['Bob']);
  });
});

describe('whose it is', () => {
  it('nobody but an administrator sees another person’s import, in any way', async () => {
    const draft = await upload(rep, 'Name\nMu\n');
    const path = `/imports/${draft.body.id}`;
    for (const client of [manager, await test.as('rep2')]) {
      for (const line of [
        `GET ${path}`,
        `GET ${path}/preview`,
        `GET ${path}/faults`,
        `GET ${path}/faults.csv`,
        `GET ${path}/kept`,
        `DELETE ${path}`,
        `POST ${path}/start`,
        `POST ${path}/cancel`,
        `POST ${path}/undo`,
      ])
        expect((await client.send(line)).status, line).toBe(404);
      expect((await client.patch(path, {})).status).toBe(404);
      expect((await client.get('/imports')).text).not.toContain(`${draft.body.id}`);
    }
    expect((await administrator.get(path)).body.createdBy).toEqual({
      id: test.people.rep,
      name: 'rep person',
    });
    expect((await administrator.get('/imports?limit=1')).body).toMatchObject({
      items: [{ id: draft.body.id }],
      next: draft.body.id,
    });
  });

  it('an auditor imports nothing, a stranger neither', async () => {
    const auditor = await test.as('auditor');
    expect((await upload(auditor, 'Name\nNu\n')).status).toBe(403);
    expect((await upload(test.client(), 'Name\nNu\n')).status).toBe(401);
  });

  it('whoever was given the permission beyond his role imports by it, for as long as it stands', async () => {
    const path = `/people/${test.people.auditor}/grants`;
    const auditor = await test.as('auditor');
    const wish = { action: 'import', object: 'customer', reason: 'moves the old lists in' };
    const { id } = (await auditor.post('/requests', wish)).body;
    const granted = { decision: 'grant', until: null, reach: 'all' };
    expect((await administrator.post(`/requests/${id}/decision`, granted)).status).toBe(204);
    const later = await upload(auditor, 'Name\nNo more\n');
    const done = await run(auditor, 'Name\nGranted\n');
    expect(counts(done)).toMatchObject({ state: 'done', created: 1 });
    const [given] = (await administrator.get(`/people/${test.people.auditor}/access`)).body.grants;
    expect((await administrator.delete(`${path}/${given.id}`)).status).toBeLessThan(300);
    await administrator.post(`/imports/${later.body.id}/start`);
    await test.jobs.settle();
    const reply = await administrator.get(`/imports/${later.body.id}`);
    expect(reply.body).toMatchObject({ state: 'failed', created: 0 });
    // What one could do then is not undone, started or looked at by it now.
    expect((await auditor.get('/imports')).body.items).toEqual([]);
    for (const way of ['undo', 'start', 'cancel'])
      expect((await auditor.post(`/imports/${done.body.id}/${way}`)).status, way).toBe(404);
    for (const way of ['', '/preview', '/faults', '/faults.csv', '/kept'])
      expect((await auditor.get(`/imports/${done.body.id}${way}`)).status, way).toBe(404);
    expect(await named(administrator, 'Granted')).toHaveLength(1);
  });

  it('makes and writes over no more than the role may otherwise', async () => {
    const policy = (rules: object) =>
      administrator.put('/roles/rep', { rules, fields: {}, reason: 'Files bring in new customers only' });
    await run(rep, 'Name,Remark\nRho Ltd,as it was\n');
    const rules = { customer: { update: 'none' }, contact: { import: 'none' }, deal: { import: 'none' } };
    expect((await policy(rules)).status).toBe(200);
    const file = 'Name,Remark,Contact,Deal\nRho Ltd,written over,Ann,Pumps\nSigma Ltd,new,Bea,Valves\n';
    const beside = { Contact: 'contactName', Deal: 'dealName' };
    const draft = await upload(rep, file);
    const refused = await rep.patch(`/imports/${draft.body.id}`, { mapping: beside });
    expect(refused.body.faults?.map((one: { path: string }) => one.path)).toEqual([
      'mapping.Contact',
      'mapping.Deal',
    ]);
    const done = await run(rep, file, { options: { duplicates: 'update' } });
    expect(counts(done)).toMatchObject({ created: 1, updated: 0, failed: 1 });
    expect(await named(rep, 'Rho')).toMatchObject([{ remark: 'as it was' }]);
    for (const path of ['/contacts?q=Bea', '/deals?q=Valves'])
      expect((await rep.get(path)).body.items, path).toEqual([]);
    await administrator.delete('/roles/rep');
  });

  it('whoever was suspended meanwhile imports nothing more', async () => {
    const rep2 = await test.as('rep2');
    const draft = await upload(rep2, 'Name\nXi\n');
    const suspended = await administrator.post(`/people/${test.people.rep2}/suspension`, {
      reason: 'left us',
    });
    expect(suspended.status).toBe(204);
    await administrator.post(`/imports/${draft.body.id}/start`);
    await test.jobs.settle();
    const reply = await administrator.get(`/imports/${draft.body.id}`);
    expect(reply.body).toMatchObject({ state: 'failed', created: 0, problem: { code: 'not-allowed' } });
    expect(await named(administrator, 'Xi')).toEqual([]);
  });
});
