// The product as a benchmark sees it: started with the demo's people, spoken to over HTTP.
import { type Started, startProduct, temporaryFolder } from './processes.ts';

export const password = 'bench-lantern-7431-orchid';

export type Product = Started & { dataDir: string };

/** A fresh installation with the demo's people, all with one password; in a folder that goes with the benchmark, if in none other. */
export async function freshProduct(
  input: { execArgv?: string[]; dataDir?: string | undefined } = {},
): Promise<Product> {
  const { execArgv, dataDir = temporaryFolder() } = input;
  const args = ['--demo', '--demo-password', password];
  const started = await startProduct({ dataDir, args, ...(execArgv ? { execArgv } : {}) });
  return { ...started, dataDir };
}

/** Signs in as a new browser and returns its cookies. */
export async function signIn(url: string, name: string, cookies = ''): Promise<string> {
  const reply = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookies ? { cookie: cookies } : {}) },
    body: JSON.stringify({ name, password }),
  });
  if (reply.status !== 200)
    throw new Error(`${name} could not sign in: ${reply.status} ${await reply.text()}`);
  await reply.body?.cancel();
  return reply.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}
