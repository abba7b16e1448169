// The story the demo tells: the same every time, believable, and nobody real in it.
import { expect, test } from 'vitest';
import { tell } from './story.ts';

const now = Date.parse('2026-03-18T08:30:00Z');
const day = 86_400_000;
const accounts = tell(7, now);
const followUps = accounts.flatMap(account => account.followUps);
const buyers = accounts.flatMap(account => account.buyers);

test('the same seed and day tell the same story, another seed another one', () => {
  expect(tell(7, now)).toEqual(accounts);
  expect(tell(8, now)).not.toEqual(accounts);
});

test('some 300 customers, 420 contacts and 1,500 follow-ups over 18 months', () => {
  expect(accounts.length).toBeGreaterThanOrEqual(290);
  expect(Math.abs(buyers.length - 420)).toBeLessThan(50);
  expect(Math.abs(followUps.length - 1_500)).toBeLessThan(200);
  expect(Math.min(...accounts.map(a => a.createdAt))).toBeLessThan(now - 500 * day);
});

test('nothing has happened before its customer came, nor will have happened in the future', () => {
  for (const account of accounts) {
    expect(account.createdAt).toBeLessThan(now);
    const times = account.followUps.map(f => f.at);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    for (const at of times) {
      expect(at).toBeGreaterThan(account.createdAt);
      expect(at).toBeLessThan(now);
    }
  }
});

test('next follow-ups lie around today: some overdue, some today, some to come', () => {
  const days = accounts.flatMap(a => (a.nextAt === null ? [] : [(a.nextAt - now) / day]));
  expect(days.filter(d => d < -0.5).length).toBeGreaterThan(10);
  expect(days.filter(d => Math.abs(d) <= 0.5).length).toBeGreaterThan(2);
  expect(days.filter(d => d > 0.5).length).toBeGreaterThan(80);
});

test('what is planned last is the customer’s own next follow-up', () => {
  for (const account of accounts) {
    const last = account.followUps.at(-1);
    if (last) expect(last.nextAt).toBe(account.nextAt);
  }
});

test('every company is there once, and every gap in a sentence is filled', () => {
  expect(new Set(accounts.map(a => a.company.domain)).size).toBe(accounts.length);
  for (const { body } of followUps) expect(body).not.toMatch(/[{}]|undefined/);
});

test('nobody can be reached: domains under .example, numbers kept for fiction or with a block of zeros', () => {
  for (const { company } of accounts) expect(company.domain).toMatch(/\.example$/);
  for (const { email } of buyers) expect(email).toMatch(/^[a-z.-]+@[a-z-]+\.example$/);
  const fiction =
    /^(?:\d{3} 0000 \d{4}|\+44 7700 900\d{3}|\+1 \d{3}-555-01\d\d|\+61 491 570 \d{3}|\+49 171 39200\d\d|\+33 6 39 98 \d\d \d\d)$/;
  for (const { phone } of buyers) expect(phone).toMatch(fiction);
});

test('both languages are there in names, notes and tags', () => {
  const han = /\p{Script=Han}/u;
  expect(accounts.filter(a => han.test(a.company.name)).length).toBeGreaterThan(100);
  expect(accounts.filter(a => !han.test(a.company.name)).length).toBeGreaterThan(80);
  expect(followUps.filter(f => han.test(f.body)).length).toBeGreaterThan(400);
  expect(followUps.filter(f => !han.test(f.body)).length).toBeGreaterThan(400);
});
