// All SQL of comments and of who follows what.
import { sql } from 'kysely';
import { behind, type Order, ordered, type Place } from '../db/keyset.ts';
import type { World } from '../world.ts';

type Ref = { type: string; id: string };

export type CommentRow = {
  id: string;
  object_type: string;
  object_id: string;
  author_id: string;
  author_name: string;
  body: string;
  mentions: { id: string; name: string }[];
  created_at: string;
  edited_at: string | null;
  version: number;
};

export const newestFirst: Order<CommentRow> = {
  name: 'comments',
  column: sql`c.created_at`,
  type: 'time',
  descending: true,
  valueIn: row => row.created_at,
};

const columns = sql`c.id, c.object_type, c.object_id, c.author_id, coalesce(a.name, '') as author_name, c.body,
  coalesce((select json_agg(json_build_object('id', m.id, 'name', m.name) order by m.name) from people m
    where m.workspace_id = c.workspace_id and m.id = any(c.mentions)), '[]') as mentions,
  c.created_at, c.edited_at, c.version`;
const source = sql`comments c left join people a on a.workspace_id = c.workspace_id and a.id = c.author_id`;

/** Comments on one record, newest first, from a place on. */
export async function list(
  world: World,
  ref: Ref,
  input: { place: Place | null; limit: number },
): Promise<CommentRow[]> {
  const id = sql`c.id`;
  const from = input.place ? sql`and ${behind(newestFirst, id, input.place)}` : sql``;
  const { rows } = await sql<CommentRow>`select ${columns} from ${source}
    where c.workspace_id = ${world.workspaceId} and c.object_type = ${ref.type} and c.object_id = ${ref.id}
      and c.deleted_at is null ${from}
    order by ${ordered(newestFirst, id)} limit ${input.limit}`.execute(world.db);
  return rows;
}

/** One that has not been removed; with `lock` nobody else changes it until the transaction ends. */
export async function byId(
  world: World,
  commentId: string,
  how: { lock?: boolean } = {},
): Promise<CommentRow | undefined> {
  const { rows } = await sql<CommentRow>`select ${columns} from ${source}
    where c.workspace_id = ${world.workspaceId} and c.id = ${commentId} and c.deleted_at is null
    ${how.lock ? sql`for update of c` : sql``}`.execute(world.db);
  return rows[0];
}

/** What these comments say, as far as they have not been removed. */
export async function bodies(world: World, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await world.db
    .selectFrom('comments')
    .select(['id', 'body'])
    .where('workspace_id', '=', world.workspaceId)
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.map(row => [row.id, row.body]));
}

export async function insert(
  world: World,
  row: { id: string; ref: Ref; authorId: string; body: string; mentions: string[]; at: string },
): Promise<void> {
  await world.db
    .insertInto('comments')
    .values({
      workspace_id: world.workspaceId,
      id: row.id,
      object_type: row.ref.type,
      object_id: row.ref.id,
      author_id: row.authorId,
      body: row.body,
      mentions: row.mentions,
      created_at: row.at,
    })
    .execute();
}

export async function update(
  world: World,
  commentId: string,
  set: { body: string; mentions: string[]; at: string },
): Promise<void> {
  await world.db
    .updateTable('comments')
    .set(eb => ({
      body: set.body,
      mentions: set.mentions,
      edited_at: set.at,
      version: eb('version', '+', 1),
    }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', commentId)
    .execute();
}

export async function remove(world: World, commentId: string, at: string): Promise<void> {
  await world.db
    .updateTable('comments')
    .set({ deleted_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', commentId)
    .execute();
}

/** What people have said themselves about following a record. */
export async function follows(world: World, ref: Ref): Promise<{ person_id: string; following: boolean }[]> {
  return world.db
    .selectFrom('follows')
    .select(['person_id', 'following'])
    .where('workspace_id', '=', world.workspaceId)
    .where('object_type', '=', ref.type)
    .where('object_id', '=', ref.id)
    .execute();
}

/** Keeps a person's word; with `unlessSaid` only where there is none yet. */
export async function follow(
  world: World,
  ref: Ref,
  said: { personIds: string[]; following: boolean; at: string; unlessSaid: boolean },
): Promise<void> {
  if (said.personIds.length === 0) return;
  await world.db
    .insertInto('follows')
    .values(
      said.personIds.map(personId => ({
        workspace_id: world.workspaceId,
        object_type: ref.type,
        object_id: ref.id,
        person_id: personId,
        following: said.following,
        at: said.at,
      })),
    )
    .onConflict(conflict => {
      const same = conflict.columns(['workspace_id', 'object_type', 'object_id', 'person_id']);
      return said.unlessSaid
        ? same.doNothing()
        : same.doUpdateSet({ following: said.following, at: said.at });
    })
    .execute();
}
