// From entries of the journal to what is told of them; pure.
import type { NoticeKind } from '../notices/notices.ts';
import { isSubjectType, type Ref } from '../subjects/subjects.ts';

export type Entry = {
  id: string;
  seq: number | null;
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  object_type: string | null;
  object_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  details: Record<string, unknown> | null;
};

type Named = { id: string; name: string };

const named = (value: unknown): Named | null =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value
    ? { id: String(value.id), name: String(value.name) }
    : null;

/** The record that an entry is about, where it is one that people talk about. */
export function subjectOf(entry: Pick<Entry, 'object_type' | 'object_id'>): Ref | null {
  return isSubjectType(entry.object_type) && entry.object_id
    ? { type: entry.object_type, id: entry.object_id }
    : null;
}

/** The record that a comment's entry names. */
export function commentedIn(entry: Pick<Entry, 'details'>): Ref | null {
  const of = entry.details?.record as { type?: string; id?: string } | undefined;
  return of?.id ? subjectOf({ object_type: of.type ?? null, object_id: of.id }) : null;
}

/** Whose record it was before the entry, where that changed. */
export function formerOwner(entry: Pick<Entry, 'before'>): string | null {
  return named(entry.before?.owner)?.id ?? null;
}

/** Stages that a deal left and came to. */
export function stagesIn(entry: Pick<Entry, 'before' | 'after'>): { from: string; to: string } | null {
  const [from, to] = [named(entry.before?.stage), named(entry.after?.stage)];
  return from && to ? { from: from.name, to: to.name } : null;
}

export type Draft = {
  kind: NoticeKind;
  by: Named | null;
  object: Ref | null;
  /** These people, or whoever follows the record but for those. */
  to: string[] | { but: string[] };
  params?: Record<string, string | number>;
};

/** More records than that given to one person by one hand at once are told in one sentence. */
const severally = 3;

/** What people are to be told of these entries. Imports tell of themselves. */
export function noticesIn(entries: readonly Entry[]): Draft[] {
  const drafts: Draft[] = [];
  const given = new Map<string, Draft[]>();
  for (const entry of entries) {
    const object = subjectOf(entry);
    if (!object || entry.details?.import) continue;
    const by = entry.actor_id ? { id: entry.actor_id, name: entry.actor_name ?? '' } : null;
    const owner = named(entry.after?.owner);
    if (owner && owner.id !== by?.id) {
      const key = `${owner.id} ${by?.id}`;
      given.set(key, [...(given.get(key) ?? []), { kind: 'assigned', by, object, to: [owner.id] }]);
    }
    const isGiven = entry.before !== null && entry.after !== null && 'owner' in entry.after;
    if (isGiven) {
      const params: Record<string, string> = owner ? { to: owner.name } : {};
      drafts.push({ kind: 'owner-changed', by, object, to: { but: owner ? [owner.id] : [] }, params });
    }
    const stages = stagesIn(entry);
    if (stages) drafts.push({ kind: 'moved', by, object, to: { but: [] }, params: stages });
  }
  // Who hands many over at once does not tell each follower of each: the new owner hears of it, the history holds it.
  const handed = drafts.filter(draft => draft.kind === 'owner-changed');
  const isMany = (by: Named | null) => handed.filter(one => one.by?.id === by?.id).length > severally;
  const some = drafts.filter(draft => draft.kind !== 'owner-changed' || !isMany(draft.by));
  for (const one of given.values()) {
    const [first] = one;
    if (one.length <= severally) some.push(...one);
    else if (first) some.push({ ...first, object: null, params: { count: one.length } });
  }
  return some;
}
