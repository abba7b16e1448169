// What waits: how a record looks meanwhile, what clashes, what remains of a write after a choice, and whose turn it is.
import { describe, expect, it } from 'vitest';
import { applied } from './after.ts';
import { blankFor } from './blank.ts';
import { nextOf } from './deliver.ts';
import { type Customer, type Lead, nothing, type Row, type Session, type Task } from './records.ts';
import { clashesIn, concerns, decided, onTopOf, type Waiting } from './writes.ts';

const session = { user: { id: 'me', name: '李雷' } } as unknown as Session;
const base: Row = {
  ...blankFor('customers', 'c1', 0, nothing, session),
  name: '云帆',
  version: 3,
  nextFollowUpAt: '1970-01-01T00:00:00.000Z',
};
const set = { ...nothing, customers: [base as unknown as Customer] };
const write = (more: Partial<Waiting>): Waiting => ({
  seq: 1,
  call: 'PATCH /customers/{id}',
  id: 'c1',
  body: { remark: '我的', city: '杭州', custom: { size: 20 } },
  ifMatch: '"v3"',
  key: 'k',
  at: 1_000,
  sentAt: null,
  title: '',
  base,
  makes: null,
  state: 'waiting',
  ...more,
});
const theirs = (more: object): Row => ({ ...base, version: 9, ...more });

describe('a record with what waits put over it', () => {
  it('shows a change, its own fields too, and a follow-up moves its customer', () => {
    const said = write({
      seq: 2,
      call: 'POST /activities',
      id: null,
      makes: 'a1',
      base: null,
      body: { customerId: 'c1', kind: 'call', body: '聊过' },
    });
    const now = applied(set, [write({}), said], session);
    expect(now.customers[0]).toMatchObject({
      remark: '我的',
      custom: { size: 20 },
      version: 4,
      lastActivityAt: new Date(1_000).toISOString(),
      nextFollowUpAt: null,
    });
    expect(now.activities[0]).toMatchObject({
      id: 'a1',
      customer: { id: 'c1', name: '云帆' },
      author: { id: 'me' },
    });
    expect(set.customers[0]).toMatchObject({ remark: null });
  });
});

describe('a task', () => {
  const task = {
    ...blankFor('tasks', 't1', 0, nothing, session),
    title: '寄样品',
    version: 2,
    dueOn: '2026-11-22',
  };
  const day = {
    ...set,
    tasks: [task as unknown as Task],
    leads: [{ id: 'l1', name: '王芳' } as unknown as Lead],
  };
  const about = (more: Partial<Waiting>) => write({ id: 't1', base: task, ifMatch: null, ...more });
  const done = about({ call: 'POST /tasks/{id}/done', body: {} });
  const moved = { dueOn: '2026-11-25', dueAt: null, zone: 'Asia/Shanghai' };
  const putOff = about({ call: 'PATCH /tasks/{id}', body: moved, ifMatch: '"v2"' });
  const fresh = about({
    call: 'POST /tasks',
    id: null,
    makes: 't2',
    base: null,
    body: { title: '回电', about: { type: 'lead', id: 'l1' } },
  });

  it('is done, put off or added, also about a lead', () => {
    expect(applied(day, [done], session).tasks[0]).toMatchObject({
      status: 'done',
      doneBy: { id: 'me' },
      version: 3,
    });
    const now = applied(day, [putOff, fresh], session);
    expect(now.tasks.find(one => one.id === 't1')).toMatchObject({ dueOn: '2026-11-25', dueAt: null });
    expect(now.tasks[0]).toMatchObject({
      title: '回电',
      status: 'open',
      about: { name: '王芳' },
      customer: null,
    });
    expect(concerns(fresh)).toContain('l1');
  });

  it('has one due, whether somebody else made it a moment or a day', () => {
    const quicker = { ...task, version: 9, dueOn: null, dueAt: '2026-11-30T02:00:00.000Z' };
    expect(clashesIn(putOff, quicker)).toMatchObject([{ field: 'due', contested: true }]);
    expect(decided(putOff, quicker, { due: 'mine' })?.body).toEqual(moved);
    expect(decided(putOff, quicker, { due: 'theirs' })).toBeNull();
  });
});

describe('when somebody else was quicker', () => {
  it('only fields that both have changed are contested', () => {
    const clashes = clashesIn(write({}), theirs({ remark: '别人的', phone: '1' }));
    expect(clashes.map(one => [one.field, one.contested])).toEqual([
      ['remark', true],
      ['city', false],
      ['custom.size', false],
    ]);
  });

  it.each([
    ['theirs', { city: '杭州', custom: { size: 20 } }],
    ['mine', { remark: '我的', city: '杭州', custom: { size: 20 } }],
    ['both', { remark: '别人的\n我的', city: '杭州', custom: { size: 20 } }],
  ] as const)('choosing %s leaves that much to write', (choice, body) => {
    const left = decided(write({}), theirs({ remark: '别人的' }), { remark: choice });
    expect(left).toMatchObject({ body, ifMatch: '"v9"', state: 'waiting' });
    expect(left?.body).toEqual(body);
  });

  it('nothing is left where all is as they have it, or a move is given up', () => {
    const same = theirs({ remark: '我的', city: '杭州', custom: { size: 20 } });
    expect(decided(write({}), same, {})).toBeNull();
    const move = write({ call: 'POST /deals/{id}/move', body: { stageId: 's2', ifMatch: '"v3"' } });
    const deal = theirs({ stage: { id: 's3', name: '' } });
    expect(decided(move, deal, { stageId: 'theirs' })).toBeNull();
    expect(decided(move, deal, { stageId: 'mine' })?.body).toEqual({ stageId: 's2', ifMatch: '"v9"' });
  });

  it('a later write of one’s own stands on the earlier one', () => {
    expect(onTopOf(write({}), 5).ifMatch).toBe('"v5"');
    expect(onTopOf(write({ ifMatch: null }), 5).ifMatch).toBeNull();
  });
});

describe('whose turn it is', () => {
  const stuck = write({ seq: 1, state: 'conflict' });
  const behind = write({ seq: 2 });
  const about = write({ seq: 3, call: 'POST /contacts', id: null, makes: 'k1', body: { customerId: 'c1' } });
  const other = write({ seq: 4, id: 'c2' });
  const locked = write({ seq: 5, id: 'c3', state: 'refused' });
  const refusal = { code: 'locked', status: 423, words: '', at: 0 };
  it.each([
    [[behind, other], new Set<number>(), 2],
    [[stuck, behind, about, other], new Set<number>(), 4],
    [[stuck, behind], new Set<number>(), undefined],
    [[behind, other], new Set([2]), 4],
    [[{ ...locked, refusal }], new Set<number>(), 5],
    [[{ ...locked, refusal: { ...refusal, status: 403 } }], new Set<number>(), undefined],
  ])('case %#', (all, tried, expected) => {
    expect(nextOf(all, tried, 120_000)?.seq).toBe(expected);
  });
});
