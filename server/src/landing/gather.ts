// Rows that are further lines of the record above them. Pure.
import type { Values } from '../mapping/mapping.ts';
import type { Prepared } from './decide.ts';

/** A record of that many rows is taken to be one; what comes after them stands for itself. */
const mostRows = 1_000;

const text = (value: Values[keyof Values]) => (typeof value === 'string' ? value : '');
const keyOf = ({ values }: Prepared) => text(values.foreignId) || text(values.number);

function isPartOf(head: Prepared, { values, ...row }: Prepared): boolean {
  const key = keyOf({ values, ...row });
  return key ? key === keyOf(head) : !values.customer && !values.customerForeignId;
}

/** Tells of each row in its order whether it belongs to the one above. */
export function grouping(lined: boolean): (row: Prepared) => boolean {
  let head: Prepared | null = null;
  let rows = 0;
  return row => {
    if (lined && head && rows < mostRows && isPartOf(head, row)) {
      rows++;
      return true;
    }
    head = row;
    rows = 1;
    return false;
  };
}

/** The rows of a batch with what belongs together: where one is at fault, all are. */
export function gathered(rows: Prepared[], lined: boolean): Prepared[] {
  if (!lined) return rows;
  const belongs = grouping(true);
  const groups: Prepared[][] = [];
  for (const row of rows) {
    if (belongs(row)) groups.at(-1)?.push(row);
    else groups.push([row]);
  }
  return groups.flatMap(([head, ...more]) => {
    if (!head) return [];
    // What further lines leave out stands above them.
    const parts = more.map(row => ({ ...row, faults: row.faults.filter(fault => fault.code !== 'missing') }));
    const all = [head, ...parts];
    const isFaulty = all.some(row => row.faults.length > 0);
    const told = isFaulty ? all.map(row => (row.faults.length > 0 ? row : atOther(row))) : all;
    const [first, ...rest] = told;
    if (!first) return [];
    return [
      { ...first, parts: told.map(row => row.values) },
      ...rest.map(row => ({ ...row, head: head.number })),
    ];
  });
}

/** The row with the fault that another row of its record has one. */
export function atOther(row: Prepared): Prepared {
  return { ...row, faults: [{ column: null, field: null, code: 'other-row', value: null }] };
}
