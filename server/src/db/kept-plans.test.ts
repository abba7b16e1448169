// Which statements keep their plan: those that are asked often, not those that came first.
import type pg from 'pg';
import { expect, it } from 'vitest';
import { keepPlans, keptMark } from './kept-plans.ts';

it('keeps the plan of what is asked often, however many other shapes there were before', () => {
  const sent: unknown[] = [];
  const client = { query: (what: unknown) => void sent.push(what) } as unknown as pg.PoolClient;
  keepPlans(client);
  const named = (text: string) => {
    void client.query(text, []);
    return typeof sent.at(-1) === 'object';
  };
  // A list has a shape for each limit, order and set of filters: nobody's use them up by asking once.
  for (let limit = 1; limit <= 1_000; limit++)
    expect(named(`${keptMark}select 1 from customers limit ${limit}`)).toBe(false);
  const often = `${keptMark}select 1 from sessions`;
  expect(Array.from({ length: 6 }, () => named(often))).toEqual([false, false, false, false, true, true]);
  expect(named('select 1 from sessions')).toBe(false);
});

it('writes lists of numbers without the driver’s quotes, and leaves everything else alone', () => {
  const sent: unknown[] = [];
  const client = {
    query: (_: unknown, values: unknown) => void sent.push(values),
  } as unknown as pg.PoolClient;
  keepPlans(client);
  const others = [null, 'a', 7, [], ['1', '2'], [1, null], [[1], [2]], { numbers: [1] }];
  void client.query('select $1', [[1, -2, 2_147_483_647], [0.5], ...others]);
  expect(sent.at(-1)).toEqual(['{1,-2,2147483647}', '{0.5}', ...others]);
  void client.query('select 1');
  expect(sent.at(-1)).toBeUndefined();
});
