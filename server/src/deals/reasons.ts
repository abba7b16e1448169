// Why deals are won and lost: the reasons that a workspace offers; those it no longer offers keep their names for deals of before.
import * as audit from '../audit/audit.ts';
import { labelIn } from '../custom-fields/custom-fields.ts';
import { folded } from '../folding.ts';
import type { Language } from '../problems.ts';
import type { By } from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import { type Outcome, shipped } from './reason-words.ts';
import * as store from './reasons-store.ts';

/** `label` is null for those that come with the product: the pages have words for them in each language. */
export type Reason = { key: string; label: string | null; labelOther: string | null; active: boolean };
export type Reasons = { items: Reason[]; version: number };

const usual = (outcome: Outcome): Reason[] =>
  Object.keys(shipped[outcome]).map(key => ({ key, label: null, labelOther: null, active: true }));

/** The reasons in their order; version 0 are those that come with the product. */
export async function all(world: World, outcome: Outcome): Promise<Reasons> {
  const kept = await store.read(world, outcome);
  if (!kept) return { items: usual(outcome), version: 0 };
  const items = kept.items.map(one => ({ ...one, labelOther: one.labelOther ?? null }));
  return { items, version: kept.version };
}

/** Whether a deal may be won or lost for that reason now. */
export async function isOffered(world: World, outcome: Outcome, key: string): Promise<boolean> {
  return (await all(world, outcome)).items.some(reason => reason.key === key && reason.active);
}

/** What a reason is called in a file; one that is not known any more is told by its key. */
export function wordsFor(outcome: Outcome, reasons: Reason[], key: string, language: Language): string {
  const { label, labelOther } = reasons.find(one => one.key === key) ?? { label: null, labelOther: null };
  return label === null
    ? (shipped[outcome][key]?.[language] ?? key)
    : labelIn({ label, labelOther }, language);
}

/** The reason that is called so in either language, or has been; undefined for none. */
export function called(outcome: Outcome, reasons: Reason[], text: string): string | undefined {
  const wanted = folded(text);
  const names = ({ key, label, labelOther }: Reason) =>
    label === null ? [key, ...Object.values(shipped[outcome][key] ?? {})] : [label, labelOther ?? label, key];
  return reasons.find(one => names(one).some(name => folded(name) === wanted))?.key;
}

export type Wish = {
  key?: string | undefined;
  label: string | null;
  labelOther?: string | null | undefined;
  active: boolean;
};
export type SaveOutcome =
  | { kind: 'saved'; reasons: Reasons }
  | { kind: 'changed-meanwhile'; reasons: Reasons }
  | { kind: 'wrong'; faults: { path: string; message: string }[] };

/** Sets the reasons in their order; one without a key is new, and what is left out is offered no more. */
export async function save(
  world: World,
  input: { outcome: Outcome; items: Wish[]; version: number | null },
  by: By,
): Promise<SaveOutcome> {
  const { outcome } = input;
  return atomically(world, async tx => {
    const before = await all(tx, outcome);
    const known = new Map(before.items.map(reason => [reason.key, reason]));
    const faults = faultsIn(outcome, input.items, known);
    if (faults.length > 0) return { kind: 'wrong', faults };
    const taken = new Set(known.keys());
    const wanted = input.items.map(wish => ({
      key: wish.key ?? newKey(wish.label ?? '', taken),
      label: wish.label,
      labelOther: wish.label === null ? null : wish.labelOther || null,
      active: wish.active,
    }));
    const left = before.items
      .filter(reason => !wanted.some(one => one.key === reason.key))
      .map(reason => ({ ...reason, active: false }));
    const items = [...wanted, ...left];
    const done = await store.keep(tx, outcome, items, input.version, { at: moment(tx), by: by.me.id });
    if (!done) return { kind: 'changed-meanwhile', reasons: await all(tx, outcome) };
    const offered = (some: Reason[]) =>
      some
        .filter(one => one.active)
        .map(one => one.label ?? one.key)
        .join('、');
    const field = outcome === 'won' ? 'wonReason' : 'lostReason';
    await audit.record(tx, {
      action: outcome === 'won' ? 'deal.win-reasons' : 'deal.lost-reasons',
      by: by.me,
      visitor: by.visitor,
      before: { [field]: offered(before.items) },
      after: { [field]: offered(items) },
    });
    return { kind: 'saved', reasons: await all(tx, outcome) };
  });
}

// The first words for a reason stay its key, so that the journal and files can be read.
function newKey(label: string, taken: Set<string>): string {
  let key = label;
  for (let n = 2; taken.has(key); n += 1) key = `${label.slice(0, 50)} ${n}`;
  taken.add(key);
  return key;
}

function faultsIn(
  outcome: Outcome,
  items: Wish[],
  known: Map<string, Reason>,
): { path: string; message: string }[] {
  const seen = new Set<string>();
  const faults = items.flatMap((wish, i) => {
    const one = wish.key === undefined ? undefined : known.get(wish.key);
    if (wish.key !== undefined && !one) return [{ path: `items.${i}.key`, message: 'is no reason there is' }];
    if (wish.label === null && !(wish.key !== undefined && wish.key in shipped[outcome]))
      return [{ path: `items.${i}.label`, message: 'is needed' }];
    const name = (wish.label ?? `key ${wish.key}`).toLowerCase();
    if (seen.has(name) || (wish.key !== undefined && seen.has(`key ${wish.key}`)))
      return [{ path: `items.${i}.label`, message: 'is there twice' }];
    seen.add(name);
    return [];
  });
  // A deal cannot be lost without a reason.
  return outcome === 'lost' && !items.some(wish => wish.active)
    ? [...faults, { path: 'items', message: 'has none that is offered' }]
    : faults;
}
