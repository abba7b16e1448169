// Customer information comes in whoever is locked: durable, once, in every form, and never dropped in silence.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Reply } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
});
afterAll(() => test.close());
afterEach(() => test.turn(61_000)); // every test has the minute's whole budget

const form = 'application/x-www-form-urlencoded';

async function newKey(fields: Record<string, unknown> = {}): Promise<{ id: string; key: string }> {
  const made = await admin.post('/intake-keys', { name: '官网表单', ownerId: test.people.rep, ...fields });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

const send = (
  key: string,
  body: unknown,
  type = 'application/json',
  headers: Record<string, string> = {},
): Promise<Reply> =>
  test.client().send(`POST /intake/${key}`, {
    raw:
      typeof body === 'string' || body instanceof Uint8Array
        ? (body as string | Uint8Array<ArrayBuffer>)
        : JSON.stringify(body),
    headers: { 'content-type': type, ...headers },
  });

/** Sends, lets the job run, and answers with the entry as people see it. */
async function taken(key: string, body: unknown, type?: string) {
  const reply = await send(key, body, type);
  expect(reply.status, reply.text).toBe(202);
  await test.jobs.settle();
  const entry = await admin.get(`/intake/${reply.body.receipt}`);
  expect(entry.status, entry.text).toBe(200);
  return entry.body;
}

const customerOf = async (entry: { customer: { id: string } | null }) =>
  (await admin.get(`/customers/${entry.customer?.id}`)).body;
const notesOf = async (id: string): Promise<string[]> =>
  (await admin.get(`/activities?customer=${id}`)).body.items.map((item: { body: string }) => item.body);

describe('what comes in', () => {
  it('becomes a lead under a key that files so; the same person again adds a note to it', async () => {
    const { key, ...made } = await newKey({ source: '官网', filesAs: 'lead' });
    expect(made).toMatchObject({ filesAs: 'lead' });
    const entry = await taken(key, { 姓名: '郑岚', 公司: '岚图文化', 手机: '13677778888', 留言: '想要样品' });
    expect(entry).toMatchObject({ state: 'accepted', customer: null, lead: { name: '郑岚' } });
    const lead = (await admin.get(`/leads/${entry.lead.id}`)).body;
    expect(lead).toMatchObject({
      company: '岚图文化',
      phone: '13677778888',
      source: '官网',
      status: 'new',
      owner: { id: test.people.rep },
    });
    const again = await taken(key, { 姓名: '郑小姐', 手机: '136 7777 8888', 留言: '还没收到' });
    expect(again).toMatchObject({ state: 'duplicate', lead: { id: lead.id } });
    const notes = (await admin.get(`/activities?lead=${lead.id}`)).body.items;
    expect(notes.map((note: { body: string }) => note.body.includes('想要样品'))).toEqual([false, true]);
  });

  it('becomes a lead by hand as well, where it waits for a person', async () => {
    const { key } = await newKey({ ownerId: null, filesAs: 'lead' });
    const entry = await taken(key, { 姓名: '许巍然', 电话: '0574 5550 1122' });
    expect(entry).toMatchObject({ state: 'received', waiting: 'no-owner', filesAs: 'lead' });
    const asked = {
      filesAs: 'lead',
      customer: { name: '许氏木业', city: '宁波' },
      contact: { name: '许巍然', phone: '0574 5550 1122' },
      message: '月底再联系',
    };
    const done = await admin.post(`/intake/${entry.id}/accept`, asked);
    expect(done.body).toMatchObject({ state: 'accepted', customer: null, lead: { name: '许巍然' } });
    const lead = (await admin.get(`/leads/${done.body.lead.id}`)).body;
    expect(lead).toMatchObject({ company: '许氏木业', city: '宁波', phone: '0574 5550 1122', status: 'new' });
    expect((await admin.post(`/intake/${entry.id}/accept`, asked)).status).toBe(409);
  });

  it('becomes a customer of the key’s owner with a contact and a note', async () => {
    const { key } = await newKey({ source: '官网' });
    const entry = await taken(key, {
      公司名称: '杭州云帆科技有限公司',
      姓名: '周晓',
      职务: '采购经理',
      手机: '138 0571 2233',
      邮箱: 'Zhou@Yunfan.example',
      留言: '想了解 200 台的报价',
      预算: '50 万',
    });
    expect(entry).toMatchObject({ state: 'accepted', waiting: null, handledBy: null });
    const customer = await customerOf(entry);
    expect(customer).toMatchObject({
      name: '杭州云帆科技有限公司',
      phone: '138 0571 2233',
      email: 'zhou@yunfan.example',
      source: '官网',
      owner: { id: test.people.rep },
    });
    const contacts = await admin.get(`/contacts?customer=${customer.id}`);
    expect(contacts.body.items).toMatchObject([{ name: '周晓', title: '采购经理', isPrimary: true }]);
    expect(await notesOf(customer.id)).toEqual(['想了解 200 台的报价\n\n预算: 50 万']);
    const rep = await test.as('rep');
    expect((await rep.get(`/customers/${customer.id}`)).status).toBe(200);
  });

  it('is taken as a form and as multipart, in UTF-8 and in GB18030 that does not say so', async () => {
    const { key } = await newKey();
    const plain = await taken(
      key,
      new URLSearchParams({ 'your-name': 'Anna Bell', phone: '+44 20 7946 0001' }).toString(),
      form,
    );
    expect((await customerOf(plain)).name).toBe('Anna Bell');
    // 联系人=李娜&电话=0571-8899 1234 in GB18030
    const gb = '%C1%AA%CF%B5%C8%CB=%C0%EE%C4%C8&%B5%E7%BB%B0=0571-88991234';
    expect((await customerOf(await taken(key, gb, form))).name).toBe('李娜');
    const parts = new FormData();
    parts.set('姓名', '陈一');
    parts.set('message', 'hello');
    parts.set('file', new File(['x'], 'price.pdf'));
    const encoded = new Response(parts);
    const type = encoded.headers.get('content-type') ?? '';
    const multi = await taken(key, new Uint8Array(await encoded.arrayBuffer()), type);
    expect(multi.fields).toContainEqual({ name: 'file', value: 'price.pdf' });
    expect((await customerOf(multi)).name).toBe('陈一');
  });

  it('is taken as a vCard', async () => {
    const { key } = await newKey();
    const card = [
      'BEGIN:VCARD',
      'VERSION:2.1',
      'N;CHARSET=GB18030;ENCODING=QUOTED-PRINTABLE:=CD=F5;=D0=A1=C3=F7',
      'ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=8C=97=E4=BA=AC=\r\n=E8=BF=9C=E8=88=AA',
      'TEL;WORK;FAX:010-1',
      'TEL;CELL:13911112222',
      'END:VCARD',
    ].join('\r\n');
    const entry = await taken(key, card, 'text/x-vcard');
    expect(entry.found).toMatchObject({ company: '北京远航', person: '王小明', phone: '13911112222' });
    expect((await customerOf(entry)).name).toBe('北京远航');
  });

  it('with a telephone or address that is known adds a note, not a second customer', async () => {
    const { key } = await newKey();
    const first = await customerOf(await taken(key, { name: '苏州安泰', phone: '0512 6666 7777' }));
    const again = await taken(key, { company: '安泰（苏州）', tel: '0512-66667777', message: '再联系我' });
    expect(again).toMatchObject({ state: 'duplicate', customer: { id: first.id } });
    expect((await notesOf(first.id))[0]).toBe(
      '[官网表单]\n再联系我\n\ncompany: 安泰（苏州）\ntel: 0512-66667777',
    );
    const contact = { name: '何工', email: 'he@antai.example', customerId: first.id };
    expect((await admin.post('/contacts', contact)).status).toBe(201);
    const byContact = await taken(key, { email: 'HE@antai.example', message: '报价？' });
    expect(byContact).toMatchObject({ state: 'duplicate', customer: { id: first.id } });
  });

  it('leaves a follow-up that is due as it is', async () => {
    const { key } = await newKey();
    const due = new Date(Date.now() - 86_400_000).toISOString();
    const known = { name: '到期客户', phone: '13700001111', nextFollowUpAt: due };
    const { body } = await admin.post('/customers', known);
    await taken(key, { phone: '13700001111', message: 'hi' });
    expect((await admin.get(`/customers/${body.id}`)).body.nextFollowUpAt).toBe(due);
  });

  it('without an owner or a name waits for a person', async () => {
    const nobodys = await newKey({ ownerId: null });
    expect(await taken(nobodys.key, { name: '谁的客户' })).toMatchObject({
      state: 'received',
      waiting: 'no-owner',
      found: { person: '谁的客户' },
    });
    const { key } = await newKey();
    expect(await taken(key, { message: '请回电' })).toMatchObject({ waiting: 'no-name' });
    expect(await taken(key, '{"name": "cut o')).toMatchObject({
      waiting: 'unreadable',
      text: '{"name": "cut o',
    });
    expect(await taken(key, [{ name: 'A' }, { name: 'B' }])).toMatchObject({ waiting: 'several' });
  });
});

describe('once', () => {
  it('a body sent twice, or at the same time, has one receipt and makes one customer', async () => {
    const { key, id } = await newKey();
    const body = { name: '同一个人', email: 'same@once.example' };
    const replies = await Promise.all(Array.from({ length: 8 }, () => send(key, body)));
    expect(new Set(replies.map(reply => reply.body.receipt)).size).toBe(1);
    await test.jobs.settle();
    const { items } = (await admin.get('/customers?q=same@once.example')).body;
    expect(items).toHaveLength(1);
    const keys = (await admin.get('/intake-keys')).body.items;
    expect(keys.find((one: { id: string }) => one.id === id).received).toBe(1);
    test.turn(86_400_000);
    const nextDay = await send(key, body);
    expect(nextDay.body.receipt).not.toBe(replies[0]?.body.receipt);
    await test.jobs.settle();
    expect((await admin.get('/customers?q=same@once.example')).body.items).toHaveLength(1);
  });

  it('the same multipart form with another boundary is the same body', async () => {
    const { key } = await newKey();
    const body = (mark: string) =>
      `--${mark}\r\ncontent-disposition: form-data; name="name"\r\n\r\nBo\r\n--${mark}--\r\n`;
    const one = await send(key, body('aaa111'), 'multipart/form-data; boundary=aaa111');
    const two = await send(key, body('bbb222'), 'multipart/form-data; boundary=bbb222');
    expect(two.body).toEqual(one.body);
  });

  it('different bodies with one new telephone meet in one customer', async () => {
    const { key } = await newKey();
    const replies = await Promise.all(
      ['a', 'b', 'c'].map(message => send(key, { name: '新电话', phone: '13612340000', message })),
    );
    expect(replies.map(reply => reply.status)).toEqual([202, 202, 202]);
    await test.jobs.settle();
    expect((await admin.get('/customers?q=13612340000')).body.items).toHaveLength(1);
  });
});

describe('a fault in the job', () => {
  let owner: pg.Client;
  const stumble = (when: string) =>
    owner.query(`create sequence if not exists stumbles; alter sequence stumbles restart;
      create or replace function stumble() returns trigger language plpgsql security definer as $$
      begin if ${when} then raise 'stumbled'; end if; return new; end $$;
      create or replace trigger stumble before insert on activities for each row execute function stumble()`);
  beforeAll(async () => {
    owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.query('drop trigger if exists stumble on activities');
    await owner.end();
  });

  it('once: what was begun is undone, done again, and makes one customer', async () => {
    const { key } = await newKey();
    // The note is the last thing written: everything before it has been done when this fails.
    await stumble("nextval('stumbles') = 1");
    const entry = await taken(key, { name: '跌倒客户', phone: '13511112222', message: 'x' });
    expect(entry).toMatchObject({ state: 'accepted', waiting: null });
    expect((await admin.get('/customers?q=13511112222')).body.items).toHaveLength(1);
  });

  it('for good: the entry stays for a person, and a later job still makes one customer', async () => {
    const { key } = await newKey();
    await stumble('true');
    const { body } = await send(key, { name: '久病客户', phone: '13511113333', message: 'x' });
    await expect(test.jobs.settle()).rejects.toThrow('stumbled');
    const entry = async () => (await admin.get(`/intake/${body.receipt}`)).body;
    expect(await entry()).toMatchObject({ state: 'received', waiting: 'fault' });
    expect((await admin.get('/customers?q=13511113333')).body.items).toEqual([]);
    await stumble('false');
    for (const _ of [1, 2]) await test.jobs.send(test.world, 'intake', { id: body.receipt });
    await test.jobs.settle();
    expect(await entry()).toMatchObject({ state: 'accepted', waiting: null });
    expect((await admin.get('/customers?q=13511113333')).body.items).toHaveLength(1);
  });
});

describe('people', () => {
  it('accept an entry once, as edited, within their reach', async () => {
    const { key } = await newKey({ ownerId: null });
    const { id } = await taken(key, { name: '张三', message: '你好' });
    const auditor = await test.as('auditor');
    const manager = await test.as('manager');
    const rep = await test.as('rep');
    const accepting = {
      customer: { name: '张三商行', phone: '13400001111', ownerId: test.people.rep2 },
      contact: { name: '张三' },
      message: '你好',
    };
    expect((await auditor.get('/intake')).body.items.map((item: { id: string }) => item.id)).toContain(id);
    expect((await auditor.post(`/intake/${id}/accept`, accepting)).status).toBe(403);
    expect((await rep.get('/intake')).status).toBe(403);
    expect((await manager.get(`/intake/${id}`)).status).toBe(404);
    const [one, two] = await Promise.all([1, 2].map(() => admin.post(`/intake/${id}/accept`, accepting)));
    expect([one?.status, two?.status].sort()).toEqual([200, 409]);
    const done = (await admin.get(`/intake/${id}`)).body;
    expect(done).toMatchObject({ state: 'accepted', handledBy: { id: test.people.administrator } });
    expect(await customerOf(done)).toMatchObject({ name: '张三商行', source: '官网表单' });
    expect(await notesOf(done.customer.id)).toEqual(['你好']);
  });

  it('a manager handles what comes in for his team, and gives it to nobody outside', async () => {
    const { key } = await newKey();
    const { id } = await taken(key, { message: '没有名字' });
    const manager = await test.as('manager');
    const give = (ownerId: string | undefined) =>
      manager.post(`/intake/${id}/accept`, { customer: { name: '有名字', ownerId } });
    expect((await give(test.people.rep2)).status).toBe(403);
    expect((await admin.get(`/intake/${id}`)).body.state).toBe('received');
    expect((await give(test.people.rep)).status).toBe(200);
    expect((await manager.post('/intake-keys', { name: 'x' })).status).toBe(403);
  });

  it('reject with a reason that stays, and may think again', async () => {
    const { key } = await newKey({ ownerId: null });
    const { id } = await taken(key, { name: 'Spam & Sons' });
    expect((await admin.post(`/intake/${id}/reject`, { reason: '' })).status).toBe(422);
    const rejected = await admin.post(`/intake/${id}/reject`, { reason: '广告' });
    expect(rejected.body).toMatchObject({ state: 'rejected', reason: '广告' });
    expect((await admin.post(`/intake/${id}/reject`, { reason: '广告' })).status).toBe(409);
    const log = (await admin.get('/audit?action=intake.reject')).body.items;
    expect(log[0]).toMatchObject({ object: { id }, details: { reason: '广告' } });
    expect((await admin.post(`/intake/${id}/accept`, { customer: { name: 'Sons' } })).status).toBe(200);
  });

  it('page through the list, newest first, by state and key', async () => {
    const { key, id } = await newKey({ ownerId: null });
    for (const n of [1, 2, 3, 4, 5]) await send(key, { name: `第${n}位` });
    await test.jobs.settle();
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await admin.get(`/intake?limit=2&state=received&key=${id}${after}`);
      seen.push(...body.items.map((item: { found: { person: string } }) => item.found.person));
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toEqual(['第5位', '第4位', '第3位', '第2位', '第1位']);
    expect((await admin.get('/intake?after=nonsense')).status).toBe(422);
    expect((await admin.get(`/intake?state=accepted&key=${id}`)).body.items).toEqual([]);
  });
});
