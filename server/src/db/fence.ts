// How far somebody's hand reaches among records that have an owner and a team, as a condition of SQL.
import { type RawBuilder, sql } from 'kysely';
import type { Reach } from '../permissions.ts';

/** Records beside a reach that are open all the same: these, and what belongs to these customers. */
export type Shared = { readonly ids: readonly string[]; readonly customers: readonly string[] };

export type Fence =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'owner'; id: string; shared?: Shared }
  | { kind: 'team'; id: string; shared?: Shared };

/** The fence of a person for a permission's reach. Who is in no team has only what is his own. */
export function fenceOf(person: { id: string; teamId: string | null }, reach: Reach): Fence {
  if (reach === 'all' || reach === 'none') return { kind: reach };
  return reach === 'team' && person.teamId
    ? { kind: 'team', id: person.teamId }
    : { kind: 'owner', id: person.id };
}

/** Whose a record is. */
export type Standing = { owner_id: string | null; team_id: string | null };

/** The same question about a record that has been read already; leaves out what is shared, too. */
export function sees(fence: Fence, record: Standing): boolean {
  switch (fence.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'owner':
      return record.owner_id === fence.id;
    case 'team':
      return record.team_id === fence.id;
  }
}

const open = sql<boolean>`true`;
const shut = sql<boolean>`false`;

/** The condition on the table that goes by `alias`; a record's team is that of its owner. Leaves out what is shared. */
export function within(fence: Fence, alias: RawBuilder<unknown>): RawBuilder<boolean> {
  switch (fence.kind) {
    case 'all':
      return open;
    case 'none':
      return shut;
    case 'owner':
      return sql`${alias}.owner_id = ${fence.id}`;
    case 'team':
      return sql`${alias}.team_id = ${fence.id}`;
  }
}
