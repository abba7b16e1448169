// The columns of fields that a workspace has added, with the names of what their values point to.

import type { Field } from '../custom-fields/custom-fields.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import type { By } from '../records/records.ts';
import type { World } from '../world.ts';
import type { Column } from './columns.ts';
import { majorUnits, type Style } from './values.ts';

type Row = { custom?: customFields.Custom };
type NameOf = (field: Field, value: string) => string | undefined;

const yesNo = { en: ['yes', 'no'], 'zh-CN': ['是', '否'] } as const;

function cellOf(field: Field, row: Row, as: Style, nameOf: NameOf): string | null {
  const value = row.custom?.[field.key];
  if (value === undefined) return null;
  switch (field.kind) {
    case 'money':
      return majorUnits(Number(value), field.currency ?? 'CNY');
    case 'choice':
      return field.choices.find(choice => choice.id === value)?.label ?? String(value);
    case 'flag':
      return yesNo[as.language][value === true ? 0 : 1];
    case 'person':
    case 'file':
    case 'record':
      return nameOf(field, String(value)) ?? null;
    default:
      return String(value);
  }
}

const at = 500;

/**
 * The columns of these fields, and a way for the rows to pass through, on which the names are looked up some hundreds
 * of rows at a time; what the reader may not know has none. Values for machines stay ids.
 */
export function ownColumns(world: World, fields: readonly Field[], by: By) {
  let nameOf: NameOf = () => undefined;
  const columns = fields.map(
    (field): Column => ({
      field: `custom.${field.key}`,
      heading: {
        en: customFields.labelIn(field, 'en'),
        'zh-CN': customFields.labelIn(field, 'zh-CN'),
      },
      type:
        field.kind === 'number' || field.kind === 'money' ? 'number' : field.kind === 'date' ? 'day' : 'text',
      cell: (row, as) => cellOf(field, row as Row, as, nameOf),
      value: row => (row as Row).custom?.[field.key] ?? null,
    }),
  );
  const pointing = fields.filter(field => ['person', 'file', 'record'].includes(field.kind));
  async function* batch(rows: unknown[]) {
    nameOf = await customFields.namesIn(world, pointing, rows as Row[], by.me);
    yield* rows;
  }
  async function* named(rows: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    if (pointing.length === 0) return yield* rows;
    let some: unknown[] = [];
    for await (const row of rows) {
      some.push(row);
      if (some.length < at) continue;
      yield* batch(some);
      some = [];
    }
    yield* batch(some);
  }
  return { columns, named };
}
