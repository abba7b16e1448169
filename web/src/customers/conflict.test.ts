// Merging two people's changes: nothing either of them typed is lost without somebody having chosen so (L42).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosen, clashesOf, merged, suggestion } from './conflict.ts';

const fields = ['name', 'phone', 'remark'] as const;
const base = { name: 'Acme', phone: '1', remark: 'met at the fair' };

function clashes(mine: Partial<typeof base>, theirs: Partial<typeof base>) {
  return clashesOf(fields, { base, mine: { ...base, ...mine }, theirs: { ...base, ...theirs } }, ['remark']);
}

describe('two versions of a record', () => {
  it('do not clash where they agree, spaces aside', () => {
    expect(clashes({ phone: '2' }, { phone: ' 2 ' })).toEqual([]);
  });

  it('contest a field only when both changed it', () => {
    const found = clashes({ name: 'Acme Ltd', phone: '2' }, { phone: '3', remark: 'x' });
    expect(found.map(one => [one.field, one.contested])).toEqual([
      ['phone', true],
      ['name', false],
      ['remark', false],
    ]);
    expect(found.map(suggestion)).toEqual(['mine', 'mine', 'theirs']);
  });

  it('suggest to keep both texts where they can stand together', () => {
    const [clash] = clashes({ remark: 'wants samples' }, { remark: 'wants a price' });
    expect(clash && suggestion(clash)).toBe('both');
    expect(clash && chosen(clash, 'both', '\n')).toBe('wants a price\nwants samples');
  });

  it('do not say twice what one already holds', () => {
    const [clash] = clashes({ remark: 'met at the fair, wants samples' }, { remark: 'wants samples' });
    expect(clash && chosen(clash, 'both', '\n')).toBe('met at the fair, wants samples');
  });
});

describe('the merged record', () => {
  it('holds what was chosen, and theirs everywhere else', () => {
    const mine = { name: 'Acme Ltd', phone: '2', remark: 'mine' };
    const theirs = { name: 'Acme', phone: '3', remark: 'theirs' };
    const found = clashesOf(fields, { base, mine, theirs });
    expect(merged(theirs, found, { phone: 'theirs', remark: 'mine' })).toEqual({
      name: 'Acme Ltd',
      phone: '3',
      remark: 'mine',
    });
  });

  it('L42 keeps every change of either one that the other did not touch', () => {
    const text = fc.string({ maxLength: 6 });
    const record = fc.record({ name: text, phone: text, remark: text });
    fc.assert(
      fc.property(record, record, record, (start, mine, theirs) => {
        const result = merged(theirs, clashesOf(fields, { base: start, mine, theirs }), {});
        for (const field of fields) {
          const iChanged = mine[field].trim() !== start[field].trim();
          const theyChanged = theirs[field].trim() !== start[field].trim();
          if (iChanged) expect(result[field].trim()).toBe(mine[field].trim());
          else if (theyChanged) expect(result[field]).toBe(theirs[field]);
        }
      }),
    );
  });
});
