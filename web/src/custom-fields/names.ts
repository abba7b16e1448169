// What records and files are called that fields point to: asked for together, as far as one may read them.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { know } from './known-names.ts';

type Asking = { resolve: (name: string | null) => void; reject: (error: unknown) => void };

const soon = 15;
const most = 100;
let waiting = new Map<string, Asking[]>();

async function flush() {
  const asked = [...waiting];
  waiting = new Map();
  for (let at = 0; at < asked.length; at += most) {
    const some = asked.slice(at, at + most);
    try {
      const refs = some.map(([ref]) => ref).join(',');
      const { items } = await api('GET /custom-fields/names', { query: { refs } });
      for (const { ref, name } of items) know(ref, name);
      const names = new Map(items.map(({ ref, name }) => [ref, name]));
      for (const [ref, those] of some) for (const one of those) one.resolve(names.get(ref) ?? null);
    } catch (error) {
      for (const [, those] of some) for (const one of those) one.reject(error);
    }
  }
}

/** All that a page asks for within a moment goes in one call: a list names a hundred at once. */
function ask(ref: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (waiting.size === 0) setTimeout(() => void flush(), soon);
    waiting.set(ref, [...(waiting.get(ref) ?? []), { resolve, reject }]);
  });
}

/** A name; null where it may not be known or is gone, undefined while it is not here yet. */
export function useName(ref: string | null): string | null | undefined {
  const query = useQuery({
    queryKey: ['names', ref],
    queryFn: () => ask(ref ?? ''),
    enabled: ref !== null,
    staleTime: 60_000,
  });
  return query.data;
}
