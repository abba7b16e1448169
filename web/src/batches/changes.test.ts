// From typed rows to what the server takes.
import { expect, it } from 'vitest';
import type { CustomField } from '../custom-fields/values.ts';
import { changeOf, faultsOf, type Row } from './changes.ts';

const row = (field: string, text: string, reason = ''): Row => ({ field, text, reason });
const own = [{ key: 'seats', kind: 'number' }] as CustomField[];

it('joins rows into one change, with own fields, tags, and nothing for an emptied field', () => {
  const rows = [
    row('ownerId', 'none'),
    row('city', ''),
    row('score', '40'),
    row('addTags', '展会，VIP, VIP'),
    row('custom.seats', '12'),
    row('', ''),
  ];
  expect(changeOf(rows, own)).toEqual({
    set: { ownerId: null, city: null, score: 40, custom: { seats: 12 } },
    addTags: ['展会', 'VIP'],
  });
  expect(changeOf([row('custom.seats', '')], own)).toEqual({ set: { custom: { seats: null } } });
  expect(changeOf([row('', 'x')], own)).toBeNull();
});

it('sends the reason with what needs one, and says what is missing', () => {
  const lost = row('stageId', 'a', 'price');
  expect(changeOf([lost], own)).toEqual({ set: { stageId: 'a', lostReason: 'price' } });
  const rows = [row('stageId', 'a'), row('ownerId', ''), row('probability', '120'), row('city', '')];
  expect(faultsOf(rows, one => one.field === 'stageId')).toEqual({ 0: 'reason', 1: 'missing', 2: 'wrong' });
});
