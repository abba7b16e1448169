// Lists, records and the board out of the working set: as the server would answer them.
import { expect, it } from 'vitest';
import { answerTo } from './answers.ts';
import { type Customer, type Lead, nothing, type Session, type Task, type WorkingSet } from './records.ts';

const me = { id: 'me', name: '李雷' };
const session = { user: me } as unknown as Session;
const customer = (id: string, more: Partial<Customer>) =>
  ({
    id,
    name: id,
    phone: null,
    email: null,
    stage: 'new',
    tags: [],
    owner: me,
    nextFollowUpAt: null,
    updatedAt: `2026-11-0${id.length}T00:00:00.000Z`,
    ...more,
  }) as unknown as Customer;
const set: WorkingSet = {
  ...nothing,
  customers: [
    customer('a', { name: '杭州云帆陶瓷', phone: '0571-8800 1234', stage: 'won', tags: ['展会'] }),
    customer('bb', { name: 'Blue Sail', nextFollowUpAt: '2026-11-20T01:00:00.000Z' }),
    customer('ccc', { owner: null, nextFollowUpAt: '2026-11-10T01:00:00.000Z', email: 'c@sail.test' }),
  ],
  replies: { 'GET /custom-fields': { items: [], next: null } },
};
const ids = (query: object, call = 'GET /customers') =>
  (
    answerTo(call, { query: query as Record<string, unknown> }, set, session) as { items: { id: string }[] }
  ).items
    .map(one => one.id)
    .join(' ');

it.each([
  [{}, 'ccc bb a'],
  [{ sort: 'updatedAt' }, 'a bb ccc'],
  [{ q: '云帆' }, 'a'],
  [{ q: 'SAIL' }, 'ccc bb'],
  [{ q: '8800123' }, 'a'],
  [{ owner: 'me' }, 'bb a'],
  [{ owner: 'none' }, 'ccc'],
  [{ stage: 'won,lost' }, 'a'],
  [{ tag: '展会' }, 'a'],
  [{ sort: 'nextFollowUpAt', followUpTo: '2026-11-15T00:00:00.000Z' }, 'ccc'],
  [{ sort: 'nextFollowUpAt' }, 'ccc bb a'],
  [{ limit: 2 }, 'ccc bb'],
  [{ limit: 2, after: 'kept:2' }, 'a'],
])('customers by %j are %s', (query, expected) => {
  expect(ids(query)).toBe(expected);
});

const task = (id: string, more: Partial<Task>) =>
  ({
    id,
    title: id,
    status: 'open',
    kind: 'todo',
    owner: me,
    dueOn: null,
    dueAt: null,
    ...more,
  }) as unknown as Task;
const busy: WorkingSet = {
  ...set,
  tasks: [
    task('never', {}),
    task('noon', { dueOn: '2026-11-20' }),
    task('early', { dueAt: '2026-11-20T01:00:00.000Z' }),
    task('done', { dueOn: '2026-11-20', status: 'done' }),
    task('later', { dueOn: '2026-11-25' }),
  ],
  leads: [
    customer('lead', {
      status: 'new',
      company: '云帆',
      nextFollowUpAt: '2026-11-15T01:00:00.000Z',
    } as object),
  ] as unknown as Lead[],
};

it('makes the day anew of tasks, leads and customers as they stand here', () => {
  const until = '2026-11-20T16:00:00.000Z';
  const day = answerTo('GET /today', { query: { until } }, busy, session) as Record<
    string,
    { items: { id: string }[] }
  >;
  const of = (section: string) => day[section]?.items.map(one => one.id).join(' ');
  expect(of('tasks')).toBe('early noon');
  expect(of('followUps')).toBe('lead bb');
  const open = answerTo('GET /tasks', { query: { owner: 'me' } }, busy, session) as {
    items: { id: string }[];
  };
  expect(open.items.map(one => one.id).join(' ')).toBe('early noon later never');
});

it('tells a record, a reply taken along, and nothing of what is not kept', () => {
  const one = answerTo('GET /customers/{id}', { params: { id: 'bb' } }, set, session);
  expect(one).toMatchObject({ name: 'Blue Sail' });
  expect(answerTo('GET /custom-fields', {}, set, session)).toEqual({ items: [], next: null });
  expect(answerTo('GET /customers/{id}', { params: { id: 'zz' } }, set, session)).toBeUndefined();
  expect(answerTo('GET /customers', { query: { deleted: 'true' } }, set, session)).toBeUndefined();
  expect(answerTo('GET /audit', {}, set, session)).toBeUndefined();
});
