// All SQL of files attached to records.
import { sql } from 'kysely';
import type { World } from '../world.ts';

export type FileRow = {
  id: string;
  object_type: string;
  object_id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  place: 'folder' | 'bucket';
  created_at: string;
  created_by: string;
  creator: string | null;
  deleted_at: string | null;
};

const columns = sql`f.id, f.object_type, f.object_id, f.name, f.type, f.size, f.sha256, f.place, f.created_at, f.created_by,
  p.name as creator, f.deleted_at`;
const source = sql`files f left join people p on p.workspace_id = f.workspace_id and p.id = f.created_by`;

/** The files of one record, newest first; those in the bin left out. */
export async function of(world: World, ref: { type: string; id: string }): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select ${columns} from ${source}
    where f.workspace_id = ${world.workspaceId} and f.object_type = ${ref.type} and f.object_id = ${ref.id}
      and f.deleted_at is null order by f.id desc limit 500`.execute(world.db);
  return rows;
}

export async function byId(world: World, id: string): Promise<FileRow | undefined> {
  const { rows } = await sql<FileRow>`select ${columns} from ${source}
    where f.workspace_id = ${world.workspaceId} and f.id = ${id}`.execute(world.db);
  return rows[0];
}

/** The same, held until the transaction ends. */
export async function hold(world: World, id: string): Promise<Pick<FileRow, 'id' | 'place'> | undefined> {
  return world.db
    .selectFrom('files')
    .select(['id', 'place'])
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Says that a file's bytes lie elsewhere now. */
export async function put(world: World, id: string, place: FileRow['place']): Promise<void> {
  await world.db
    .updateTable('files')
    .set({ place })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Files not in the bin by the records that they are attached to, after the one named. */
export async function byRecord(
  world: World,
  after: { type: string; record: string; id: string },
  limit: number,
): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select ${columns} from ${source}
    where f.workspace_id = ${world.workspaceId} and f.deleted_at is null
      and (f.object_type, f.object_id, f.id) > (${after.type}, ${after.record}::uuid, ${after.id}::uuid)
    order by f.object_type, f.object_id, f.id limit ${limit}`.execute(world.db);
  return rows;
}

/** Files that lie in a place, in the order of their ids; those in the bin as well. */
export async function lyingIn(
  world: World,
  place: FileRow['place'],
  after: string,
  limit: number,
): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select ${columns} from ${source}
    where f.workspace_id = ${world.workspaceId} and f.place = ${place} and f.id > ${after}
    order by f.id limit ${limit}`.execute(world.db);
  return rows;
}

export type Used = { files: number; bytes: number; binned: number; binnedBytes: number; elsewhere: number };

/** How many files there are and how large together; `elsewhere` are those that do not lie in that place. */
export async function used(world: World, place: FileRow['place']): Promise<Used> {
  const { rows } = await sql<Used>`select count(*)::float8 as files, coalesce(sum(size), 0)::float8 as bytes,
      (count(*) filter (where deleted_at is not null))::float8 as binned,
      coalesce(sum(size) filter (where deleted_at is not null), 0)::float8 as "binnedBytes",
      (count(*) filter (where place <> ${place}))::float8 as elsewhere
    from files where workspace_id = ${world.workspaceId}`.execute(world.db);
  return rows[0] ?? { files: 0, bytes: 0, binned: 0, binnedBytes: 0, elsewhere: 0 };
}

/** Where the bytes of these files lie; those that have no row are left out. */
export async function places(world: World, ids: string[]): Promise<Map<string, FileRow['place']>> {
  const rows = await world.db
    .selectFrom('files')
    .select(['id', 'place'])
    .where('workspace_id', '=', world.workspaceId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(row => [row.id, row.place]));
}

/** What those files are called and whose they are; those in the bin left out. */
export async function named(
  world: World,
  ids: string[],
): Promise<Pick<FileRow, 'id' | 'name' | 'object_type' | 'object_id'>[]> {
  if (ids.length === 0) return [];
  return world.db
    .selectFrom('files')
    .select(['id', 'name', 'object_type', 'object_id'])
    .where('workspace_id', '=', world.workspaceId)
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .execute();
}

export async function add(world: World, row: Omit<FileRow, 'creator' | 'deleted_at'>): Promise<void> {
  await world.db
    .insertInto('files')
    .values({ ...row, workspace_id: world.workspaceId })
    .execute();
}

/** Puts a file into the bin or takes it out; false where it was there already. */
export async function setDeleted(
  world: World,
  id: string,
  deleted: boolean,
  stamp: { at: string; by: string },
): Promise<boolean> {
  const done = await world.db
    .updateTable('files')
    .set({ deleted_at: deleted ? stamp.at : null, deleted_by: deleted ? stamp.by : null })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('deleted_at', deleted ? 'is' : 'is not', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

/** Files that went into the bin before `before`. */
export async function over(world: World, before: string, limit: number): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select ${columns} from ${source}
    where f.workspace_id = ${world.workspaceId} and f.deleted_at < ${before}
    order by f.deleted_at, f.id limit ${limit}`.execute(world.db);
  return rows;
}

/** Kinds and ids of records that have files, after the one named. */
export async function owners(
  world: World,
  after: { type: string; id: string },
  limit: number,
): Promise<{ type: string; id: string }[]> {
  const { rows } = await sql<{ type: string; id: string }>`
    select distinct object_type as type, object_id as id from files
    where workspace_id = ${world.workspaceId} and (object_type, object_id) > (${after.type}, ${after.id}::uuid)
    order by 1, 2 limit ${limit}`.execute(world.db);
  return rows;
}

/** All files of records that are gone for good. */
export async function ofGone(world: World, type: string, ids: string[]): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select ${columns} from ${source}
    where f.workspace_id = ${world.workspaceId} and f.object_type = ${type} and f.object_id = any(${ids}::uuid[])`.execute(
    world.db,
  );
  return rows;
}

export async function remove(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('files')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export type Settings = { megabytes: number; kinds: string[] | null };

export async function settings(world: World): Promise<Settings | undefined> {
  return world.db
    .selectFrom('file_settings')
    .select(['megabytes', 'kinds'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

export async function keep(
  world: World,
  settings: Settings,
  stamp: { at: string; by: string },
): Promise<void> {
  const values = { ...settings, updated_at: stamp.at, updated_by: stamp.by };
  await world.db
    .insertInto('file_settings')
    .values({ workspace_id: world.workspaceId, ...values })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}
