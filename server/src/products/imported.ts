// Products as imports write them, known again by their code or else by their name; and what lines of orders name.
import { customColumns, toldOf } from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import { folded } from '../folding.ts';
import { minorUnits } from '../money.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { moment, type World } from '../world.ts';
import * as store from './imported-store.ts';
import * as rules from './rules.ts';
import { takeCode } from './store.ts';

export type { Sold } from './imported-store.ts';
export { soldBy } from './imported-store.ts';

const target: imported.Target = {
  object: 'product',
  table: 'products',
  name: 'name',
  inUse: store.inUse,
  told: rules.columnOf,
  columns: [...Object.values(rules.columnOf), 'name_sort', 'owner_id', 'foreign_id', 'custom', 'custom_sort'],
  async taken(world, rows) {
    const codes = rows.flatMap(({ id, columns }) =>
      columns.code ? [{ id, code: String(columns.code) }] : [],
    );
    const there = await store.idsByCode(
      world,
      codes.map(one => one.code),
    );
    return codes.flatMap(({ id, code }) => {
      const other = there.get(code.toLowerCase());
      return other && other !== id ? [id] : [];
    });
  },
};

const textOf = (value: imported.Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The fields that a row gives a product; `currency` is the one that its price is in. */
function patchOf(values: imported.Values, currency: string): rules.ProductPatch {
  const given: Record<string, unknown> = {};
  for (const field of ['code', 'name', 'unit', 'category', 'description', 'currency'] as const)
    if (textOf(values[field])) given[field] = textOf(values[field]);
  if (textOf(values.taxRate)) given.taxRate = Number(values.taxRate);
  if (textOf(values.price))
    given.price = minorUnits(String(values.price), textOf(values.currency) ?? currency);
  if (typeof values.active === 'boolean') given.active = values.active;
  return given as rules.ProductPatch;
}

const codeKey = (code: string) => `code ${code.toLowerCase()}`;
const nameKey = (name: string) => `name ${folded(name)}`;
const home = 'CNY';

async function add(
  world: World,
  input: { rows: imported.PlacedRow[]; importId: string },
  by: By,
): Promise<string[]> {
  const at = moment(world);
  const entries: Parameters<typeof imported.addRows>[3] = [];
  const codes = input.rows.flatMap(row => textOf(row.values.code) ?? []);
  // In one order, so that no two wait for each other.
  for (const code of [...new Set(codes.map(one => one.toLowerCase()))].sort()) await takeCode(world, code);
  const rows = input.rows.map(row => {
    const id = world.random.id();
    const fields = {
      unit: null,
      category: null,
      description: null,
      tax_rate: 0,
      price: 0,
      currency: home,
      active: true,
      // Who brings none gets one that nobody else has.
      code: `P-${id.slice(-8).toUpperCase()}`,
      ...rules.columnsIn(patchOf(row.values, home)),
    };
    const after = { ...rules.told(fields), ...toldOf(row.own ?? {}) };
    const details = { import: input.importId };
    entries.push(records.entryOf(world, target, 'add', id, by, { after, details }));
    return {
      ...fields,
      ...customColumns(row.own ?? {}),
      id,
      owner_id: row.owner.id,
      team_id: row.owner.teamId,
      foreign_id: textOf(row.values.foreignId) ?? null,
      import_id: input.importId,
      created_at: textOf(row.values.createdAt) ?? at,
      created_by: by.me.id,
      updated_at: at,
      updated_by: by.me.id,
      version: 1,
    };
  });
  await imported.addRows(world, target, rows, entries);
  return rows.map(row => row.id);
}

async function met(world: World, wanted: { foreignIds: string[]; rows: imported.Values[] }, by: By) {
  const fence = fenceOf(by.me, by.reach);
  const texts = (field: string) => wanted.rows.flatMap(row => textOf(row[field]) ?? []);
  const there = await store.productsBy(world, fence, { codes: texts('code'), names: texts('name') });
  const foreign = await imported.byForeignId(world, 'products', fence, wanted.foreignIds);
  return [
    ...there.flatMap(({ code, name, ...one }) => [
      { ...one, key: codeKey(code) },
      { ...one, key: nameKey(name) },
    ]),
    ...foreign.map(one => ({ ...one, key: '' })),
  ];
}

/** Products, for imports. */
export const importedProducts: imported.ImportedObject = {
  target,
  placed: 'never',
  async open() {
    return {
      faults: () => [],
      keyOf: values => {
        const code = textOf(values.code);
        return code ? codeKey(code) : nameKey(textOf(values.name) ?? '');
      },
      isUnique: key => key.startsWith('code '),
      met,
      add,
      overwrite: (tx, { changes, importId, dry }, by) =>
        imported.overwrite(
          tx,
          target,
          {
            importId,
            dry,
            changes: changes.map(({ id, row }) => ({
              id,
              own: row.own,
              columns: {
                ...rules.columnsIn(patchOf(row.values, home)),
                ...(textOf(row.values.foreignId) ? { foreign_id: row.values.foreignId } : {}),
              },
            })),
          },
          by,
        ),
    };
  },
};
