// What the server would answer, from the working set: lists with their filters, single records, the board.
import type { Calls } from '../calls.ts';
import type { Activity, Contact, Customer, Deal, Named, Session, WorkingSet } from './records.ts';

type Query = Record<string, unknown>;
type Today = Calls['GET /today']['reply'];
export type Asked = { params?: Record<string, string>; query?: Query };
type Answerer = (asked: { id: string; query: Query }, set: WorkingSet, session: Session) => unknown;

/** The reply to a reading call; undefined where this device cannot know it. */
export function answerTo(call: string, asked: Asked, set: WorkingSet, session: Session): unknown {
  const query = asked.query ?? {};
  return answerers[call]
    ? answerers[call]({ id: asked.params?.id ?? '', query }, set, session)
    : set.replies[call];
}

const byId =
  (kind: 'customers' | 'contacts' | 'activities' | 'deals'): Answerer =>
  ({ id }, set) =>
    set[kind].find(record => record.id === id);

const answerers: Record<string, Answerer> = {
  'GET /session': (_asked, _set, session) => session,
  'GET /owners': (_asked, set) => ({ items: set.owners, next: null }),
  'GET /pipelines': (_asked, set) =>
    set.pipelines.length > 0 ? { items: set.pipelines, next: null } : undefined,
  'GET /customers/{id}': byId('customers'),
  'GET /contacts/{id}': byId('contacts'),
  'GET /activities/{id}': byId('activities'),
  'GET /deals/{id}': byId('deals'),
  'GET /customers': ({ query }, set, { user }) =>
    query.deleted === 'true'
      ? undefined
      : page(
          sorted(
            set.customers.filter(one => isCustomerWanted(one, query, user.id)),
            query,
          ),
          query,
        ),
  'GET /contacts': ({ query }, set, { user }) =>
    query.deleted === 'true'
      ? undefined
      : page(
          sorted(
            set.contacts.filter(one => isContactWanted(one, query, user.id)),
            query,
          ),
          query,
        ),
  'GET /activities': ({ query }, set, { user }) =>
    page(
      set.activities.filter(one => isActivityWanted(one, query, user.id)),
      query,
    ),
  'GET /customers/{id}/timeline': ({ id, query }, set) =>
    page(
      set.activities
        .filter(one => one.customer?.id === id)
        .map(activity => ({ kind: 'activity', at: activity.at, activity })),
      query,
    ),
  'GET /deals': ({ query }, set, { user }) =>
    query.deleted === 'true' || query.moved
      ? undefined
      : page(
          sorted(
            set.deals.filter(one => isDealWanted(one, query, user.id)),
            query,
          ),
          query,
        ),
  'GET /today': ({ query }, set, { user }) => today(set, query, user.id),
  'GET /search': ({ query }, set) => ({ groups: found(set, query) }),
  'GET /deals/board': ({ query }, set, { user }) => board(set, query, user.id),
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

function isOwned(owner: Named | null, wanted: unknown, me: string): boolean {
  if (!wanted) return true;
  return wanted === 'none' ? owner === null : owner?.id === (wanted === 'me' ? me : wanted);
}

function isAmong(value: string, wanted: unknown): boolean {
  return !wanted || String(wanted).split(',').includes(value);
}

function isWithin(at: string | null, from: unknown, to: unknown): boolean {
  if (!from && !to) return true;
  return at !== null && (!from || at >= String(from)) && (!to || at < String(to));
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

function isFound(texts: (string | null)[], phone: string | null, wanted: unknown): boolean {
  if (!wanted) return true;
  const q = folded(String(wanted).trim());
  const digits = q.replace(/\D/g, '');
  if (digits.length >= 4 && phone?.replace(/\D/g, '').includes(digits)) return true;
  return texts.some(text => text !== null && folded(text).includes(q));
}

/** The day as it was when the network was last there, with the follow-ups that are planned by now. */
function today(set: WorkingSet, { until }: Query, me: string): unknown {
  const kept = set.replies['GET /today'] as Today | undefined;
  const due = sorted(
    set.customers.filter(
      one => one.owner?.id === me && one.nextFollowUpAt !== null && isWithin(one.nextFollowUpAt, null, until),
    ),
    { sort: 'nextFollowUpAt' },
  ).map(one => ({ ...one, type: 'customer', company: null }));
  const leads = kept?.followUps.items.filter(one => one.type === 'lead') ?? [];
  const none = { items: [], more: false };
  return {
    ...(kept ?? { tasks: none, deals: none, payments: none }),
    until,
    followUps: { items: [...due.slice(0, 30), ...leads], more: due.length > 30 },
  };
}

/** What the one search would find among what is kept here. */
function found(set: WorkingSet, { q, limit }: Query): unknown[] {
  const most = Number(limit ?? 6);
  const group = (object: string, items: object[]) => ({ object, items: items.slice(0, most), near: false });
  return [
    group(
      'customer',
      set.customers
        .filter(one => isFound([one.name, one.email], one.phone, q))
        .map(one => ({ ...one, title: one.name, detail: one.city, at: one.updatedAt, customer: null })),
    ),
    group(
      'contact',
      set.contacts
        .filter(one => isFound([one.name, one.email], one.phone, q))
        .map(one => ({ ...one, title: one.name, detail: one.title, at: one.updatedAt })),
    ),
    group(
      'deal',
      set.deals
        .filter(one => isFound([one.title], null, q))
        .map(one => ({ ...one, detail: one.stage.name, at: one.updatedAt })),
    ),
  ].filter(({ items }) => items.length > 0);
}

function sorted<T extends object>(items: T[], query: Query): T[] {
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
function page<T>(items: T[], query: Query): { items: T[]; next: string | null } {
  const from = Number(/^kept:(\d+)$/.exec(String(query.after ?? ''))?.[1] ?? 0);
  const to = from + Number(query.limit ?? 50);
  return { items: items.slice(from, to), next: to < items.length ? `kept:${to}` : null };
}

function board(set: WorkingSet, query: Query, me: string): unknown {
  const pipeline = set.pipelines.find(one => (query.pipeline ? one.id === query.pipeline : one.isDefault));
  if (!pipeline) return undefined;
  const deals = set.deals.filter(deal => isOwned(deal.owner, query.owner, me));
  return {
    pipelineId: pipeline.id,
    stages: pipeline.stages.map(stage => {
      const here = deals.filter(deal => deal.stage.id === stage.id);
      const currencies = [...new Set(here.map(deal => deal.currency))];
      const sums = currencies.map(currency => {
        const same = here.filter(deal => deal.currency === currency);
        const amount = same.reduce((sum, deal) => sum + (deal.amount ?? 0), 0);
        const weighted = same.reduce((sum, deal) => sum + ((deal.amount ?? 0) * deal.probability) / 100, 0);
        return { currency, amount, weighted };
      });
      return { stageId: stage.id, count: here.length, sums };
    }),
  };
}
