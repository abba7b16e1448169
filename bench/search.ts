// `search`: how long a search over everything takes at a million customers, p95, against one customer by its id over the
// same HTTP. Asked for are texts out of the data itself: two Chinese characters, pinyin initials, digits of a phone.

import { sql } from 'kysely';
import { soundKeys } from '../server/src/pinyin.ts';
import { delays } from './delays.ts';
import { openGenerator, request } from './load/load.ts';
import type { Options, Result, Side } from './measure.ts';
import { fullProduct } from './million/full.ts';
import { openWorld } from './million/inside.ts';
import { signIn } from './product.ts';

const goal = 15;
const texts = 200;

type Sample = { id: string; name: string; phone: string };

/** What people would type to find these customers. */
function asked(samples: Sample[]): Record<string, string[]> {
  const chinese = samples.filter(({ name }) => /^[\u4e00-\u9fff]{6,}/.test(name));
  const initials = ({ name }: Sample) => {
    const runs = soundKeys(name).filter(key => /^y[a-z]{3}$/.test(key));
    return (runs[0] ?? '').slice(1);
  };
  return {
    characters: chinese.map(({ name }, i) => name.slice(2 + (i % 2), 4 + (i % 2))),
    initials: chinese.map(initials).filter(Boolean),
    digits: samples.map(({ phone }) => phone.replace(/\D/g, '').slice(-5)).filter(text => text.length === 5),
  };
}

export async function run(options: Options): Promise<Result[]> {
  const product = await fullProduct(options);
  const generator = openGenerator();
  const results: Result[] = [];
  for (const who of ['admin', 'rep']) {
    const samples = await some(product.dataDir, `${who}@demo.test`);
    const cookies = await signIn(product.url, `${who}@demo.test`);
    const side = (paths: string[]): Side => ({
      started: product,
      requests: paths.map(path => request(product.url, `GET /api/v1${path}`, { cookies })),
      expect: [200],
    });
    const reference = side(samples.map(({ id }) => `/customers/${id}`));
    for (const [kind, words] of Object.entries(asked(samples))) {
      const ours = side(words.map(word => `/search?q=${encodeURIComponent(word)}`));
      const against = 'GET /customers/{id}';
      results.push(
        await delays(`search-${kind}-${who}`, { ours, reference, generator, goal, options, against }),
      );
    }
  }
  for (const result of results) result.notes.unshift(`at ${product.size}`);
  return results;
}

/** Customers that this person sees, by chance but always the same. */
async function some(dataDir: string, name: string): Promise<Sample[]> {
  const inside = await openWorld(dataDir, name);
  const own = inside.me.role === 'administrator' ? sql`` : sql`and owner_id = ${inside.me.id}`;
  const { rows } = await sql<Sample>`select id, name, phone from customers
    where deleted_at is null and phone is not null ${own} order by md5(id::text) limit ${texts}`.execute(
    inside.world.db,
  );
  await inside.close();
  return rows;
}
