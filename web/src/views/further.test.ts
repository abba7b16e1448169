// Further filters between the address and the server.
import { expect, it } from 'vitest';
import { furtherIn, furtherKeys, furtherOf, furtherSet } from './further.ts';

it('send days as moments, the last one whole, and leave out what is no day', () => {
  const search = { city: '宁波', createdFrom: '2026-03-01', createdTo: '2026-02-28', updatedTo: 'soon' };
  expect(furtherIn(search, furtherKeys.customer)).toEqual({
    city: '宁波',
    createdFrom: new Date(2026, 2, 1).toISOString(),
    createdTo: new Date(2026, 2, 1).toISOString(),
  });
  expect(furtherSet('lead', { ...search, industry: 'x' })).toEqual([
    'city',
    'createdFrom',
    'createdTo',
    'updatedTo',
  ]);
  expect([furtherOf('task'), furtherOf('order')]).toEqual([
    { texts: [], spans: ['due'] },
    { texts: [], spans: [] },
  ]);
});
