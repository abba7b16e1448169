// Why deals are won: the reasons that a workspace offers; those it no longer offers keep their names for deals of before.
import * as audit from '../audit/audit.ts';
import type { By } from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import * as store from './win-reasons-store.ts';

/** `label` is null for those that come with the product: the pages have words for them in each language. */
export type WinReason = { key: string; label: string | null; active: boolean };
export type WinReasons = { items: WinReason[]; version: number };

const usual = ['product', 'price', 'service', 'relationship', 'brand', 'delivery', 'other'];

/** The reasons in their order; version 0 are those that come with the product. */
export async function all(world: World): Promise<WinReasons> {
  const kept = await store.read(world);
  return kept ?? { items: usual.map(key => ({ key, label: null, active: true })), version: 0 };
}

/** Whether a deal may be won for that reason now. */
export async function isOffered(world: World, key: string): Promise<boolean> {
  return (await all(world)).items.some(reason => reason.key === key && reason.active);
}

export type Wish = { key?: string | undefined; label: string | null; active: boolean };
export type SaveOutcome =
  | { kind: 'saved'; reasons: WinReasons }
  | { kind: 'changed-meanwhile'; reasons: WinReasons }
  | { kind: 'wrong'; faults: { path: string; message: string }[] };

/** Sets the reasons in their order; one without a key is new, and what is left out is offered no more. */
export async function save(
  world: World,
  input: { items: Wish[]; version: number | null },
  by: By,
): Promise<SaveOutcome> {
  return atomically(world, async tx => {
    const before = await all(tx);
    const known = new Map(before.items.map(reason => [reason.key, reason]));
    const faults = faultsIn(input.items, known);
    if (faults.length > 0) return { kind: 'wrong', faults };
    const taken = new Set(known.keys());
    const wanted = input.items.map(wish => ({
      key: wish.key ?? newKey(wish.label ?? '', taken),
      label: wish.label,
      active: wish.active,
    }));
    const left = before.items
      .filter(reason => !wanted.some(one => one.key === reason.key))
      .map(reason => ({ ...reason, active: false }));
    const items = [...wanted, ...left];
    const done = await store.keep(tx, items, input.version, { at: moment(tx), by: by.me.id });
    if (!done) return { kind: 'changed-meanwhile', reasons: await all(tx) };
    const offered = (some: WinReason[]) =>
      some
        .filter(one => one.active)
        .map(one => one.label ?? one.key)
        .join('、');
    await audit.record(tx, {
      action: 'deal.win-reasons',
      by: by.me,
      visitor: by.visitor,
      before: { wonReason: offered(before.items) },
      after: { wonReason: offered(items) },
    });
    return { kind: 'saved', reasons: await all(tx) };
  });
}

// The first words for a reason stay its key, so that the journal and files can be read.
function newKey(label: string, taken: Set<string>): string {
  let key = label;
  for (let n = 2; taken.has(key); n += 1) key = `${label.slice(0, 50)} ${n}`;
  taken.add(key);
  return key;
}

function faultsIn(items: Wish[], known: Map<string, WinReason>): { path: string; message: string }[] {
  const seen = new Set<string>();
  return items.flatMap((wish, i) => {
    const one = wish.key === undefined ? undefined : known.get(wish.key);
    if (wish.key !== undefined && !one) return [{ path: `items.${i}.key`, message: 'is no reason there is' }];
    if (wish.label === null && (!one || one.label !== null))
      return [{ path: `items.${i}.label`, message: 'is needed' }];
    const name = (wish.label ?? `key ${wish.key}`).toLowerCase();
    if (seen.has(name) || (wish.key !== undefined && seen.has(`key ${wish.key}`)))
      return [{ path: `items.${i}.label`, message: 'is there twice' }];
    seen.add(name);
    return [];
  });
}
