// Spans, periods and links of the figures; tables as files.
import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';
import { deedsOf, edgesOf, type Forecast, narrowOf, partDeals, periodsAt } from './search.ts';

it.each([
  ['=1+2', "'=1+2"],
  ['+86 10', "'+86 10"],
  ['-4', "'-4"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1+2', "'＝1+2"],
  [' =1', "' =1"],
  ['\t=1', '"\'\t=1"'],
  ['a "b", c', '"a ""b"", c"'],
  ['星辰', '星辰'],
])('no cell of a file is a formula: %s (L51)', (typed, written) => {
  expect(csvOf([[typed, -4]])).toBe(`\ufeff${written},-4\r\n`);
});

const now = new Date(2026, 10, 23, 9, 30).getTime();

it('a span ends tonight and has a bound for each day, or for each week of a long one', () => {
  const week = edgesOf(now, '7');
  expect([week.length, week[0]?.getDate(), week.at(-1)?.getDate()]).toEqual([9, 16, 24]);
  const quarter = edgesOf(now, '90');
  expect(quarter.length).toBe(14);
  expect(quarter.at(-1)?.getTime()).toBe(new Date(2026, 10, 24).getTime());
});

it('periods go round the turn of the year', () => {
  expect(periodsAt(now)).toEqual([
    '2026-11',
    '2026-Q4',
    '2026-12',
    '2027-01',
    '2027-Q1',
    '2026-10',
    '2026-Q3',
  ]);
});

it('parts of a forecast lead to deals that do not overlap', () => {
  const forecast = {
    from: 'a',
    to: 'b',
    wonFrom: 'c',
    wonTo: 'd',
    levels: { sure: 75, likely: 40 },
    whose: { owner: 'me', team: null },
  } as Forecast;
  const of = (part: 'sure' | 'likely' | 'open') => {
    const search = partDeals(narrowOf({ who: 'team:x' }), forecast, part, 'CNY');
    return [search.team, search.owner, search.chanceFrom, search.chanceTo];
  };
  expect([of('sure'), of('likely'), of('open')]).toEqual([
    ['x', 'me', '75', undefined],
    ['x', 'me', '40', '75'],
    ['x', 'me', undefined, '40'],
  ]);
});

it('a number of deeds leads to those of that person, kind and day', () => {
  const edges = ['a', 'b', 'c'];
  expect(deedsOf({ who: 'me', kind: 'call' }, edges)).toEqual({
    author: 'me',
    from: 'a',
    to: 'c',
    kind: 'call',
  });
  expect(deedsOf({ who: 'x', kind: 'new', day: 'b' }, edges)).toEqual({ author: 'x', from: 'b', to: 'c' });
  expect(deedsOf({ who: 'team:x' }, edges)).toBeNull();
});
