// The customer form: what is shown, what is sent, and that only changes are sent.
import { describe, expect, it } from 'vitest';
import { blank, bodyOf, type Customer, differs, faultsOf, formOf, patchOf, tagsIn } from './form.ts';

const customer: Customer = {
  id: '00000000-0000-7000-8000-000000000001',
  name: '宁波海蓝家居用品有限公司',
  phone: '0574 8765 4321',
  email: null,
  website: null,
  industry: null,
  source: '展会 Trade fair',
  level: 'A',
  stage: 'interested',
  address: null,
  city: '宁波',
  remark: null,
  tags: ['重点客户', '账期30天'],
  custom: {},
  owner: { id: '00000000-0000-7000-8000-000000000002', name: '王敏' },
  nextFollowUpAt: '2026-03-04T05:06:00.000Z',
  lastActivityAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  deletedAt: null,
  version: 3,
};

describe('the form of a customer', () => {
  it('sends nothing when nothing was changed, not even the seconds of a time', () => {
    const form = formOf(customer);
    expect(patchOf(form, { ...form, name: ` ${form.name} `, tags: '重点客户，账期30天' })).toEqual({});
  });

  it('sends what was changed, and null for what was emptied', () => {
    const form = formOf(customer);
    const after = { ...form, phone: '', tags: '重点客户', remark: ' 要样品 ', nextFollowUpAt: '' };
    expect(patchOf(form, after)).toEqual({
      phone: null,
      tags: ['重点客户'],
      remark: '要样品',
      nextFollowUpAt: null,
    });
  });

  it('brings a time back as the same moment', () => {
    const form = formOf(customer);
    expect(patchOf(blank, form).nextFollowUpAt).toBe(customer.nextFollowUpAt);
  });

  it('leaves out of a new customer what was not filled in', () => {
    expect(bodyOf({ ...blank, name: ' Acme ', city: ' ' })).toEqual({ name: 'Acme', stage: 'new' });
  });

  it('knows tags by commas of either kind, each once', () => {
    expect(tagsIn('a，b, a、 c；')).toEqual(['a', 'b', 'c']);
    expect(differs('tags', { ...blank, tags: 'a,b' }, { ...blank, tags: 'a，b ' })).toBe(false);
  });
});

describe('faults of the form', () => {
  it('are found before it is sent', () => {
    expect(faultsOf({ ...blank, email: 'x@y', phone: 'abc', website: 'a b' })).toEqual({
      name: 'missing',
      email: 'wrong',
      phone: 'wrong',
      website: 'wrong',
    });
  });

  it('do not mind digits in full width or an empty field', () => {
    expect(faultsOf({ ...blank, name: 'x', phone: '１３８０' })).toEqual({});
  });
});
