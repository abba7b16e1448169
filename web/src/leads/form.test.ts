// The form of a lead: what goes to the server of what was typed.
import { expect, it } from 'vitest';
import { blank, bodyOf, faultsOf, patchOf, scoreIn } from './form.ts';

it.each([
  ['', null],
  [' 80 ', 80],
  ['８０', 80],
  ['101', Number.NaN],
  ['-1', Number.NaN],
  ['high', Number.NaN],
])('reads the score %j as %j', (text, score) => {
  expect(scoreIn(text)).toEqual(score);
});

it('sends what is filled in, and of a change what differs', () => {
  const form = { ...blank, name: ' 何静 ', tags: '展会，重点', score: '70' };
  expect(bodyOf(form)).toEqual({ name: '何静', tags: ['展会', '重点'], score: 70 });
  const later = { ...form, name: '何静', tags: '展会、重点', score: '', city: '宁波' };
  expect(patchOf(form, later)).toEqual({ score: null, city: '宁波' });
});

it('calls wrong what the server would refuse', () => {
  expect(faultsOf({ ...blank, phone: 'none', email: 'x@', score: '200' })).toEqual({
    name: 'missing',
    phone: 'wrong',
    email: 'wrong',
    score: 'wrong',
  });
});
