// `session`: how many times a second a signed-in page asks who it is, against a bare hello.
import { openGenerator, request } from './load/load.ts';
import { type Options, pairs, type Result } from './measure.ts';
import { startReference, stop } from './processes.ts';
import { freshProduct, signIn } from './product.ts';

export async function run(options: Options): Promise<Result[]> {
  const [product, hello] = [await freshProduct(), await startReference('hello.ts')];
  const cookies = await signIn(product.url, 'rep@demo.test');
  const line = 'GET /api/v1/session';
  const result = await pairs('session', {
    generator: openGenerator(),
    ours: { started: product, requests: [request(product.url, line, { cookies })], expect: [200] },
    reference: { started: hello, requests: [request(hello.url, line, { cookies })], expect: [200] },
    connections: 32,
    unit: 'requests/s',
    goal: 0.5,
    options,
  });
  await Promise.all([stop(product.child), stop(hello.child)]);
  return [result];
}
