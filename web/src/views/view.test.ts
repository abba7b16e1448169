// Views between the address and the server.
import { expect, it } from 'vitest';
import { chosen, conditionsIn, customOf, isAsKept, keptOf, searchOf } from './view.ts';

const kept = {
  filters: { custom: '{"size":{"from":10}}', stage: 'won' },
  sort: 'name',
  columns: ['name', 'city'],
};

it('go into the address and come back the same', () => {
  const search = searchOf({ ...kept, id: 'x' });
  expect(search).toEqual({ ...kept.filters, sort: 'name', cols: 'name,city', v: 'x' });
  expect(keptOf({ ...search, sheet: 'new', owner: '' })).toEqual(kept);
  expect(isAsKept({ ...kept, filters: { stage: 'won', custom: kept.filters.custom } }, search)).toBe(true);
  expect(isAsKept(kept, { ...search, stage: 'lost' })).toBe(false);
  expect(isAsKept(kept, { ...search, sort: undefined })).toBe(false);
});

it('read conditions on own fields, and none from what is no JSON', () => {
  expect(conditionsIn('{"size":{"from":10}}')).toEqual({ size: { from: 10 } });
  for (const broken of [undefined, '', '{', '[1]', '3', 'null']) expect(conditionsIn(broken)).toEqual({});
  expect([customOf({}), customOf({ a: true })]).toEqual(['', '{"a":true}']);
});

it('show the chosen columns in their order, the first always', () => {
  const columns = ['name', 'stage', 'city', 'custom.size'].map(key => ({ key }));
  const keys = (cols: string | undefined) => chosen(columns, cols, ['name', 'stage']).map(one => one.key);
  expect(keys(undefined)).toEqual(['name', 'stage']);
  expect(keys('custom.size,gone,stage')).toEqual(['name', 'custom.size', 'stage']);
});
