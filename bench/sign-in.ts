// `sign-in`: right sign-ins a second on known devices, sixteen at once, against bare argon2id verifications.
import { openGenerator, request } from './load/load.ts';
import { type Options, pairs, type Result } from './measure.ts';
import { cores, startReference, stop } from './processes.ts';
import { freshProduct, password, signIn } from './product.ts';

const atOnce = 16;

export async function run(options: Options): Promise<Result[]> {
  const product = await freshProduct();
  // As many threads for the bare hash as the product gives its own: one a core.
  const bare = await startReference('argon2.ts', { UV_THREADPOOL_SIZE: String(cores) });
  const name = 'rep@demo.test';
  const body = JSON.stringify({ name, password });
  const requests: string[] = [];
  for (let i = 0; i < atOnce; i++) {
    const cookies = await signIn(product.url, name);
    const device = cookies.split('; ').find(cookie => cookie.startsWith('latchkey-device=')) ?? '';
    requests.push(request(product.url, 'POST /api/v1/session', { cookies: device, body }));
  }
  const result = await pairs('sign-in', {
    generator: openGenerator(),
    ours: { started: product, requests, expect: [200] },
    reference: { started: bare, requests: [request(bare.url, 'GET /')], expect: [200] },
    connections: atOnce,
    unit: 'sign-ins/s',
    goal: 0.9,
    options,
    seconds: 3,
  });
  await Promise.all([stop(product.child), stop(bare.child)]);
  return [result];
}
