// Products as imports write them, known again by their code or else by their name; and what lines of orders name.
import * as audit from '../audit/audit.ts';
import { customColumns, toldOf } from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import { folded } from '../folding.ts';
import { minorUnits } from '../money.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { moment, type World } from '../world.ts';
import * as prices from './imported-prices.ts';
import * as listStore from './imported-prices-store.ts';
import * as store from './imported-store.ts';
import * as rules from './rules.ts';
import { takeCode } from './store.ts';

export type { Sold } from './imported-store.ts';
export { soldBy } from './imported-store.ts';

/** The price lists, as columns of a file may be the prices of each. */
export const listsOf = listStore.listsOf;

const target: imported.Target = {
  object: 'product',
  table: 'products',
  name: 'name',
  inUse: store.inUse,
  told: rules.columnOf,
  attached: {
    field: 'prices',
    read: listStore.pricesOf,
    async write(world, id, value, over) {
      const wanted = value as prices.Priced[];
      const now = over ? ((await listStore.pricesOf(world, [id])).get(id) ?? []) : [];
      const set = over ? prices.takenBack(now, over as prices.Priced[], wanted) : wanted;
      await listStore.setPrices(world, id, set, moment(world));
    },
    told: (value, other) => prices.told((value ?? []) as prices.Priced[], (other ?? []) as prices.Priced[]),
  },
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

/** Makes the lists that prices name and that are not there yet; answers what gives each price its list. */
async function listing(
  world: World,
  brought: prices.Priced[],
  importId: string,
  by: By,
): Promise<(one: prices.Priced) => prices.Priced> {
  const missing = brought.filter(one => one.list === null);
  if (missing.length === 0) return one => one;
  await listStore.oneAtATime(world);
  const lists = await listStore.listsOf(world);
  const listFor = (one: prices.Priced) =>
    lists.find(list => folded(list.name) === folded(one.name) && list.currency === one.currency);
  for (const { name, currency, ...one } of missing) {
    if (listFor({ ...one, name, currency })) continue;
    const list = { id: world.random.id(), name, currency };
    lists.push(list);
    await listStore.addList(world, list, importId, moment(world));
    await audit.record(world, {
      action: 'price-list.add',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'price-list', id: list.id },
      after: { name, currency },
      details: { name, import: importId },
    });
  }
  return one => {
    const list = one.list === null ? listFor(one) : undefined;
    return list ? { ...one, list: list.id, name: list.name } : one;
  };
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
  const brought = input.rows.map(row => prices.pricesIn(row.values));
  const withList = await listing(world, brought.flat(), input.importId, by);
  const priced = brought.map(some => ({ id: world.random.id(), prices: prices.inOrder(some.map(withList)) }));
  const rows = input.rows.map((row, place) => {
    const { id = world.random.id(), prices: own = [] } = priced[place] ?? {};
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
      ...rules.columnsIn(named(patchOf(row.values, home))),
    };
    const after = {
      ...rules.told(fields),
      ...toldOf(row.own ?? {}),
      ...(own.length > 0 ? { prices: prices.told(own, []) } : {}),
    };
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
  for (const one of priced)
    if (one.prices.length > 0) await listStore.setPrices(world, one.id, one.prices, at);
  return rows.map(row => row.id);
}

/** Who brings no name is called by the code. */
const named = (patch: rules.ProductPatch): rules.ProductPatch => ({
  ...patch,
  name: patch.name ?? patch.code,
});

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
  afterwards: listStore.dropBinned,
  async undone(world, importId, { me, visitor }) {
    for (const list of await listStore.dropEmpty(world, importId, moment(world)))
      await audit.record(world, {
        action: 'price-list.remove',
        by: me,
        visitor,
        object: { type: 'price-list', id: list.id },
        before: { name: list.name, currency: list.currency },
        details: { name: list.name, import: importId },
      });
  },
  async open(world, { duplicates }) {
    const lists = await listStore.listsOf(world);
    const isKept = duplicates === 'skip';
    return {
      faults: values => prices.faultsOf(values, lists),
      settled: values => prices.withPrices(values, lists, home),
      joins: prices.hasPrices,
      keyOf: values => {
        const code = textOf(values.code);
        return code ? codeKey(code) : nameKey(textOf(values.name) ?? '');
      },
      isUnique: key => key.startsWith('code '),
      met,
      add,
      overwrite: async (tx, { changes, importId, dry }, by) => {
        const pricing = changes.filter(({ row }) => prices.hasPrices(row.values)).map(({ id }) => id);
        const there = await listStore.pricesOf(tx, pricing);
        const all = dry ? [] : changes.flatMap(({ row }) => prices.pricesIn(row.values));
        const withList = await listing(tx, all, importId, by);
        const wanted = changes.map(({ id, row }): imported.Overwrite => {
          const before = there.get(id);
          const brought = prices.pricesIn(row.values).map(withList);
          const attached = before ? { attached: prices.together(before, brought, isKept) } : {};
          // Where such products are left as they are, prices that they have not yet come beside.
          if (isKept) return { id, columns: {}, ...attached };
          const { foreignId } = row.values;
          const columns = {
            ...rules.columnsIn(patchOf(row.values, home)),
            ...(textOf(foreignId) ? { foreign_id: foreignId } : {}),
          };
          return { id, own: row.own, columns, ...attached };
        });
        return imported.overwrite(tx, target, { importId, dry, changes: wanted }, by);
      },
    };
  },
};
