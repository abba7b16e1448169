// The contact form sends what was filled in or changed, and nothing else.
import { describe, expect, it } from 'vitest';
import { blankContact, contactBodyOf, contactPatchOf } from './form.ts';

describe('the form of a contact', () => {
  it('makes a contact of its customer, from what was filled in', () => {
    expect(contactBodyOf({ ...blankContact, name: ' 李雷 ', phone: '138' }, 'c1')).toEqual({
      name: '李雷',
      phone: '138',
      customerId: 'c1',
    });
    expect(contactBodyOf({ ...blankContact, name: '李雷', isPrimary: 'yes' }, null)).toEqual({
      name: '李雷',
      isPrimary: true,
    });
  });

  it('sends changes only, null for what was emptied', () => {
    const before = { ...blankContact, name: 'A', phone: '1', isPrimary: 'yes' };
    expect(contactPatchOf(before, { ...before, name: 'A ' })).toEqual({});
    expect(contactPatchOf(before, { ...before, phone: ' ', isPrimary: '' })).toEqual({
      phone: null,
      isPrimary: false,
    });
  });
});
