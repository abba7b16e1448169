// The day and the one search out of the working set.
import type { Calls } from '../calls.ts';
import { dayIn } from '../tasks/form.ts';
import { nameOf, type WorkingSet } from './records.ts';
import { dueSort, isFound, type Query, sorted, wanted } from './wanted.ts';

type Today = Calls['GET /today']['reply'];
type Deal = WorkingSet['deals'][number];

/** So many of each the server tells. */
const most = 30;
const days = 86_400_000;

const section = <T>(items: T[], limit = most) => ({
  items: items.slice(0, limit),
  more: items.length > limit,
});

/** What waits by the end of the day, with what was written here; payments as they were when the network was there. */
export function today(set: WorkingSet, { day = dayIn(0), until }: Query, me: string): Today {
  const kept = set.replies['GET /today'] as Today | undefined;
  const asked = { owner: 'me', followUpTo: until };
  const planned = <T extends { nextFollowUpAt: string | null }>(items: T[]) =>
    sorted(items, { sort: 'nextFollowUpAt' });
  const customers = section(planned(set.customers.filter(one => wanted.customers(one, asked, me))));
  const open = { ...asked, status: 'new,contacted,qualified' };
  const leads = section(planned(set.leads.filter(one => wanted.leads(one, open, me))));
  const tasks = set.tasks
    .filter(one => wanted.tasks(one, { owner: 'me', dueTo: until }, me))
    .map(one => ({ ...one, due: dueSort(one) }));
  return {
    until: String(until),
    followUps: {
      items: planned([
        ...customers.items.map(one => ({ ...one, type: 'customer' as const, company: null })),
        ...leads.items.map(one => ({ ...one, type: 'lead' as const })),
      ]),
      more: customers.more || leads.more,
    },
    tasks: section(sorted(tasks, { sort: 'due' }), 2 * most),
    deals: section(
      sorted(
        set.deals.filter(
          one => wanted.deals(one, { owner: 'me', state: 'open' }, me) && waits(one, String(day)),
        ),
        { sort: 'expectedOn' },
      ),
    ),
    payments: kept?.payments ?? { items: [], more: false },
    pause: kept?.pause ?? null,
  };
}

/** Past the day it was expected on, or longer at its stage than that allows. */
function waits({ expectedOn, stage, stageSince }: Deal, day: string): boolean {
  const { ageingDays } = stage;
  return (
    (expectedOn !== null && expectedOn < day) ||
    (ageingDays !== null && Date.parse(stageSince) < Date.now() - ageingDays * days)
  );
}

/** What the one search would find among what is kept here. */
export function found(set: WorkingSet, { q, limit }: Query): unknown[] {
  const group = <T extends { updatedAt: string }>(
    object: string,
    items: T[],
    texts: (one: T) => (string | null)[],
    detail: (one: T) => string | null,
  ) => ({
    object,
    near: false,
    items: items
      .filter(one => isFound(texts(one), 'phone' in one ? (one.phone as string | null) : null, q))
      .slice(0, Number(limit ?? 6))
      .map(one => ({
        customer: null,
        ...one,
        title: nameOf(one),
        detail: detail(one),
        at: one.updatedAt,
      })),
  });
  return [
    group(
      'customer',
      set.customers,
      one => [one.name, one.email],
      one => one.city,
    ),
    group(
      'contact',
      set.contacts,
      one => [one.name, one.email],
      one => one.title,
    ),
    group(
      'lead',
      set.leads,
      one => [one.name, one.company, one.email],
      one => one.company,
    ),
    group(
      'deal',
      set.deals,
      one => [one.title],
      one => one.stage.name,
    ),
    group(
      'order',
      set.orders,
      one => [one.number, one.title, one.customer.name],
      one => one.title || one.customer.name,
    ),
    group(
      'task',
      set.tasks.filter(one => one.status === 'open'),
      one => [one.title],
      one => one.about?.name ?? null,
    ),
  ].filter(({ items }) => items.length > 0);
}
