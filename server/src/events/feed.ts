// The feed: what has happened within somebody's reach, told from the journal.
import * as audit from '../audit/audit.ts';
import * as comments from '../comments/comments.ts';
import type { Me } from '../http.ts';
import { excerptOf } from '../notices/notices.ts';
import { may } from '../permissions.ts';
import * as subjects from '../subjects/subjects.ts';
import type { World } from '../world.ts';
import { commentedIn, stagesIn, subjectOf } from './rules.ts';
import * as store from './store.ts';

/** What is worth telling colleagues; imports and corrections are not. */
const actions = [
  'customer.add',
  'contact.add',
  'lead.add',
  'deal.add',
  'deal.move',
  'order.add',
  'activity.add',
  'comment.add',
];

export type Happening = {
  id: string;
  at: string;
  actor: { id: string | null; name: string | null };
  action: string;
  object: subjects.Ref & { name: string };
  excerpt: string | null;
  from: string | null;
  to: string | null;
};

/** Entries are looked through in pieces, and no more of them for one page. */
const piece = 200;
const pieces = 5;

/** One page, newest first; `next` goes on behind the last entry looked at, shown or not. */
export async function list(
  world: World,
  me: Me,
  input: { person?: string | undefined; limit: number; after?: string | undefined },
): Promise<{ items: Happening[]; next: string | null }> {
  const items: Happening[] = [];
  let before = input.after;
  for (let i = 0; i < pieces; i++) {
    const entries = await audit.happenings(world, { actions, actorId: input.person, before, limit: piece });
    for (const happening of await told(world, me, entries)) {
      items.push(happening);
      if (items.length === input.limit) return { items, next: happening.id };
    }
    if (entries.length < piece) return { items, next: null };
    before = entries.at(-1)?.id;
  }
  return { items, next: before ?? null };
}

type Entries = Awaited<ReturnType<typeof audit.happenings>>;
type Found = { entry: Entries[number]; ref: subjects.Ref; words: string | null };

async function told(world: World, me: Me, entries: Entries): Promise<Happening[]> {
  const idsOf = (type: string) =>
    entries.flatMap(entry => (entry.object_type === type && entry.object_id ? [entry.object_id] : []));
  const acted = may(me, 'read', 'activity') === 'none' ? [] : idsOf('activity');
  const activities = await store.activities(world, acted);
  const said = await comments.bodies(world, idsOf('comment'));
  const found = entries.flatMap((entry): Found[] => {
    const id = entry.object_id ?? '';
    if (entry.object_type === 'activity') {
      const activity = activities.get(id);
      if (!activity || activity.body === null) return [];
      return [{ entry, ref: activity.of, words: activity.body }];
    }
    if (entry.object_type === 'comment') {
      const [ref, words] = [commentedIn(entry), said.get(id)];
      return ref && words !== undefined ? [{ entry, ref, words }] : [];
    }
    const ref = subjectOf(entry);
    return ref ? [{ entry, ref, words: null }] : [];
  });
  const nameOf = await subjects.namesFor(
    world,
    found.map(({ ref }) => ref),
    me,
  );
  return found.flatMap(({ entry, ref, words }) => {
    const name = nameOf(ref.type, ref.id);
    if (name === undefined) return [];
    const stages = stagesIn(entry);
    return [
      {
        id: entry.id,
        at: entry.at,
        actor: { id: entry.actor_id, name: entry.actor_name },
        action: entry.action,
        object: { ...ref, name },
        excerpt: words === null ? null : excerptOf(words),
        from: stages?.from ?? null,
        to: stages?.to ?? null,
      },
    ];
  });
}
