// Lists through HTTP: order, pages, filters, search; and what hostile hands send.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  rep = await test.as('rep');
  administrator = await test.as('administrator');
});
afterAll(() => test.close());

type Item = { id: string; name: string; [key: string]: unknown };
const page = async (by: Client, query: string) => {
  const reply = await by.get(`/customers?${query}`);
  if (reply.status !== 200) throw new Error(`${query}: ${reply.status} ${reply.text}`);
  return reply.body as unknown as { items: Item[]; next: string | null };
};
const names = async (query: string) => (await page(rep, query)).items.map(item => item.name);
const add = async (body: object) => (await rep.post('/customers', body)).body as unknown as Item;

async function walk(by: Client, query: string, between?: () => Promise<unknown>): Promise<Item[]> {
  const seen: Item[] = [];
  let after = '';
  for (;;) {
    const { items, next } = await page(by, `${query}${after}`);
    seen.push(...items);
    if (next === null) return seen;
    after = `&after=${encodeURIComponent(next)}`;
    await between?.();
  }
}

describe('pages', () => {
  const sorts = ['updatedAt', 'createdAt', 'name', 'nextFollowUpAt'];

  beforeAll(async () => {
    // Sixty records at once, so that many bear the same millisecond.
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const more = i % 3 === 0 ? { nextFollowUpAt: `2030-01-0${1 + (i % 4)}T00:00:00Z` } : {};
        return administrator.post('/customers', { name: `Page ${i % 7}`, city: 'pages', ...more });
      }),
    );
    const { items } = await page(administrator, 'city=pages&limit=200');
    const ids = items.map(item => item.id);
    for (let i = 0; i < 5; i++)
      await administrator.post('/customers/bulk', {
        ids: ids.slice(i * 12, i * 12 + 12),
        patch: { source: `batch ${i}` },
      });
  });

  it.each(sorts.flatMap(sort => [sort, `-${sort}`]))('by %s show every record once, in order', async sort => {
    const seen = await walk(administrator, `city=pages&limit=7&sort=${sort}`);
    expect(seen).toHaveLength(60);
    expect(new Set(seen.map(item => item.id)).size).toBe(60);
    const field = sort.replace('-', '');
    const values = seen.map(item => (item[field] ?? '9999') as string);
    const sorted = values.toSorted();
    expect(values).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted);
    expect(new Set(values).size).toBeLessThan(60);
    const whole = await page(administrator, `city=pages&limit=200&sort=${sort}`);
    expect(whole.next).toBe(null);
    expect(whole.items.map(item => item.id)).toEqual(seen.map(item => item.id));
  });

  it('stay complete while others add and change records', async () => {
    const before = (await walk(administrator, 'city=pages&limit=200')).map(item => item.id);
    const seen = await walk(administrator, 'city=pages&limit=7&sort=createdAt', () =>
      administrator.post('/customers', { name: 'Newcomer', city: 'pages' }),
    );
    const ids = seen.map(item => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.filter(id => !ids.includes(id))).toEqual([]);
  });

  it('refuse a cursor that is none, of another order, or made up', async () => {
    const { next } = await page(administrator, 'limit=2&sort=name');
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const after of [
      'x',
      '%00',
      `${next}`,
      made('-updatedAt', '2026-01-01T00:00:00.000Z', 'no-id'),
      made('-updatedAt', 'yesterday', crypto.randomUUID()),
      made('-updatedAt', '2026-99-99T00:00:00.000Z', crypto.randomUUID()),
      made('-updatedAt', "'; drop table customers", crypto.randomUUID()),
      made('-updatedAt', '2026-01-01T00:00:00.000Z'),
      made('-updatedAt', ['2026'], crypto.randomUUID()),
    ]) {
      const reply = await administrator.get(`/customers?limit=2&after=${after}`);
      expect([after, reply.status, reply.body.code]).toEqual([after, 422, 'invalid']);
    }
  });

  it('hold at most 200', async () => {
    for (const limit of ['0', '201', '-1', '1.5', 'all', '1e9'])
      expect((await rep.get(`/customers?limit=${limit}`)).status).toBe(422);
    for (const query of [
      'sort=owner',
      'sort=name;drop',
      'colour=red',
      'deleted=yes',
      'owner=me,none',
      'stage=x',
    ])
      expect((await rep.get(`/customers?${query}`)).status).toBe(422);
    expect((await rep.get('/customers?deleted=true&sort=name')).status).toBe(422);
    expect((await rep.get('/customers?sort=deletedAt')).status).toBe(422);
  });
});

describe('order by name', () => {
  it('puts Latin first and Chinese by pinyin', async () => {
    const order = ['Åsa', 'Beta', 'zeta', '安利', '北京', '成都', '上海', '张三', '周五'];
    for (const name of order.toReversed()) await add({ name, city: 'pinyin' });
    expect(await names('city=pinyin&sort=name')).toEqual(['Beta', 'zeta', 'Åsa', ...order.slice(3)]);
  });
});

describe('filters', () => {
  it('narrow by each field and together', async () => {
    const one = {
      name: 'F1',
      city: 'filters',
      stage: 'won',
      source: 'fair',
      level: 'A',
      industry: '制造',
      tags: ['x', 'y'],
    };
    await add(one);
    await add({
      ...one,
      name: 'F2',
      stage: 'lost',
      source: 'web',
      tags: ['y'],
      nextFollowUpAt: '2030-06-01T00:00:00Z',
    });
    const found = (query: string) => names(`city=filters&sort=name&${query}`);
    expect(await found('')).toEqual(['F1', 'F2']);
    expect(await found('stage=won')).toEqual(['F1']);
    expect(await found('stage=won,lost')).toEqual(['F1', 'F2']);
    expect(await found('source=web')).toEqual(['F2']);
    expect(await found('level=A&tag=x')).toEqual(['F1']);
    expect(await found(`industry=${encodeURIComponent('制造')}&tag=y`)).toEqual(['F1', 'F2']);
    expect(await found('tag=z')).toEqual([]);
    expect(await found('followUpTo=2030-06-01T00:00:01Z')).toEqual(['F2']);
    expect(await found('followUpFrom=2030-06-01T00:00:01Z&followUpTo=2031-01-01T00:00:00Z')).toEqual([]);
    expect(await found('updatedFrom=2020-01-01T00:00:00Z')).toEqual(['F1', 'F2']);
    expect(await found('createdTo=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await found('owner=me')).toEqual(['F1', 'F2']);
    expect(await found('owner=none')).toEqual([]);
    expect(await found(`owner=${test.people.rep2}`)).toEqual([]);
    await rep.patch(`/customers/${(await page(rep, 'city=filters&stage=won')).items[0]?.id}`, {
      tags: ['z'],
    });
    expect(await found('tag=z')).toEqual(['F1']);
    expect(await found('tag=x')).toEqual([]);
  });
});

describe('search', () => {
  beforeAll(async () => {
    await add({
      name: '上海华腾电子科技有限公司',
      phone: '021-6888 1234',
      email: 'zhang.wei@huateng.example',
    });
    await add({ name: 'ＡＣＭＥ Trading（远东）', phone: '+86 137 0013 7000' });
    await add({ name: '100% Fair_Trade \\ "quoted" O\'Neil' });
    await add({ name: 'שלום עולם مرحبا' });
    await add({ name: '👩‍👩‍👧 Family 🎉🎉' });
  });
  const find = (q: string) => names(`q=${encodeURIComponent(q)}`);

  it('L40 finds two characters anywhere in a name, whatever the case and width', async () => {
    for (const q of ['华腾', '腾电', '公司', '技有', '海华腾电', '华 腾', ' 科技 '])
      expect([q, await find(q)]).toEqual([q, ['上海华腾电子科技有限公司']]);
    for (const q of ['ac', 'CME', 'acme', 'ａｃ', '远东', 'e tr', 'TRADING('])
      expect([q, await find(q)]).toEqual([q, ['ＡＣＭＥ Trading（远东）']]);
    for (const q of ['腾华', '华电', '华腾科技', 'acmx', 'zz']) expect([q, await find(q)]).toEqual([q, []]);
  });

  it('L40 finds digits of a phone and parts of an address', async () => {
    for (const q of ['1234', '8881234', '02168881234', '6888-1234'])
      expect([q, await find(q)]).toEqual([q, ['上海华腾电子科技有限公司']]);
    for (const q of ['13700137000', '7000', '+86 137 0013 7000'])
      expect(await find(q)).toEqual(['ＡＣＭＥ Trading（远东）']);
    for (const q of [
      'zhang.wei@huateng.example',
      'ZHANG.WEI',
      'huateng.example',
      '@huateng.example',
      'huateng',
    ])
      expect([q, await find(q)]).toEqual([q, ['上海华腾电子科技有限公司']]);
  });

  it('takes one character as the beginning of a name', async () => {
    expect(await find('上')).toEqual(['上海华腾电子科技有限公司', '上海']);
    expect(await find('ש')).toEqual(['שלום עולם مرحبا']);
  });

  it('takes wildcards and quotes for what they are', async () => {
    const odd = '100% Fair_Trade \\ "quoted" O\'Neil';
    for (const q of ['0%', 'r_t', '\\ "', "o'n", '100% fair', '"quoted"'])
      expect([q, await find(q)]).toEqual([q, [odd]]);
    for (const q of ['%%', '__', '_a', '%fair%', "';--", '.*', '{}', '{"a"}', 'a,b', '\\\\'])
      expect([q, await find(q)]).toEqual([q, []]);
  });

  it('finds emoji and other scripts', async () => {
    expect(await find('🎉🎉')).toEqual(['👩‍👩‍👧 Family 🎉🎉']);
    expect(await find('עולם')).toEqual(['שלום עולם مرحبا']);
    expect(await find('مرحبا')).toEqual(['שלום עולם مرحبا']);
  });

  it('forgets an old name and knows the new one', async () => {
    const { id } = await add({ name: '旧名字' });
    await rep.patch(`/customers/${id}`, { name: '新称呼' });
    expect(await find('旧名')).toEqual([]);
    expect(await find('称呼')).toEqual(['新称呼']);
  });
});
