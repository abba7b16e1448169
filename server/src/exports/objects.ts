// What can be exported: each object with its filters, its rows in order, its columns.

import * as activities from '../activities/activities.ts';
import { ActivityFilters } from '../activities/contract.ts';
import * as contacts from '../contacts/contacts.ts';
import { ContactFilters } from '../contacts/contract.ts';
import { CustomFilter } from '../custom-fields/contract.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import { CustomerFilters } from '../customers/contract.ts';
import * as customers from '../customers/customers.ts';
import { DealFilters } from '../deals/contract.ts';
import * as deals from '../deals/deals.ts';
import type { Planned } from '../formats/calendar-writing.ts';
import type { Card } from '../formats/vcard-writing.ts';
import { LeadFilters } from '../leads/contract.ts';
import * as leads from '../leads/leads.ts';
import { OrderFilters } from '../orders/contract.ts';
import * as orders from '../orders/orders.ts';
import { hiddenFields, type ObjectType } from '../permissions.ts';
import { ProductFilters } from '../products/contract.ts';
import * as products from '../products/products.ts';
import type { By } from '../records/records.ts';
import { TaskFilters } from '../tasks/contract.ts';
import * as tasks from '../tasks/tasks.ts';
import type { World } from '../world.ts';
import { activityColumns, type Column, contactColumns, customerColumns, dealColumns } from './columns.ts';
import type { Wanted } from './contract.ts';
import { leadColumns, orderColumns, productColumns, taskColumns } from './further-columns.ts';
import { ownColumns } from './own-columns.ts';
import type { Style, Words } from './values.ts';

export type ExportObject = Exclude<Wanted, 'everything'>;

type Checked = { success: true } | { success: false; issues: { path: string; message: string }[] };

export type Exported = {
  object: ExportObject & ObjectType;
  names: Words;
  columns: Column[];
  check: (filters: Record<string, string>) => Checked;
  rows: (world: World, filters: Record<string, string>, by: By) => AsyncIterable<unknown>;
  /** As a business card, or as what is planned; undefined where it makes none. */
  card?: (row: unknown) => Card;
  planned?: (row: unknown) => Planned | null;
};

type Schema<F> = {
  safeParse: (
    value: unknown,
  ) =>
    | { success: true; data: F }
    | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
};

function exported<F, Row>(
  given: Omit<Exported, 'check' | 'rows' | 'card' | 'planned'> & {
    filters: Schema<F>;
    rows: (world: World, filters: F, by: By) => AsyncIterable<Row>;
    card?: (row: Row) => Card;
    planned?: (row: Row) => Planned | null;
  },
): Exported {
  const { filters: schema, rows, card, planned, ...rest } = given;
  return {
    ...rest,
    check(filters) {
      const checked = schema.safeParse(filters);
      if (checked.success) return { success: true };
      const issues = checked.error.issues.map(({ path, message }) => ({
        path: ['filters', ...path.map(String)].join('.'),
        message,
      }));
      return { success: false, issues };
    },
    rows(world, filters, by) {
      const checked = schema.safeParse(filters);
      if (!checked.success) throw new Error('these filters were not checked');
      return rows(world, checked.data, by);
    },
    ...(card ? { card: row => card(row as Row) } : {}),
    ...(planned ? { planned: row => planned(row as Row) } : {}),
  };
}

/** All pages of a list, one after the other. */
async function* paged<Row>(
  page: (after: string | undefined) => Promise<{ kind: string; items?: Row[]; next?: string | null }>,
): AsyncGenerator<Row> {
  let after: string | undefined;
  do {
    const found = await page(after);
    if (found.kind !== 'page') throw new Error(`a page of the export could not be read: ${found.kind}`);
    yield* found.items ?? [];
    after = found.next ?? undefined;
  } while (after !== undefined);
}

const limit = 1_000;

/** The order in which nothing is missed while others write. */
const oldest = (filters: { deleted?: string | undefined }) =>
  filters.deleted === 'true' ? 'deletedAt' : 'createdAt';

export const objects: Record<ExportObject, Exported> = {
  customer: exported({
    object: 'customer',
    names: { en: 'customers', 'zh-CN': '客户' },
    columns: customerColumns,
    filters: CustomerFilters,
    rows: customers.stream,
    planned: (row: customers.Customer) =>
      row.next_follow_up_at === null
        ? null
        : {
            id: row.id,
            at: row.next_follow_up_at,
            title: row.name,
            note: row.phone,
            changedAt: row.updated_at,
          },
  }),
  contact: exported({
    object: 'contact',
    names: { en: 'contacts', 'zh-CN': '联系人' },
    columns: contactColumns,
    filters: ContactFilters,
    rows: contacts.stream,
    card: (row: contacts.Contact) => ({
      id: row.id,
      name: row.name,
      company: row.customer_name,
      title: row.title,
      phone: row.phone,
      email: row.email,
      wechat: row.wechat,
      note: row.remark,
      changedAt: row.updated_at,
    }),
  }),
  lead: exported({
    object: 'lead',
    names: { en: 'leads', 'zh-CN': '线索' },
    columns: leadColumns,
    filters: LeadFilters,
    rows: leads.stream,
    card: (row: leads.Lead) => ({
      id: row.id,
      name: row.name,
      company: row.company,
      title: row.title,
      phone: row.phone,
      email: row.email,
      wechat: row.wechat,
      note: row.remark,
      changedAt: row.updated_at,
    }),
  }),
  deal: exported({
    object: 'deal',
    names: { en: 'deals', 'zh-CN': '商机' },
    columns: dealColumns,
    filters: DealFilters,
    rows: (world, filters, by) =>
      paged(after => deals.list(world, { filters, sort: oldest(filters), after, limit }, by)),
  }),
  activity: exported({
    object: 'activity',
    names: { en: 'activities', 'zh-CN': '跟进记录' },
    columns: activityColumns,
    filters: ActivityFilters,
    rows: (world, filters, by) =>
      paged(after => activities.list(world, { filters, sort: 'at', after, limit }, by)),
    planned: (row: activities.Activity) =>
      row.next_at === null
        ? null
        : {
            id: row.id,
            at: row.next_at,
            title: [row.customer_name, row.next_step].filter(Boolean).join('：'),
            note: row.body,
            changedAt: row.updated_at,
          },
  }),
  task: exported({
    object: 'task',
    names: { en: 'tasks', 'zh-CN': '任务' },
    columns: taskColumns,
    filters: TaskFilters.extend({ status: TaskFilters.shape.status.unwrap().default('all') }),
    rows: (world, filters, by) =>
      paged(after => tasks.list(world, { filters, sort: oldest(filters), after, limit }, by)),
    planned: (row: tasks.Task) =>
      row.due_at === null
        ? null
        : { id: row.id, at: row.due_at, title: row.title, note: row.note, changedAt: row.updated_at },
  }),
  product: exported({
    object: 'product',
    names: { en: 'products', 'zh-CN': '产品' },
    columns: productColumns,
    filters: ProductFilters,
    rows: (world, filters, by) =>
      paged(after => products.list(world, { filters, sort: oldest(filters), after, limit }, by)),
  }),
  order: exported({
    object: 'order',
    names: { en: 'orders', 'zh-CN': '报价与订单' },
    columns: orderColumns,
    filters: OrderFilters,
    rows: (world, filters, by) =>
      paged(after => orders.list(world, { filters, sort: oldest(filters), after, limit }, by)),
  }),
};

/** The columns that this person may see, the one place where fields of an export are chosen; rows pass `named` for them. */
export async function columnsFor(world: World, one: Exported, by: By) {
  const hidden = new Set(hiddenFields(by.me, one.object));
  const seen = <C extends { field: string }>(column: C) => !hidden.has(column.field);
  const fields = await customFields.of(world, one.object);
  const { columns, named } = ownColumns(
    world,
    fields.filter(field => seen({ field: `custom.${field.key}` })),
    by,
  );
  const standing = one.columns.filter(seen);
  const called = one.object === 'deal' ? await withReasons(world, standing) : standing;
  return { columns: [...called, ...columns], named };
}

/** The columns of deals, with the reasons for their ends as this workspace calls them. */
async function withReasons(world: World, columns: Column[]): Promise<Column[]> {
  const reasons = {
    lostReason: ['lost', (await deals.reasonsOf(world, 'lost')).items],
    wonReason: ['won', (await deals.reasonsOf(world, 'won')).items],
  } as const;
  return columns.map(column => {
    const [outcome, items] = reasons[column.field as keyof typeof reasons] ?? [];
    if (!outcome) return column;
    const words = (key: string | null, as: Style) =>
      key && deals.reasonWords(outcome, items, key, as.language);
    return { ...column, cell: (row, as) => words(column.cell(row, as), as) };
  });
}

/** Whether the filters ask nothing of the workspace's own fields that this person may not ask. */
export async function isAskable(
  world: World,
  one: Exported,
  filters: Record<string, string>,
  me: By['me'],
): Promise<boolean> {
  const asked = CustomFilter.safeParse(filters.custom);
  return asked.success && (await customFields.isAskable(world, one.object, asked.data, me));
}

const columnOf = (field: string) => field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** A row without what this person may not see, for formats that have no columns. */
export function withoutHidden(row: unknown, one: Exported, by: By): unknown {
  const hidden = hiddenFields(by.me, one.object).map(field => [columnOf(field), null]);
  return hidden.length === 0 ? row : { ...(row as object), ...Object.fromEntries(hidden) };
}
