// What an import asks of contacts: whom its rows meet, and the way back.
import * as audit from '../audit/audit.ts';
import type { Custom } from '../custom-fields/custom-fields.ts';
import type { By } from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import * as imported from '../records/imported.ts';
import { moment, type World } from '../world.ts';
import * as store from './imported-store.ts';
import { type ContactPatch, columnsIn, keysOf } from './rules.ts';
import type { ContactFields } from './store.ts';

/** Contacts of an import that are not in the bin. */
export const remaining = store.remaining;
export const countRemaining = store.countRemaining;

/** The contacts of these customers, and contacts at no customer with one of these addresses, telephones or ids. */
export async function met(
  world: World,
  wanted: { customerIds: string[]; emails: string[]; digits: string[]; foreignIds: string[] },
  by: By,
) {
  const fence = fenceOf(by.me, by.reach);
  const only = (values: string[]) => [...new Set(values)].filter(Boolean);
  return {
    atCustomers: await store.contactsOf(world, only(wanted.customerIds)),
    loose: await store.looseContacts(world, fence, {
      emails: only(wanted.emails),
      digits: only(wanted.digits),
    }),
    byForeignId: await imported.byForeignId(world, 'contacts', fence, only(wanted.foreignIds)),
  };
}

/**
 * Puts into the bin at most `limit` contacts that an import made and nobody has changed since, each with its journal
 * entry; how many those were. Where `loose`, those of customers that it made as well are left with theirs.
 */
export async function unmake(
  world: World,
  input: store.Untouched & { loose: boolean },
  by: { me: By['me']; visitor: By['visitor'] },
): Promise<number> {
  const gone = await store.binContacts(world, input, { at: moment(world), by: by.me.id });
  const entries = gone.map(({ id }) => ({
    action: 'contact.remove',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'contact', id },
    details: { import: input.importId },
  }));
  await audit.recordAll(world, entries);
  return gone.length;
}

const told = {
  name: 'name',
  title: 'title',
  phone: 'phone',
  email: 'email',
  wechat: 'wechat',
  remark: 'remark',
} as const;

const target: imported.Target = {
  object: 'contact',
  table: 'contacts',
  name: 'name',
  keys: 'contact_keys',
  told,
  columns: [
    ...Object.values(told),
    'name_sort',
    'phone_digits',
    'owner_id',
    'foreign_id',
    'custom',
    'custom_sort',
  ],
  keysOf: (world, row) => keysOf(world.workspaceId, row as ContactFields),
};

export type Overwriting = {
  id: string;
  patch: ContactPatch;
  foreignId?: string | undefined;
  /** Sound values of the workspace's own fields; those left out stay. */
  own?: Custom | undefined;
};

/** Writes over many contacts within reach at once; who is to be called first is none of its business. */
export async function overwrite(
  world: World,
  input: { importId: string; changes: Overwriting[]; dry?: boolean },
  by: By,
): Promise<imported.Before[]> {
  const changes = input.changes.map(({ id, patch, foreignId, own }) => ({
    id,
    own,
    columns: { ...columnsIn(patch), ...(foreignId ? { foreign_id: foreignId } : {}) },
  }));
  return imported.overwrite(world, target, { ...input, changes }, by);
}

/** Gives contacts back what they were before an import wrote over them, where nobody has changed them since. */
export async function restore(
  world: World,
  input: { importId: string; befores: imported.Before[] },
  hand: imported.Hand,
): Promise<number> {
  return imported.restore(world, target, input, hand);
}
