// What a change means for one record, what it leaves behind, and what of it may be taken back. Pure.
import type { Name, Patch, View } from './objects.ts';

/** A change as it is kept: what is set, and tags that come and go. */
export type Change = { set: Patch; addTags: string[]; removeTags: string[] };

/** Fields that go along when another is changed. */
const companions: Partial<Record<Name, Record<string, string[]>>> = {
  lead: { status: ['unqualifiedReason', 'unqualifiedRemark'] },
  deal: { stageId: ['lostReason', 'lostRemark', 'wonReason', 'probability'] },
  task: { dueOn: ['dueAt'] },
};

/** What a record is to be sent. */
export function patchFor(change: Change, view: View): Patch {
  const { addTags, removeTags, set } = change;
  if (addTags.length + removeTags.length === 0) return set;
  const before = (set.tags ?? view.tags ?? []) as string[];
  const tags = [...new Set([...before, ...addTags])].filter(tag => !removeTags.includes(tag));
  return { ...set, tags };
}

/** The value of a field as a patch would set it. */
function setting(view: View, field: string): unknown {
  return field === 'ownerId' ? (view.owner?.id ?? null) : (view[field] ?? null);
}

/** What such a patch touches in a record, as a patch that would bring it back. */
export function touched(object: Name, patch: Patch, view: View): Patch {
  const fields = new Set(
    Object.keys(patch).flatMap(field => [field, ...(companions[object]?.[field] ?? [])]),
  );
  const state: Patch = {};
  for (const field of fields)
    if (field === 'custom') {
      const held = (view.custom ?? {}) as Patch;
      const keys = Object.keys(patch.custom ?? {});
      state.custom = Object.fromEntries(keys.map(key => [key, held[key] ?? null]));
    } else state[field] = setting(view, field);
  return state;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** What of a change can be taken back: the fields that still stand as it left them. Null for none. */
export function wayBack(
  object: Name,
  before: Patch,
  after: Patch,
  now: View,
): { patch: Patch; whole: boolean } | null {
  const patch: Patch = {};
  let whole = true;
  const take = (from: Patch, left: Patch, is: Patch, into: Patch) => {
    for (const [field, value] of Object.entries(from)) {
      if (field === 'custom' || same(value, left[field])) continue;
      if (same(is[field], left[field])) into[field] = value;
      else whole = false;
    }
  };
  const fields = Object.fromEntries(Object.keys(before).map(field => [field, setting(now, field)]));
  take(before, after, fields, patch);
  const custom: Patch = {};
  take((before.custom ?? {}) as Patch, (after.custom ?? {}) as Patch, (now.custom ?? {}) as Patch, custom);
  if (Object.keys(custom).length > 0) patch.custom = custom;
  // What only goes along does not come back by itself.
  for (const [field, along] of Object.entries(companions[object] ?? {}))
    if (field in before && !(field in patch) && !same(before[field], after[field]))
      for (const one of along) delete patch[one];
  return Object.keys(patch).length > 0 ? { patch, whole } : null;
}
