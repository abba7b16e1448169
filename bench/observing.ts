// Looks at a running product from outside: memory, and what its figures for Prometheus say of the hash.
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes, type Started } from './processes.ts';

export type Observed = {
  /** Resident memory of the Node process at the end, and every so often. */
  rssMegabytes: number;
  samples: { second: number; megabytes: number; waiting: number }[];
  mostWaiting: number;
  /** Passwords that reached the hash meanwhile. */
  hashed: number;
};

/** Looks every so many milliseconds until it is ended. */
export function observe(product: Started, everyMs: number): { end: () => Promise<Observed> } {
  const from = performance.now();
  const samples: Observed['samples'] = [];
  const first = figures(product.url);
  const look = async () => {
    const second = Math.round((performance.now() - from) / 1_000);
    const megabytes = Math.round((residentBytes(product.pid) ?? Number.NaN) / 2 ** 20);
    const { waiting } = await figures(product.url);
    samples.push({ second, megabytes, waiting });
  };
  let over = false;
  const looking = (async () => {
    while (!over) {
      await sleep(Math.min(everyMs, 500));
      const last = samples.at(-1)?.second ?? Number.NEGATIVE_INFINITY;
      if (!over && (performance.now() - from) / 1_000 - last >= everyMs / 1_000) await look().catch(() => {});
    }
  })();
  return {
    end: async () => {
      over = true;
      await looking;
      await look();
      const [before, after] = await Promise.all([first, figures(product.url)]);
      return {
        rssMegabytes: samples.at(-1)?.megabytes ?? Number.NaN,
        samples,
        mostWaiting: Math.max(...samples.map(sample => sample.waiting)),
        hashed: after.hashed - before.hashed,
      };
    },
  };
}

async function figures(url: string): Promise<{ waiting: number; hashed: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const of = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    waiting: of('latchkey_password_waiting'),
    hashed: of('latchkey_password_verifications_total'),
  };
}
