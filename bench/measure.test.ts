// How figures are made out of samples, and rows out of dice.
import { expect, it } from 'vitest';
import { median, round } from './measure.ts';
import { copyLine, customers } from './million/rows.ts';

it('takes the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

it('rounds by size', () => {
  expect(round(1234.56)).toBe(1235);
  expect(round(12.345)).toBe(12.35);
  expect(round(0.87654, 3)).toBe(0.877);
});

it('makes the same customers every time, each with its search keys', () => {
  const owners = [
    { id: 'a', teamId: null },
    { id: 'b', teamId: 't' },
  ];
  const input = {
    workspaceId: '018f0000-0000-7000-8000-00000000beef',
    owners,
    count: 300,
    now: 1.8e12,
    followUps: 3,
  };
  const rows = [...customers(input)];
  expect([...customers(input)]).toEqual(rows);
  expect(rows).toHaveLength(300);
  const made = rows.flatMap(row => row.customers);
  expect(new Set(made.map(row => row.id)).size).toBe(300);
  expect(made.filter(row => row.owner_id === 'a').length).toBeGreaterThan(20);
  for (const {
    customers: [customer],
    contacts: [contact],
    activities,
    ...keyed
  } of rows) {
    expect([keyed.customer_keys[0]?.id, contact?.customer_id]).toEqual([customer?.id, customer?.id]);
    expect(keyed.contact_keys[0]?.id).toBe(contact?.id);
    expect(keyed.customer_keys[0]?.keys).toSatisfy((found: string[]) => found.length > 5);
    expect(customer?.team_id).toBe(customer?.owner_id === 'a' ? null : 't');
    expect(activities.map(row => row.customer_id)).toEqual([customer?.id, customer?.id, customer?.id]);
    expect(keyed.activity_keys.map(row => row.id)).toEqual(activities.map(row => row.id));
  }
});

it('writes rows as COPY reads them', () => {
  const row = { a: 'tab\there\\', b: null, c: ['plain', 'a "quoted" \\ one', '{,}'], d: 7 };
  expect(copyLine(['a', 'b', 'c', 'd'], row)).toBe(
    'tab\\there\\\\\t\\N\t{"plain","a \\\\"quoted\\\\" \\\\\\\\ one","{,}"}\t7',
  );
});
