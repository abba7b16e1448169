// What is picked out of a list; another search begins anew.
import { useRef, useState } from 'react';
import type { Selection } from '../ui/RecordList.tsx';

/** So many can be named one by one; more are meant by filters. */
export const mostNamed = 200;

export type Picked = Selection & { ids: string[]; clear: () => void };

/** `useSelection(search)`: hand it to the list, and with its ids to `<BulkBar>`. */
export function useSelection(search: object): Picked {
  const key = JSON.stringify(search);
  const [state, setState] = useState({ key, picking: false, ids: [] as string[] });
  const last = useRef<string | null>(null);
  const { picking, ids } = state.key === key ? state : { picking: false, ids: [] as string[] };
  const put = (next: string[]) =>
    setState({ key, picking: picking || next.length > 0, ids: next.slice(0, mostNamed) });
  const joined = (more: string[]) => [...ids, ...more.filter(id => !ids.includes(id))];
  return {
    on: picking,
    ids,
    has: id => ids.includes(id),
    toggle: (id, among) => {
      const from = among && last.current ? among.indexOf(last.current) : -1;
      const to = among ? among.indexOf(id) : -1;
      last.current = id;
      if (among && from >= 0 && to >= 0) put(joined(among.slice(Math.min(from, to), Math.max(from, to) + 1)));
      else put(ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]);
    },
    setAll: (some, picked) => put(picked ? joined(some) : ids.filter(id => !some.includes(id))),
    start: () => setState({ key, picking: true, ids }),
    clear: () => setState({ key, picking: false, ids: [] }),
  };
}
