// What becomes of each row: a new record, a change to one that is there, nothing, or a fault.

import type { Row } from '../formats/csv-reading.ts';
import type { ImportField, RowFault, RowFaultCode, Values } from '../mapping/mapping.ts';
import type { Owner } from './owners.ts';

export type { RowFault };

export type Prepared = Row & {
  values: Values;
  faults: RowFault[];
  owner: Owner;
  /** The rows that its record consists of, itself the first, where a record may have several. */
  parts?: Values[];
  /** The number of the row above whose record it belongs to. */
  head?: number;
};
/** A record that is there already. `key` is what makes two records the same. */
export type Known = {
  id: string;
  key: string;
  foreignId: string | null;
  withinReach: boolean;
  /** What speaks against writing such a row over it. */
  objection?: (row: { values: Values; parts?: Values[] }) => { field: string; code: RowFaultCode } | null;
};
/** Where a trial looks: within the importer's reach; an import itself looks everywhere. */
export type Scope = 'within-reach' | 'everything';
export type Duplicates = 'skip' | 'create' | 'update';

export type Decision =
  | { outcome: 'create'; row: Prepared }
  | { outcome: 'update'; row: Prepared; id: string }
  /** The same file has it further up: its values go into that row's record before it is written. */
  | { outcome: 'update'; row: Prepared; into: Prepared }
  /** Goes in with a row above it. */
  | { outcome: 'part'; row: Prepared }
  | { outcome: 'skip'; row: Prepared }
  | { outcome: 'fault'; row: Prepared };

/**
 * Decides the rows of a batch in their order. `keyOf` answers null for a row that equals nothing. `seen` holds the keys
 * of rows before this batch that are not among `known`: a trial writes nothing.
 */
export function decide(
  rows: Prepared[],
  known: Known[],
  duplicates: Duplicates,
  keyOf: (row: Prepared) => string | null,
  seen?: Set<string>,
  isUnique: (key: string) => boolean = () => false,
  joins: (row: Prepared) => boolean = () => false,
): Decision[] {
  const byKey = new Map<string, Known>();
  const byForeignId = new Map<string, Known>();
  for (const record of known) {
    byKey.set(record.key, better(byKey.get(record.key), record));
    if (record.foreignId)
      byForeignId.set(record.foreignId, better(byForeignId.get(record.foreignId), record));
  }
  const fresh = new Map<string, Prepared>();
  /** Whose each key is from now on that no two records may have. */
  const claimed = new Map<string, string | Prepared>();
  const isTaken = (key: string | null, by: string | Prepared) => {
    if (!key || !isUnique(key)) return false;
    const holder = claimed.get(key) ?? byKey.get(key)?.id;
    if (holder === undefined) claimed.set(key, by);
    return holder !== undefined && holder !== by;
  };
  const isSkipped = (row: Prepared) => duplicates === 'skip' && !joins(row);
  return rows.map((row): Decision => {
    if (row.faults.length > 0) return { outcome: 'fault', row };
    const key = keyOf(row);
    const foreignKey = row.values.foreignId ? `id ${row.values.foreignId}` : null;
    if (duplicates !== 'create') {
      const there =
        (row.values.foreignId && byForeignId.get(String(row.values.foreignId))) || (key && byKey.get(key));
      if (there) {
        if (isSkipped(row)) return { outcome: 'skip', row };
        if (!there.withinReach) return { outcome: 'fault', row: withFault(row, 'duplicate-reach') };
        const against = there.objection?.(row);
        if (against)
          return { outcome: 'fault', row: withFault(row, against.code, against.field as ImportField) };
        if (isTaken(key, there.id)) return { outcome: 'fault', row: withFault(row, 'code-taken', 'code') };
        return { outcome: 'update', row, id: there.id };
      }
      const before = (foreignKey && fresh.get(foreignKey)) || (key && fresh.get(key));
      if (before) return isSkipped(row) ? { outcome: 'skip', row } : { outcome: 'update', row, into: before };
      if (seen && ((key && seen.has(key)) || (foreignKey && seen.has(foreignKey))))
        return isSkipped(row) ? { outcome: 'skip', row } : { outcome: 'update', row, into: row };
    }
    if (isTaken(key, row)) return { outcome: 'fault', row: withFault(row, 'code-taken', 'code') };
    for (const one of [key, foreignKey]) {
      if (!one) continue;
      fresh.set(one, row);
      seen?.add(one);
    }
    return { outcome: 'create', row };
  });
}

/** The row with one more fault. */
export function withFault(row: Prepared, code: RowFaultCode, at?: ImportField): Prepared {
  const field = at ?? (code.startsWith('customer') ? 'customer' : 'name');
  const value = String(row.values[field] ?? '');
  return { ...row, faults: [...row.faults, { column: null, field, code, value }] };
}

/** The values that a row's record is made of, with those of later rows of the same batch over them. */
export function mergedCreations(decisions: Decision[]): Prepared[] {
  const later = new Map<Prepared, Prepared[]>();
  for (const decision of decisions) {
    if (decision.outcome === 'update' && 'into' in decision)
      later.set(decision.into, [...(later.get(decision.into) ?? []), decision.row]);
  }
  return decisions.flatMap(decision => {
    if (decision.outcome !== 'create') return [];
    let { row } = decision;
    for (const more of later.get(decision.row) ?? [])
      row = {
        ...row,
        values: { ...row.values, ...more.values },
        owner: more.values.owner ? more.owner : row.owner,
        ...(row.parts ? { parts: [...row.parts, ...(more.parts ?? [])] } : {}),
      };
    return [row];
  });
}

/** The changes to records that were there before, each record once, with the values of later rows over earlier ones. */
export function mergedChanges(decisions: Decision[]): { id: string; row: Prepared }[] {
  const changes = new Map<string, Prepared>();
  for (const decision of decisions) {
    if (decision.outcome !== 'update' || !('id' in decision)) continue;
    const there = changes.get(decision.id);
    const { row } = decision;
    changes.set(
      decision.id,
      there
        ? {
            ...there,
            values: { ...there.values, ...row.values },
            owner: row.values.owner ? row.owner : there.owner,
          }
        : row,
    );
  }
  return [...changes].map(([id, row]) => ({ id, row }));
}

function better(one: Known | undefined, other: Known): Known {
  if (!one || (other.withinReach && !one.withinReach)) return other;
  return one;
}
