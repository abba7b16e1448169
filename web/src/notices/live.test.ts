// What a hint makes old, and what it leaves alone.
import { describe, expect, it } from 'vitest';
import { isKnown, touchedBy } from './live.ts';

describe('a hint', () => {
  it('names the record and the lists of its kind', () => {
    expect(touchedBy({ object: 'deal', id: 'd', version: 2 })).toEqual({
      own: [['deals', 'd']],
      lists: [['deals']],
    });
  });

  it('of a comment touches the comments and the time line of its record, not the record', () => {
    const hint = { object: 'comment', id: 'c', version: null, of: { type: 'customer', id: 'u' } };
    expect(touchedBy(hint).own).toEqual([
      ['comments', 'customer', 'u'],
      ['customers', 'u', 'timeline'],
    ]);
  });

  it('of a follow-up touches its customer, whose next date may have moved', () => {
    const hint = { object: 'activity', id: 'a', version: null, of: { type: 'customer', id: 'u' } };
    expect(touchedBy(hint)).toEqual({ own: [['customers', 'u']], lists: [['activities']] });
  });

  it('says nothing new of what is held in that version or a later one', () => {
    const hint = { object: 'deal', id: 'd', version: 3 };
    expect([2, 3, 4].map(version => isKnown({ version }, hint))).toEqual([false, true, true]);
    expect(isKnown(undefined, hint)).toBe(false);
    expect(isKnown({ version: 9 }, { ...hint, version: null })).toBe(false);
  });
});
