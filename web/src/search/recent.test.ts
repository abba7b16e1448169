// Which pages count as a look at a record, and in which order looks are kept.
import { expect, it } from 'vitest';
import { afterVisit, visitIn } from './recent.ts';

const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;

it('takes pages of records for a visit, and nothing else', () => {
  expect(visitIn(`/customers/${id(1)}`)).toEqual({ object: 'customer', id: id(1) });
  expect(visitIn(`/orders/${id(2)}`)).toEqual({ object: 'order', id: id(2) });
  for (const other of ['/customers', '/customers/bin', `/people/${id(1)}`, `/orders/${id(1)}/print`])
    expect(visitIn(other)).toBeNull();
});

it('keeps each record once, the last first, eight at most', () => {
  let visits = [1, 2, 3, 1].reduce<ReturnType<typeof afterVisit>>(
    (before, number) => afterVisit(before, { object: 'deal', id: id(number) }),
    [],
  );
  expect(visits.map(visit => visit.id)).toEqual([id(1), id(3), id(2)]);
  for (const number of [4, 5, 6, 7, 8, 9]) visits = afterVisit(visits, { object: 'deal', id: id(number) });
  expect(visits).toHaveLength(8);
  expect(visits[0]?.id).toBe(id(9));
});
