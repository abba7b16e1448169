// The SQL of an import on contacts: whom its rows meet, and taking back what it made.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

const c = sql`c`;

/** The contacts of these customers, at most 5,000. */
export async function contactsOf(
  world: World,
  customerIds: string[],
): Promise<{ id: string; customerId: string; name: string }[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ id: string; customerId: string; name: string }>`
    select id, customer_id as "customerId", name from contacts
    where workspace_id = ${world.workspaceId} and customer_id = any(${customerIds}::uuid[]) and deleted_at is null
    limit 5000`.execute(world.db);
  return rows;
}

/** Contacts that belong to no customer and have one of these addresses or telephones, at most 5,000. */
export async function looseContacts(
  world: World,
  fence: Fence,
  wanted: { emails: string[]; digits: string[] },
): Promise<
  { id: string; name: string; email: string | null; digits: string | null; withinReach: boolean }[]
> {
  if (wanted.emails.length + wanted.digits.length === 0) return [];
  const which = (column: string, values: string[]) => sql`
    select c.id, c.name, c.email, c.phone_digits as digits, coalesce(${within(fence, c)}, false) as "withinReach"
    from contacts c where c.workspace_id = ${world.workspaceId} and c.customer_id is null
      and ${sql.ref(`c.${column}`)} = any(${values}::text[]) and c.deleted_at is null`;
  const { rows } = await sql<{
    id: string;
    name: string;
    email: string | null;
    digits: string | null;
    withinReach: boolean;
  }>`${which('email', wanted.emails)} union all ${which('phone_digits', wanted.digits)} limit 5000`.execute(
    world.db,
  );
  return rows;
}

export type Untouched = { importId: string; byId: string; until: string; limit: number };

/** As the import left it: nobody has written to it since. */
const untouched = (input: Untouched) =>
  sql`(c.version = 1 or (c.updated_by = ${input.byId} and c.updated_at <= ${input.until}))`;

/**
 * Puts contacts of an import into the bin that nobody has changed since. Where `loose`, only those of customers that
 * the import did not make: the others go with theirs or stay with theirs.
 */
export async function binContacts(
  world: World,
  input: Untouched & { loose: boolean },
  stamp: { at: string; by: string },
): Promise<{ id: string; name: string }[]> {
  const loose = input.loose
    ? sql`and not exists (select from customers m where m.workspace_id = c.workspace_id and m.id = c.customer_id
          and m.import_id = c.import_id)`
    : sql``;
  const { rows } = await sql<{ id: string; name: string }>`
    update contacts set deleted_at = ${stamp.at}, deleted_by = ${stamp.by}, updated_at = ${stamp.at},
      updated_by = ${stamp.by}, version = version + 1
    where workspace_id = ${world.workspaceId} and id in (
      select c.id from contacts c
      where c.workspace_id = ${world.workspaceId} and c.import_id = ${input.importId} and c.deleted_at is null
        and ${untouched(input)} ${loose}
        and not exists (select from tasks k where k.workspace_id = c.workspace_id and k.about_id = c.id
          and k.deleted_at is null and k.import_id is distinct from c.import_id)
      order by c.id limit ${input.limit} for update of c)
    returning id, name`.execute(world.db);
  return rows;
}

/** Records of an import that are not in the bin, by id. */
export async function remaining(
  world: World,
  input: { importId: string; limit: number; after?: string | undefined },
): Promise<{ id: string; name: string }[]> {
  const after = input.after ? sql`and id > ${input.after}` : sql``;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from contacts
    where workspace_id = ${world.workspaceId} and import_id = ${input.importId} and deleted_at is null ${after}
    order by id limit ${input.limit}`.execute(world.db);
  return rows;
}

export async function countRemaining(world: World, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from contacts
    where workspace_id = ${world.workspaceId} and import_id = ${importId} and deleted_at is null`.execute(
    world.db,
  );
  return rows[0]?.count ?? 0;
}
