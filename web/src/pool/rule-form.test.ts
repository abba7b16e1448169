// The form of a pool's rules: what is typed and what it means.
import { expect, it } from 'vitest';
import { faultsOf, formOf, numberIn, ruleOf, usual } from './rule-form.ts';

it.each([
  ['idleDays', '', null],
  ['idleDays', '３０', 30],
  ['idleDays', '0', Number.NaN],
  ['warnDays', '', 0],
  ['warnDays', '0', 0],
  ['warnDays', '400', Number.NaN],
  ['holdingCap', 'many', Number.NaN],
] as const)('reads %s %j as %j', (field, text, number) => {
  expect(numberIn(field, text)).toEqual(number);
});

it('means what it shows, and shows what is meant', () => {
  const rule = ruleOf(usual);
  expect(rule).toMatchObject({ active: true, idleDays: 30, deallessDays: null, exemptStages: ['won'] });
  expect(formOf(rule)).toEqual(usual);
  expect(faultsOf({ ...usual, claimsPerDay: 'x', warnDays: '-1' })).toEqual(['warnDays', 'claimsPerDay']);
});
