// Which records a list asks for, and in which order: the server's filters, as far as this device can apply them.
import type { Activity, Contact, Customer, Deal, Lead, Named, Order, Records, Task } from './records.ts';

export type Query = Record<string, unknown>;
type Wanted = { [K in keyof Records]: (one: Records[K][number], query: Query, me: string) => boolean };

/** Whether a record is among those that a list asks for. */
export const wanted: Wanted = {
  customers: isCustomerWanted,
  contacts: isContactWanted,
  activities: isActivityWanted,
  deals: isDealWanted,
  tasks: isTaskWanted,
  leads: isLeadWanted,
  orders: isOrderWanted,
};

function isCustomerWanted(one: Customer, query: Query, me: string): boolean {
  return (
    isOwned(one.owner, query.owner, me) &&
    isFound([one.name, one.email], one.phone, query.q) &&
    isAmong(one.stage, query.stage) &&
    (['source', 'level', 'industry', 'city'] as const).every(key => !query[key] || one[key] === query[key]) &&
    (!query.tag || one.tags.includes(String(query.tag))) &&
    isWithin(one.nextFollowUpAt, query.followUpFrom, query.followUpTo) &&
    isWithin(one.createdAt, query.createdFrom, query.createdTo)
  );
}

function isContactWanted(one: Contact, query: Query, me: string): boolean {
  return (
    isOwned(one.owner, query.owner, me) &&
    isFound([one.name, one.email], one.phone, query.q) &&
    (!query.customer || one.customer?.id === query.customer)
  );
}

function isActivityWanted(one: Activity, query: Query, me: string): boolean {
  return (
    (!query.customer || one.customer?.id === query.customer) &&
    (!query.lead || one.lead?.id === query.lead) &&
    isWithin(one.at, query.from, query.to) &&
    isOwned(one.author, query.author, me) &&
    isAmong(one.kind, query.kind)
  );
}

function isDealWanted(one: Deal, query: Query, me: string): boolean {
  return (
    isOwned(one.owner, query.owner, me) &&
    isFound([one.title], null, query.q) &&
    isAmong(one.stage.kind, query.state) &&
    (!query.stage || one.stage.id === query.stage) &&
    (!query.pipeline || one.pipelineId === query.pipeline) &&
    (!query.customer || one.customer.id === query.customer) &&
    isWithin(one.expectedOn, query.expectedFrom, query.expectedTo)
  );
}

/** As the server sorts tasks: a whole day counts as its noon in UTC. */
export function dueSort(one: Pick<Task, 'dueOn' | 'dueAt'>): string | null {
  return one.dueAt ?? (one.dueOn && `${one.dueOn}T12:00:00.000Z`);
}

function isTaskWanted(one: Task, query: Query, me: string): boolean {
  const status = query.status ?? 'open';
  return (
    isOwned(one.owner, query.owner, me) &&
    isFound([one.title], null, query.q) &&
    (status === 'all' || one.status === status) &&
    (['kind', 'priority'] as const).every(key => !query[key] || one[key] === query[key]) &&
    isWithin(dueSort(one), query.dueFrom, query.dueTo) &&
    (!query.about || one.about?.id === query.about) &&
    (!query.customer || one.customer?.id === query.customer)
  );
}

function isLeadWanted(one: Lead, query: Query, me: string): boolean {
  return (
    isOwned(one.owner, query.owner, me) &&
    isFound([one.name, one.company, one.email], one.phone, query.q) &&
    isAmong(one.status, query.status) &&
    (['source', 'city'] as const).every(key => !query[key] || one[key] === query[key]) &&
    (!query.tag || one.tags.includes(String(query.tag))) &&
    (!query.customer || one.converted?.customer?.id === query.customer) &&
    isWithin(one.nextFollowUpAt, query.followUpFrom, query.followUpTo) &&
    isWithin(one.createdAt, query.createdFrom, query.createdTo)
  );
}

function isOrderWanted(one: Order, query: Query, me: string): boolean {
  return (
    isOwned(one.owner, query.owner, me) &&
    isFound([one.number, one.title, one.customer.name], null, query.q) &&
    (['kind', 'status'] as const).every(key => !query[key] || one[key] === query[key]) &&
    (!query.customer || one.customer.id === query.customer) &&
    (!query.deal || one.deal?.id === query.deal) &&
    (!query.unpaid || Number(one.outstanding) > 0)
  );
}

/** By owner: an id, `me`, or `none`. */
export function isOwned(owner: Named | null, wanted: unknown, me: string): boolean {
  if (!wanted) return true;
  return wanted === 'none' ? owner === null : owner?.id === (wanted === 'me' ? me : wanted);
}

function isAmong(value: string, wanted: unknown): boolean {
  return !wanted || String(wanted).split(',').includes(value);
}

export function isWithin(at: string | null, from: unknown, to: unknown): boolean {
  if (!from && !to) return true;
  return at !== null && (!from || at >= String(from)) && (!to || at < String(to));
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/** Anywhere in a text, or four digits of a phone. */
export function isFound(texts: (string | null)[], phone: string | null, wanted: unknown): boolean {
  if (!wanted) return true;
  const q = folded(String(wanted).trim());
  const digits = q.replace(/\D/g, '');
  if (digits.length >= 4 && phone?.replace(/\D/g, '').includes(digits)) return true;
  return texts.some(text => text !== null && folded(text).includes(q));
}

/** By a field, `-` for downwards. */
export function sorted<T extends object>(items: T[], query: Query): T[] {
  const sort = String(query.sort ?? '-updatedAt');
  const key = sort.replace(/^-/, '') as keyof T;
  const down = sort.startsWith('-') ? -1 : 1;
  return [...items].sort((one, other) => {
    const [a, b] = [one[key] as string | number | null, other[key] as string | number | null];
    // Without a value: last, whichever way.
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === 'string' && typeof b === 'string' && key === 'name') return down * a.localeCompare(b);
    return a === b ? 0 : down * (a < b ? -1 : 1);
  });
}

/** One page; the place in the list stands for the server's cursor. */
export function page<T>(items: T[], query: Query): { items: T[]; next: string | null } {
  const from = Number(/^kept:(\d+)$/.exec(String(query.after ?? ''))?.[1] ?? 0);
  const to = from + Number(query.limit ?? 50);
  return { items: items.slice(from, to), next: to < items.length ? `kept:${to}` : null };
}
