// Two contacts made one: at which customer, and with him whose; who is called first there stays one.
import * as customers from '../customers/customers.ts';
import { updateRecord } from '../db/records.ts';
import { type Link, type Mergeable, ownerLink } from '../records/merging.ts';
import * as records from '../records/records.ts';
import { moment } from '../world.ts';
import { contacts } from './contacts.ts';
import { altersKeys, columnOf, keysOf } from './rules.ts';
import { type ContactRow, otherPrimary, shape } from './store.ts';

const customerLink: Link = {
  field: 'customerId',
  told: 'customer',
  id: 'customer_id',
  name: 'customer_name',
};

// Whose a contact is follows from the customer (L13); one without is somebody's own.
function linksOf(survivor: ContactRow, other: ContactRow): readonly Link[] {
  if (survivor.customer_id !== other.customer_id) return [customerLink];
  return survivor.customer_id ? [] : [ownerLink];
}

function further(survivor: ContactRow, other: ContactRow, columns: Record<string, unknown>) {
  const moved = 'customer_id' in columns;
  const at = moved ? columns.customer_id : survivor.customer_id;
  const owner = moved && at !== null ? { owner_id: other.owner_id, team_id: other.team_id } : {};
  const first = [survivor, other].some(one => one.is_primary && one.customer_id === at);
  return { ...owner, ...(first === survivor.is_primary ? {} : { is_primary: first }) };
}

/** Contacts, as what can be merged. */
export const merging: Mergeable<ContactRow, 'in-bin'> = {
  kind: contacts,
  blend: {
    fields: columnOf,
    along: { name: ['name_sort'], phone: ['phone_digits'], customer_id: ['owner_id', 'team_id'] },
    settled: ['isPrimary'],
    links: linksOf,
    further,
  },
  keysOf,
  altersKeys,
  // Customers before contacts, in the order of whoever moves a customer.
  before: async (tx, ids, by) => {
    const rows = await Promise.all(
      ids.map(id => records.find(tx, contacts, id, { ...by, action: null }, { deleted: 'either' })),
    );
    const places = rows.flatMap(row => (row?.customer_id ? [row.customer_id] : []));
    for (const id of [...new Set(places)].sort()) await customers.lock(tx, id, by);
  },
  against: (survivor, other) => (survivor.customer_deleted || other.customer_deleted ? 'in-bin' : null),
  goingBack: async (tx, columns, by) => {
    if (!('customer_id' in columns) || !columns.customer_id) return;
    const customer = await customers.byId(tx, String(columns.customer_id), { ...by, reach: 'all' });
    if (customer) Object.assign(columns, { owner_id: customer.owner_id, team_id: customer.team_id });
    else for (const column of ['customer_id', 'owner_id', 'team_id']) delete columns[column];
  },
  // Somebody else is called first by now: that stays.
  afterwards: async (tx, row, by) => {
    if (!row.is_primary || !row.customer_id) return;
    if ((await otherPrimary(tx, row.customer_id, row.id)).length === 0) return;
    const states = { before: { isPrimary: true }, after: { isPrimary: false }, details: { name: row.name } };
    const entry = records.entryOf(tx, contacts, 'change', row.id, by, states);
    const change = { id: row.id, columns: { is_primary: false }, keys: null, entry };
    await updateRecord(tx, shape, change, { at: moment(tx), by: by.me.id });
  },
};
