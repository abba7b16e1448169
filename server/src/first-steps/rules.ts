// Which records of the sample are no longer only that. Pure.
import type { Standing } from './store.ts';

/**
 * Those that were changed since (`all`), and those on which something hangs that is no sample (`used`), each with what
 * it belongs to: a deal that stays keeps its customer.
 */
export function tied(records: readonly Standing[], which: 'all' | 'used' = 'all'): Standing[] {
  const byId = new Map(records.map(one => [one.id, one]));
  const staying = new Set<string>();
  const stay = (one: Standing | undefined) => {
    if (!one || staying.has(one.id)) return;
    staying.add(one.id);
    for (const id of one.belongsTo) stay(byId.get(id));
  };
  for (const one of records) if (one.used || (which === 'all' && one.changed)) stay(one);
  return records.filter(one => staying.has(one.id));
}
