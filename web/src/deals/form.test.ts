// Forms of deals and pipelines: amounts as typed, what is sent, what a stage asks for; and the address of the list.
import { describe, expect, it } from 'vitest';
import {
  amountText,
  blank,
  bodyOf,
  type Deal,
  faultsOf,
  formOf,
  minorIn,
  missingFor,
  patchOf,
  percentIn,
} from './form.ts';
import * as shape from './pipeline-form.ts';
import { isList, queryOf } from './search.ts';

const stage = { id: 's1', name: 'Quote', kind: 'open' as const, ageingDays: 14 };
const deal: Deal = {
  id: 'd1',
  title: 'Lamps',
  customer: { id: 'c1', name: 'Acme' },
  contact: null,
  amount: 1_250_050,
  currency: 'CNY',
  pipelineId: 'p1',
  stage,
  stageSince: '2026-01-01T00:00:00.000Z',
  probability: 60,
  probabilityOwn: false,
  expectedOn: '2026-03-01',
  source: null,
  lostReason: null,
  wonReason: null,
  lostRemark: null,
  nextStep: 'call',
  custom: {},
  owner: { id: 'u1', name: 'Rep' },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  deletedAt: null,
  version: 3,
};

describe('amounts', () => {
  it.each([
    ['12,500.5', 'CNY', 1_250_050],
    ['１２５００．５', 'CNY', 1_250_050],
    ['¥ 300', 'CNY', 30_000],
    ['', 'CNY', 0],
    ['300', 'JPY', 300],
    ['300.5', 'JPY', null],
    ['1.234', 'CNY', null],
    ['1e5', 'CNY', null],
    ['-5', 'CNY', null],
    ['twelve', 'CNY', null],
    ['12345678901', 'CNY', null],
  ])('%s %s are %s minor units', (text, currency, minor) => {
    expect(minorIn(text, currency)).toBe(minor);
  });

  it('come back as they were', () => {
    for (const minor of [1, 10, 99, 100, 12_345, 1_250_050])
      expect(minorIn(amountText(minor, 'CNY'), 'CNY')).toBe(minor);
    expect([amountText(0, 'CNY'), amountText(5, 'JPY'), amountText(30_000, 'CNY')]).toEqual(['', '5', '300']);
  });

  it('are per cents within 0 and 100', () => {
    expect(['0', '100', '50%', '５０', '101', '-1', '5.5', ''].map(percentIn)).toEqual([
      0,
      100,
      50,
      50,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a deal’s form', () => {
  it('sends what differs and nothing else', () => {
    const form = formOf(deal);
    expect(patchOf(form, { ...form, title: ' Lamps ' })).toEqual({});
    expect(patchOf(form, { ...form, amount: '', nextStep: ' ', expectedOn: '', probability: '70' })).toEqual({
      amount: 0,
      nextStep: null,
      expectedOn: null,
      probability: 70,
    });
    expect(patchOf(form, { ...form, currency: 'JPY', amount: '900' })).toEqual({
      amount: 900,
      currency: 'JPY',
    });
  });

  it('makes a new deal of what is filled in', () => {
    expect(bodyOf({ ...blank, title: ' Lamps ', customerId: 'c1', amount: '5' })).toEqual({
      title: 'Lamps',
      customerId: 'c1',
      currency: 'CNY',
      amount: 500,
    });
    expect(faultsOf({ ...blank, amount: 'x', probability: '200' })).toEqual({
      title: 'missing',
      customerId: 'missing',
      amount: 'wrong',
      probability: 'wrong',
    });
  });

  it('knows what a stage still asks for', () => {
    const asking = {
      ...stage,
      probability: 60,
      requiredFields: ['amount', 'contactId', 'source'] as const,
      tasks: [],
    };
    expect(missingFor({ ...asking, requiredFields: [...asking.requiredFields] }, deal)).toEqual([
      'contactId',
      'source',
    ]);
  });
});

describe('a pipeline’s form', () => {
  const pipeline = {
    id: 'p1',
    name: 'Sales',
    isDefault: true,
    version: 2,
    stages: [
      {
        ...stage,
        probability: 60,
        requiredFields: ['amount' as const],
        tasks: [{ title: 'Send the offer', days: 2 }],
      },
      {
        id: 's2',
        name: 'Won',
        kind: 'won' as const,
        probability: 100,
        requiredFields: [],
        ageingDays: null,
        tasks: [],
      },
    ],
  };

  it('goes and comes back', () => {
    const { id: _id, version: _version, ...body } = pipeline;
    expect(shape.bodyOf(shape.formOf(pipeline, null))).toEqual(body);
    const fresh = shape.bodyOf({ ...shape.formOf(null, pipeline), name: 'New' });
    expect(fresh.stages.every(one => one.id === undefined)).toBe(true);
  });

  it('says what is wrong, and moves stages', () => {
    const form = shape.formOf(pipeline, null);
    expect(shape.faultsOf(form)).toEqual({});
    const broken = form.stages.map(one => ({ ...one, name: 'same', probability: 'x', ageingDays: '0' }));
    expect(shape.faultsOf({ ...form, name: ' ', stages: broken })).toEqual({
      name: 'missing',
      'probability.0': 'wrong',
      'ageingDays.0': 'wrong',
      'name.1': 'twice',
    });
    expect(shape.moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(shape.moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  });
});

describe('the address of the list', () => {
  it('passes on what the server knows and drops the rest', () => {
    expect(queryOf({ q: 'x', sort: 'evil', state: 'maybe', moved: 'won', from: '2026' }, '')).toEqual({
      limit: 50,
      q: 'x',
    });
    expect(queryOf({ moved: 'won', movedStage: 's1', from: 'a', to: 'b', sort: '-amount' }, 'next')).toEqual({
      limit: 50,
      after: 'next',
      sort: '-amount',
      moved: 'won',
      movedStage: 's1',
      from: 'a',
      to: 'b',
    });
  });

  it('shows a board until a list is asked for', () => {
    expect([
      isList({}),
      isList({ q: 'x', owner: 'me' }),
      isList({ view: 'list' }),
      isList({ stage: 's' }),
    ]).toEqual([false, false, true, true]);
  });
});
