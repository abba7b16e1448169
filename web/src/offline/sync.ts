// Brings the working set onto the device: today's list, own customers with their people and last activities, leads, open
// deals and tasks, the latest orders; bounded, and between whole readings only what has changed.
import { api } from '../api.ts';
import { startOfDay } from '../customers/due.ts';
import { dayIn } from '../tasks/form.ts';
import { type Kind, nothing, type Row, type Session, type WorkingSet } from './records.ts';
import { fillShelf, readShelf } from './shelf.ts';

const most: Record<Kind, number> = {
  customers: 3_000,
  contacts: 3_000,
  activities: 600,
  deals: 1_000,
  tasks: 500,
  leads: 1_000,
  // With their lines, so few of them; read anew as a whole.
  orders: 100,
};
const wholeEvery = 6 * 3_600_000;
/** Transactions that were under way at the last reading. */
const overlap = 120_000;
const activityDays = 90;

type Page<T> = { items: T[]; next: string | null };

/** The working set as it is kept; empty where nothing is. */
export async function kept(person: string): Promise<WorkingSet> {
  const found = await readShelf<WorkingSet>(person, 'working-set');
  // What an earlier version kept lacks kinds that came later: it serves until everything has been read anew.
  return found ? { ...nothing, ...found, whole: 'leads' in found ? found.whole : 0 } : nothing;
}

/** Reads anew what has changed and keeps it; the result, or null where it was fresh enough. */
export async function bringUpToDate(session: Session, freshFor = 0): Promise<WorkingSet | null> {
  const { user, capabilities } = session;
  const may = (object: string) => capabilities.includes(`read:${object}`);
  const before = await kept(user.id);
  const now = Date.now();
  if (now - before.asOf < freshFor) return null;
  const whole = now - before.whole > wholeEvery;
  const since = whole ? {} : { updatedFrom: new Date(before.asOf - overlap).toISOString() };
  // A rep reads what is his anyway; whoever reads more takes along what he did himself.
  const author = user.role === 'rep' ? {} : { author: 'me' };
  const from = new Date(now - activityDays * 86_400_000).toISOString();
  const next: WorkingSet = { ...before, whole: whole ? now : before.whole, asOf: now };
  if (may('customer')) {
    const read = (query: object) => (after: string) =>
      api('GET /customers', {
        query: { limit: 200, owner: 'me', ...since, ...query, ...cursor(after) },
        direct: true,
      });
    const fresh = await all(read({}), most.customers);
    next.customers = whole ? fresh : joined(before.customers, fresh, most.customers);
    if (!whole) next.customers = without(next.customers, await all(read({ deleted: 'true' }), 400));
    next.owners = (await api('GET /owners', { direct: true })).items;
  }
  if (may('contact')) {
    const fresh = await all(
      after =>
        api('GET /contacts', {
          query: { limit: 200, owner: 'me', ...since, ...cursor(after) },
          direct: true,
        }),
      most.contacts,
    );
    next.contacts = whole ? fresh : joined(before.contacts, fresh, most.contacts);
  }
  if (may('activity')) {
    next.activities = await all(
      after =>
        api('GET /activities', { query: { limit: 200, from, ...author, ...cursor(after) }, direct: true }),
      whole ? most.activities : 200,
    );
    if (!whole) next.activities = joined(before.activities, next.activities, most.activities, 'at');
  }
  if (may('deal')) {
    next.pipelines = (await api('GET /pipelines', { direct: true })).items;
    next.deals = await all(
      after =>
        api('GET /deals', {
          query: { limit: 200, owner: 'me', state: 'open', ...cursor(after) },
          direct: true,
        }),
      most.deals,
    );
  }
  if (may('lead')) {
    const read = (query: object) => (after: string) =>
      api('GET /leads', {
        query: { limit: 200, owner: 'me', ...since, ...query, ...cursor(after) },
        direct: true,
      });
    const fresh = await all(read({}), most.leads);
    next.leads = whole ? fresh : joined(before.leads, fresh, most.leads);
    if (!whole) next.leads = without(next.leads, await all(read({ deleted: 'true' }), 200));
  }
  if (may('task')) {
    const read = (after: string) =>
      api('GET /tasks', { query: { limit: 200, owner: 'me', ...cursor(after) }, direct: true });
    next.tasks = await all(read, most.tasks);
  }
  if (may('order')) {
    const query = { limit: most.orders, owner: 'me' };
    next.orders = (await api('GET /orders', { query, direct: true })).items;
  }
  const [own, today] = await Promise.all([
    api('GET /custom-fields', { query: {}, direct: true }),
    api('GET /today', { query: { day: dayIn(0), until: startOfDay(1).toISOString() }, direct: true }),
  ]);
  next.replies = { 'GET /custom-fields': own, 'GET /today': today, ...(may('deal') ? await reasons() : {}) };
  await fillShelf(user.id, 'working-set', next);
  return next;
}

/** Why deals are won and lost, for those that are moved without the server. */
const reasons = async () => ({
  'GET /win-reasons': await api('GET /win-reasons', { direct: true }),
  'GET /lost-reasons': await api('GET /lost-reasons', { direct: true }),
});

const cursor = (after: string) => (after ? { after } : {});

async function all<T>(read: (after: string) => Promise<Page<T>>, limit: number): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = '';
  while (after !== null && items.length < limit) {
    const page: Page<T> = await read(after);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

/** The newer of each, the last changed first. */
export function joined<T extends Pick<Row, 'id'> & { updatedAt: string; at?: string }>(
  before: T[],
  fresh: T[],
  limit: number,
  by: 'updatedAt' | 'at' = 'updatedAt',
): T[] {
  const ids = new Set(fresh.map(one => one.id));
  const both = [...fresh, ...before.filter(one => !ids.has(one.id))];
  return both.sort((one, other) => ((one[by] ?? '') < (other[by] ?? '') ? 1 : -1)).slice(0, limit);
}

function without<T extends { id: string }>(items: T[], gone: T[]): T[] {
  const ids = new Set(gone.map(one => one.id));
  return items.filter(one => !ids.has(one.id));
}
