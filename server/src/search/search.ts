// One search over everything within reach, and the keys it goes by.
import type { z } from 'zod';
import * as activities from '../activities/activities.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import { askedTogether } from '../db/asked-together.ts';
import type { KeyTable } from '../db/key-search.ts';
import type { RecordRow } from '../db/records.ts';
import * as deals from '../deals/deals.ts';
import { markOf } from '../folding.ts';
import type { Me, Visitor } from '../http.ts';
import * as leads from '../leads/leads.ts';
import * as orders from '../orders/orders.ts';
import { hiddenFields, may, type ObjectType } from '../permissions.ts';
import * as products from '../products/products.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as tasks from '../tasks/tasks.ts';
import { atomically, moment, type World } from '../world.ts';
import type { Found } from './contract.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type Item = {
  id: string;
  title: string;
  detail: string | null;
  owner: { id: string; name: string } | null;
  at: string;
  customer: { id: string; name: string } | null;
};
type FoundObject = z.output<typeof Found>;
export type Group = { object: FoundObject; items: Item[]; near: boolean };

type Asked = { q: string; limit: number };
type Page<Row> = { kind: 'page'; items: Row[] } | { kind: string };

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);
const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ') || null;

/** The rows of a page, each once; `first` are one's own. */
function rowsOf<Row extends { id: string }>(page: Page<Row>): Row[] {
  return 'items' in page ? page.items : [];
}

/** What is found of one kind: by what its list looks for, and by how texts in own fields begin. */
type Finder = {
  list: (world: World, asked: Asked, by: By) => Promise<Item[]>;
  own?: (world: World, asked: Asked, by: By) => Promise<Item[]>;
};

type Dated = { id: string; owner_id: string | null; owner_name: string | null; updated_at: string };
type Place = { customer_id: string | null; customer_name: string | null };
const dated = ['id', 'owner_id', 'owner_name', 'updated_at'] as const;
const placing = [...dated, 'customer_id', 'customer_name'] as const;
const ofCustomer = [...dated, 'name', 'city', 'phone'] as const;
/** A time as JSON or the database's driver has it. */
const timeOf = (at: string) => new Date(at).toISOString();
const placed = (row: Dated & Place) => ({
  id: row.id,
  owner: named(row.owner_id, row.owner_name),
  at: timeOf(row.updated_at),
  customer: named(row.customer_id, row.customer_name),
});

/** The finder of records with keys: `title` is the field that an item is called by; of each row it reads `columns` alone. */
function recordsOf<Row extends RecordRow, Column extends keyof Row & string>(of: {
  kind: records.Kind<Row>;
  keys?: KeyTable;
  title: string;
  columns: readonly Column[];
  /** Most words find none of these. */
  seldom?: boolean;
  list: (world: World, q: string, page: records.Paging, by: By) => Promise<Page<Row>>;
  item: (row: Pick<Row, Column>, by: By) => Item;
}): Finder {
  const { kind, keys, item, columns, seldom } = of;
  // What is one's own comes first, then what was touched lately.
  const lately = ({ limit }: Asked, by: By) =>
    keys ? { sort: '-updatedAt', first: by.me.id, limit, only: columns, seldom } : { limit, only: columns };
  return {
    async list(world, asked, by) {
      return rowsOf(await of.list(world, asked.q, lately(asked, by), by)).map(row => item(row, by));
    },
    async own(world, asked, by) {
      if (!shows(by, kind.object, of.title)) return [];
      const begun = await customFields.beginning(world, kind.object, asked.q, kind.shape.t, by.me);
      if (!begun) return [];
      const mark = markOf(world.workspaceId);
      const ways = begun.ways.map(([letter, value]) => [`${mark}${letter}${value}`]);
      const how = { conditions: [begun.condition], deleted: false, particular: false };
      const keyed = keys ? { keyed: { table: keys, ways } } : {};
      const page = await records.page(world, kind, { ...how, ...keyed, ...lately(asked, by) }, by);
      return rowsOf(page).map(row => item(row, by));
    },
  };
}

const finders: Record<FoundObject, Finder> = {
  customer: recordsOf({
    kind: customers.customers,
    keys: 'customer_keys',
    title: 'name',
    columns: ofCustomer,
    list: (world, q, page, by) => customers.list(world, { filters: { q }, ...page }, by),
    item: customerItem,
  }),
  contact: recordsOf({
    kind: contacts.contacts,
    keys: 'contact_keys',
    title: 'name',
    columns: [...placing, 'name', 'title', 'phone'],
    list: (world, q, page, by) => contacts.list(world, { filters: { q }, ...page }, by),
    item: (row, by) => ({
      ...placed(row),
      title: row.name,
      detail: joined(
        shows(by, 'contact', 'title') ? row.title : null,
        shows(by, 'contact', 'phone') ? row.phone : null,
      ),
    }),
  }),
  lead: recordsOf({
    kind: leads.leads,
    keys: 'lead_keys',
    seldom: true,
    title: 'name',
    columns: [...placing, 'name', 'company', 'city'],
    list: (world, q, page, by) => leads.list(world, { filters: { q }, ...page }, by),
    item: (row, by) => ({
      ...placed(row),
      title: row.name,
      detail: joined(
        shows(by, 'lead', 'company') ? row.company : null,
        shows(by, 'lead', 'city') ? row.city : null,
      ),
    }),
  }),
  deal: recordsOf({
    kind: deals.deals,
    keys: 'deal_keys',
    seldom: true,
    title: 'title',
    columns: [...placing, 'title', 'stage_name'],
    list: (world, q, page, by) => deals.list(world, { filters: { q }, ...page }, by),
    item: row => ({ ...placed(row), title: row.title, detail: row.stage_name }),
  }),
  order: recordsOf({
    kind: orders.orders,
    keys: 'order_keys',
    seldom: true,
    title: 'number',
    columns: [...placing, 'number', 'title'],
    list: (world, q, page, by) => orders.list(world, { filters: { q }, ...page }, by),
    item: row => ({ ...placed(row), title: row.number, detail: row.title }),
  }),
  product: recordsOf({
    kind: products.products,
    title: 'name',
    columns: ['id', 'name', 'code', 'updated_at'],
    list: (world, q, page, by) => products.list(world, { filters: { q }, ...page }, by),
    item: row => ({
      id: row.id,
      title: row.name,
      detail: row.code,
      owner: null,
      at: timeOf(row.updated_at),
      customer: null,
    }),
  }),
  task: recordsOf({
    kind: tasks.tasks,
    keys: 'task_keys',
    seldom: true,
    title: 'title',
    columns: [...placing, 'title', 'about_name'],
    list: (world, q, page, by) => tasks.list(world, { filters: { q, status: 'all' }, ...page }, by),
    item: row => ({ ...placed(row), title: row.title, detail: row.about_name }),
  }),
  activity: {
    async list(world, asked, by) {
      if (!shows(by, 'activity', 'body')) return [];
      const rows = await activities.mentioning(world, asked, by);
      return rows.map(row => ({
        id: row.id,
        title: excerpt(row.body, asked.q),
        detail: row.author_name,
        owner: named(row.author_id, row.author_name),
        at: timeOf(row.at),
        customer: named(row.customer_id, row.customer_name),
      }));
    },
  },
};

function customerItem(row: Pick<customers.Customer, (typeof ofCustomer)[number]>, by: By): Item {
  const phone = shows(by, 'customer', 'phone') ? row.phone : null;
  return {
    id: row.id,
    title: row.name,
    detail: joined(shows(by, 'customer', 'city') ? row.city : null, phone),
    owner: named(row.owner_id, row.owner_name),
    at: timeOf(row.updated_at),
    customer: null,
  };
}

/** What takes about as long to find as all else together (measured): it is looked for at the same time. */
const besides = new Set<FoundObject>(['activity', 'contact']);

const shows = (by: By, object: ObjectType, field: string) => !hiddenFields(by.me, object).includes(field);

/** Some forty characters around the place. */
function excerpt(body: string, q: string): string {
  const text = body.replace(/\s+/g, ' ').trim();
  const found = text.toLowerCase().indexOf(q.toLowerCase());
  const from = Math.max(0, found - 14);
  const part = text.slice(from, from + 60);
  return `${from > 0 ? '…' : ''}${part}${from + 60 < text.length ? '…' : ''}`;
}

/** What is found, by kind; kinds of which nothing is found are left out. One's own comes first, the latest first. */
export async function search(
  world: World,
  input: { q: string; limit: number; object?: FoundObject | undefined },
  by: { me: Me; visitor: Visitor },
): Promise<Group[]> {
  const objects = input.object ? [input.object] : (Object.keys(finders) as FoundObject[]);
  const [one, other] = [askedTogether(world), askedTogether(world)];
  const groups = await Promise.all(
    objects.map(async object => {
      const reach = may(by.me, 'read', object);
      if (reach === 'none') return { object, items: [], near: false };
      const hand = { ...by, reach, action: 'read' as const };
      const { list, own } = finders[object];
      const asking = { ...world, ask: besides.has(object) ? other : one };
      const [called, begun = []] = await Promise.all([list(asking, input, hand), own?.(asking, input, hand)]);
      const items = [...new Map([...called, ...begun].map(item => [item.id, item])).values()].slice(
        0,
        input.limit,
      );
      if (items.length > 0 || object !== 'customer') return { object, items, near: false };
      return { object, items: await nearly(world, input, hand), near: true };
    }),
  );
  return groups.filter(group => group.items.length > 0);
}

/** Customers whose names are nearly written so: one slip in a word of five letters and more. */
async function nearly(world: World, { q, limit }: { q: string; limit: number }, by: By): Promise<Item[]> {
  const words = rules.slippery(q);
  const [longest] = [...words].sort((a, b) => b.length - a.length);
  if (!longest) return [];
  const candidates: customers.Customer[] = [];
  for (const half of rules.halves(longest)) {
    const asked = { filters: { q: half }, limit: 150 };
    const rows = half.length < 2 ? [] : rowsOf(await customers.list(world, asked, by));
    candidates.push(...rows);
  }
  const found = candidates.filter(row => rules.isNearly(words, row.name));
  return [...new Map(found.map(row => [row.id, row])).values()]
    .slice(0, limit)
    .map(row => customerItem(row, by));
}

const atOnce = 500;
const batches = 40;
/** Each with how often what its keys are made of has changed. */
export const targets = {
  customers: { version: 2, work: customers.rekey },
  contacts: { version: 2, work: contacts.rekey },
  leads: { version: 2, work: leads.rekey },
  deals: { version: 1, work: deals.rekey },
  activities: { version: 1, work: activities.rekey },
  orders: { version: 1, work: orders.rekey },
  tasks: { version: 1, work: tasks.rekey },
  // How texts in own fields begin came later; where there are none, there is nothing to do.
  'customers-own': { version: 1, work: ofTexts('customer', customers.rekey) },
  'contacts-own': { version: 1, work: ofTexts('contact', contacts.rekey) },
  'leads-own': { version: 1, work: ofTexts('lead', leads.rekey) },
  'deals-own': { version: 1, work: ofTexts('deal', deals.rekey) },
  'orders-own': { version: 1, work: ofTexts('order', orders.rekey) },
  'tasks-own': { version: 1, work: ofTexts('task', tasks.rekey) },
} as const;

function ofTexts(object: ObjectType, work: typeof customers.rekey): typeof customers.rekey {
  return async (world, after, limit) =>
    (await customFields.hasTexts(world, object)) ? work(world, after, limit) : null;
}

/** Makes search keys of former versions anew, some twenty thousand at a time; goes on where anybody stopped. */
export async function rekey(world: World): Promise<void> {
  const done = await store.done(world);
  for (const [target, { version, work }] of Object.entries(targets)) {
    if (done.get(target) === version) continue;
    let more = true;
    for (let batch = 0; more && batch < batches; batch++)
      more = await atomically(world, async tx => {
        const place = await store.holdRekeying(tx, target, version);
        if (!place) return false;
        const last = await work(tx, place.after, atOnce);
        await store.keepRekeying(tx, target, version, last, moment(tx));
        return last !== null;
      });
  }
}
