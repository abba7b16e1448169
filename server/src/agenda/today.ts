// Today: what waits for one person, one query a section, each along an index of that person's own.
import * as customers from '../customers/customers.ts';
import * as deals from '../deals/deals.ts';
import * as leads from '../leads/leads.ts';
import * as orders from '../orders/orders.ts';
import { may, type ObjectType } from '../permissions.ts';
import type { By } from '../records/records.ts';
import * as tasks from '../tasks/tasks.ts';
import { iso, type World } from '../world.ts';
import { dayOf, endOfDay } from '../zones.ts';
import { zoneOf } from './settings.ts';

export type Section<Row> = { items: Row[]; more: boolean };
export type Today = {
  until: string;
  customers: Section<customers.Customer>;
  leads: Section<leads.Lead>;
  tasks: Section<tasks.Task>;
  deals: Section<deals.Deal>;
  payments: Section<Due>;
};
type Page<Row> = { kind: 'page'; items: Row[]; next: string | null } | { kind: string };
type DuePage = Extract<Awaited<ReturnType<typeof orders.dues>>, { kind: 'page' }>;
export type Due = DuePage['items'][number];

/** So many of each are shown; the lists have the rest. */
const limit = 30;

const nothing = { items: [], more: false };

function sectionOf<Row>(page: Page<Row>): Section<Row> {
  return 'items' in page ? { items: page.items, more: page.next !== null } : nothing;
}

/** The hand with which somebody reads such records. */
export const reading = (by: By, object: ObjectType): By => ({
  ...by,
  action: 'read',
  reach: may(by.me, 'read', object),
});

/** What waits for this person by the end of the day: own follow-ups, tasks, deals that stand still, payments due. */
export async function today(
  world: World,
  input: { day?: string | undefined; until?: string | undefined },
  by: By,
): Promise<Today> {
  const zone = await zoneOf(world, by.me.id);
  const until = iso(input.until ? Date.parse(input.until) : endOfDay(world.now(), zone));
  const day = input.day ?? dayOf(world.now(), zone);
  const owner = 'me' as const;
  const planned = { filters: { owner, followUpTo: until }, sort: 'nextFollowUpAt' as const, limit };
  const open = { owner, status: 'open' as const, dueTo: until };
  const section = async <Row>(object: ObjectType, ask: (by: By) => Promise<Page<Row>>) => {
    const reader = reading(by, object);
    return reader.reach === 'none' ? nothing : sectionOf(await ask(reader));
  };
  const [ofCustomers, ofLeads, ofTasks, ofDeals, payments] = await Promise.all([
    section('customer', reader => customers.list(world, planned, reader)),
    section('lead', reader =>
      leads.list(
        world,
        { ...planned, filters: { ...planned.filters, status: ['new', 'contacted', 'qualified'] } },
        reader,
      ),
    ),
    section('task', reader => tasks.list(world, { filters: open, limit: 2 * limit }, reader)),
    may(by.me, 'read', 'deal') === 'none'
      ? nothing
      : deals.waiting(world, { day, limit }, reading(by, 'deal')),
    section('order', reader => orders.dues(world, { filters: { owner, to: day }, limit }, reader)),
  ]);
  return { until, customers: ofCustomers, leads: ofLeads, tasks: ofTasks, deals: ofDeals, payments };
}
