// Price lists: other prices than the product's own, for some time, some customers, some quantities.
import * as audit from '../audit/audit.ts';
import type { By } from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import * as store from './price-store.ts';
import { faultsOf, type PriceListInput } from './rules.ts';

export type PriceList = store.PriceListRow & { items: store.ItemRow[] };
type Fault = { path: string; message: string };

/** All price lists without their prices, the newest first; or those that price one product. */
export async function all(world: World, productId?: string): Promise<store.PriceListRow[]> {
  return store.lists(world, { productId });
}

/** One with its prices. */
export async function byId(world: World, id: string, lock = false): Promise<PriceList | undefined> {
  const [row] = await store.lists(world, { id, lock });
  return row && { ...row, items: await store.items(world, id) };
}

export type SaveOutcome =
  | { kind: 'saved'; list: PriceList }
  | { kind: 'changed-meanwhile'; current: PriceList }
  | { kind: 'wrong'; faults: Fault[] }
  | { kind: 'not-found' };

const most = 200;

/** Adds a price list, or sets the one named; where a version is named, only that one. */
export async function save(
  world: World,
  input: { id: string | null; list: PriceListInput; version: number | null },
  by: By,
): Promise<SaveOutcome> {
  const faults = faultsOf(input.list);
  if (faults.length > 0) return { kind: 'wrong', faults };
  return atomically(world, async tx => {
    const current = input.id === null ? null : ((await byId(tx, input.id, true)) ?? undefined);
    if (current === undefined) return { kind: 'not-found' };
    if (current && input.version !== null && input.version !== current.version)
      return { kind: 'changed-meanwhile', current };
    const against = await objections(tx, input.list, current === null);
    if (against.length > 0) return { kind: 'wrong', faults: against };
    const id = current?.id ?? tx.random.id();
    await store.write(tx, id, input.list, moment(tx));
    const list = await byId(tx, id);
    if (!list) throw new Error('the price list just written is gone');
    await audit.record(tx, {
      action: current ? 'price-list.change' : 'price-list.add',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'price-list', id },
      before: current && shown(current),
      after: shown(list),
      details: { name: list.name },
    });
    return { kind: 'saved', list };
  });
}

async function objections(world: World, input: PriceListInput, isNew: boolean): Promise<Fault[]> {
  if (isNew && (await store.lists(world)).length >= most)
    return [{ path: 'name', message: `there are ${most} already` }];
  const unknown = new Set(
    await store.unknownProducts(world, [...new Set(input.items.map(i => i.productId))]),
  );
  return input.items.flatMap((item, i) =>
    unknown.has(item.productId) ? [{ path: `items.${i}.productId`, message: 'is no product' }] : [],
  );
}

const shown = (list: PriceList) => ({
  name: list.name,
  currency: list.currency,
  validFrom: list.valid_from,
  validTo: list.valid_to,
  customerLevel: list.customer_level,
  active: list.active,
  prices: list.items.map(item => `${item.code} ≥ ${item.from_quantity}: ${item.unit_price}`),
});

/** Removes a price list. */
export async function remove(
  world: World,
  input: { id: string; version: number | null },
  by: By,
): Promise<{ kind: 'removed' } | { kind: 'not-found' } | { kind: 'changed-meanwhile'; current: PriceList }> {
  return atomically(world, async tx => {
    const current = await byId(tx, input.id, true);
    if (!current) return { kind: 'not-found' };
    if (input.version !== null && input.version !== current.version)
      return { kind: 'changed-meanwhile', current };
    await store.remove(tx, current.id, moment(tx));
    await audit.record(tx, {
      action: 'price-list.remove',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'price-list', id: current.id },
      before: shown(current),
      details: { name: current.name },
    });
    return { kind: 'removed' };
  });
}
