// Records that cells of the workspace's own fields name: found by an id from elsewhere, or by a name that is one record's alone.
import type { Field } from '../custom-fields/custom-fields.ts';
import { fenceOf, sees } from '../db/fence.ts';
import type { RowFaultCode } from '../mapping/mapping.ts';
import * as imported from '../records/imported.ts';
import * as subjects from '../subjects/subjects.ts';
import type { World } from '../world.ts';
import { text } from './conversions.ts';
import type { Prepared } from './decide.ts';
import type { Importing } from './importing.ts';

type Target = subjects.LinkType;
type Column = { name: string; at: `custom.${string}`; field: Field & { target: Target } };

/** The id of the one record that a text means, or what is wrong with it. */
type Meant = { id: string } | { code: RowFaultCode };

function columnsOf({ plan }: Importing): Column[] {
  return plan.columns.flatMap(({ name, field: at }) => {
    const field = plan.own.fields.find(one => `custom.${one.key}` === at);
    if (field?.kind !== 'record' || !field.target) return [];
    return [{ name, at: `custom.${field.key}` as const, field: { ...field, target: field.target } }];
  });
}

/**
 * Looks up the records that these rows link to, among those the importer may read, for whatever reads the cells
 * afterwards; rows that name none, or one of several, get a fault that says so.
 */
export async function linksFound(world: World, importing: Importing, rows: Prepared[]): Promise<Prepared[]> {
  const columns = columnsOf(importing);
  const { found } = importing;
  found.clear();
  if (columns.length === 0) return rows;
  const meant = new Map<Target, Map<string, Meant>>();
  for (const target of new Set(columns.map(column => column.field.target))) {
    const at = columns.filter(column => column.field.target === target).map(column => column.at);
    const texts = rows.flatMap(row => at.map(name => text(row.values[name]))).filter(Boolean);
    meant.set(target, await meantBy(world, importing, target, [...new Set(texts)]));
  }
  for (const [target, texts] of meant)
    for (const [wanted, one] of texts) if ('id' in one) found.set(`${target} ${wanted}`, one.id);
  return rows.map(row => {
    const faults = columns.flatMap(({ name, at, field }) => {
      const value = text(row.values[at]);
      const one = value === '' ? undefined : meant.get(field.target)?.get(value);
      return one && 'code' in one ? [{ column: name, field: at, code: one.code, value }] : [];
    });
    return faults.length > 0 ? { ...row, faults: [...row.faults, ...faults] } : row;
  });
}

async function meantBy(
  world: World,
  importing: Importing,
  target: Target,
  texts: string[],
): Promise<Map<string, Meant>> {
  const { me, reach } = importing.reading(target);
  const fence = fenceOf(me, reach);
  const table = subjects.tableOf(target);
  const byId = new Map(
    (await imported.byForeignId(world, table, fence, texts))
      .filter(one => one.withinReach)
      .map(one => [one.foreignId, one.id]),
  );
  const left = texts.filter(one => !byId.has(one));
  // A name that he does not see tells him nothing by being found (L43).
  const seen = importing.hidden(target).includes(subjects.titleOf(target)) ? [] : left;
  const named = await subjects.called(world, target, seen, place => sees(fence, place));
  return new Map(
    texts.map((wanted): [string, Meant] => {
      const id = byId.get(wanted);
      const [first, ...others] = id ? [id] : (named.get(wanted) ?? []);
      if (!first) return [wanted, { code: 'link-unknown' }];
      return [wanted, others.length > 0 ? { code: 'link-ambiguous' } : { id: first }];
    }),
  );
}
