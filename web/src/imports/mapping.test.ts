// Mapping columns to fields: nothing is imported without a name, no field is fed twice by accident.
import { describe, expect, it } from 'vitest';
import { fieldsInUse, mappingFaults, type Offered, percent, remapped } from './mapping.ts';

const one = (field: Offered[number]['field'], need: Offered[number]['need'] = 'free', several = false) => ({
  field,
  need,
  several,
  label: null,
});
const contact = [one('name', 'needed'), one('familyName', 'stands-in'), one('phone')];
const customer = [one('name', 'needed'), one('phone'), one('remark', 'free', true)];

describe('a mapping', () => {
  it('needs a name: for a contact, half of one will do', () => {
    expect(mappingFaults(customer, { 公司: 'name' }).nameMissing).toBe(false);
    expect(mappingFaults(customer, { 公司: 'phone', b: null }).nameMissing).toBe(true);
    expect(mappingFaults(contact, { 姓: 'familyName' }).nameMissing).toBe(false);
    expect(mappingFaults(contact, { 姓: 'phone' }).nameMissing).toBe(true);
  });

  it('tells a field that two columns feed, unless their texts can be joined', () => {
    expect(mappingFaults(customer, { a: 'name', b: 'phone', c: 'phone' }).doubled).toEqual(['phone']);
    expect(mappingFaults(customer, { a: 'name', b: 'remark', c: 'remark' }).doubled).toEqual([]);
  });

  it('takes a field away from the column that had it', () => {
    expect(remapped(customer, { a: 'phone', b: null }, 'b', 'phone')).toEqual({ a: null, b: 'phone' });
    expect(remapped(customer, { a: 'remark', b: null }, 'b', 'remark')).toEqual({ a: 'remark', b: 'remark' });
    expect(remapped(customer, { a: null, b: 'phone' }, 'b', null)).toEqual({ a: null, b: null });
  });

  it('shows the fields in use in the order they are offered', () => {
    expect(fieldsInUse(customer, { a: 'remark', b: null, c: 'name', d: 'remark' })).toEqual([
      'name',
      'remark',
    ]);
  });
});

describe('progress', () => {
  it('is never over a hundred and never called done before it is', () => {
    expect(percent(999, 1000)).toBe(99);
    expect(percent(1200, 1000)).toBe(100);
    expect(percent(0, 0)).toBe(100);
  });
});
