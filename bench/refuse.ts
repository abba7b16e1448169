// `refuse`: how many sign-ins a second are refused because the name is locked, against a bare hello.
import { openGenerator, request } from './load/load.ts';
import { type Options, pairs, type Result } from './measure.ts';
import { startReference, stop } from './processes.ts';
import { freshProduct } from './product.ts';

const body = JSON.stringify({ name: 'manager@demo.test', password: 'not-the-right-one-2207' });

export async function run(options: Options): Promise<Result[]> {
  const [product, hello] = [await freshProduct(), await startReference('hello.ts')];
  await lock(product.url);
  const line = 'POST /api/v1/session';
  const result = await pairs('refuse', {
    generator: openGenerator(),
    ours: { started: product, requests: [request(product.url, line, { body })], expect: [423] },
    reference: { started: hello, requests: [request(hello.url, line, { body })], expect: [200] },
    connections: 32,
    unit: 'requests/s',
    goal: 0.5,
    options,
  });
  await Promise.all([stop(product.child), stop(hello.child)]);
  return [result];
}

/** Guesses until the strangers' lane is spent; another each time, as a repeated one costs no try. */
async function lock(url: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const reply = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'manager@demo.test', password: `not the right one ${i}` }),
    });
    await reply.body?.cancel();
    if (reply.status === 423) return;
  }
  throw new Error('the name does not lock');
}
