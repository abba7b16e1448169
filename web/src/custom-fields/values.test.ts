// Values of the workspace's own fields: as typed, as sent, as shown.
import { describe, expect, it } from 'vitest';
import { type CustomField, customFaults, customPatch, customTexts, labelOf } from './values.ts';

const field = (key: string, kind: CustomField['kind'], more: Partial<CustomField> = {}): CustomField => ({
  id: key,
  object: 'customer',
  key,
  label: key,
  labelOther: null,
  kind,
  choices: [],
  currency: null,
  target: null,
  indexed: true,
  required: false,
  position: 1,
  archivedAt: null,
  version: 1,
  ...more,
});
const fields = [
  field('size', 'number'),
  field('credit', 'money', { currency: 'CNY' }),
  field('vip', 'flag'),
  field('site', 'link'),
  field('note', 'text', { required: true }),
];
const custom = { size: 12.5, credit: -120_050, vip: false, site: 'https://x.cn/a', note: 'x' };

describe('values of own fields', () => {
  it('come back as they were typed, and nothing is sent where nothing changed', () => {
    const texts = customTexts(fields, custom);
    expect(texts).toEqual({
      'custom.size': '12.5',
      'custom.credit': '-1200.50',
      'custom.vip': 'no',
      'custom.site': 'https://x.cn/a',
      'custom.note': 'x',
    });
    expect(customPatch(fields, texts, { ...texts, 'custom.note': ' x ' })).toEqual({});
  });

  it('are sent as the server wants them, full-width digits too; an emptied one as null', () => {
    const typed = {
      'custom.size': '１，２００',
      'custom.credit': '99.9',
      'custom.vip': 'yes',
      'custom.site': 'x.cn',
      'custom.note': '',
    };
    expect(customPatch(fields, customTexts(fields, custom), typed)).toEqual({
      custom: { size: 1200, credit: 9990, vip: true, site: 'https://x.cn', note: null },
    });
    expect(customFaults(fields, typed)).toEqual({ 'custom.note': 'missing' });
    expect(customFaults(fields, { ...typed, 'custom.note': 'y', 'custom.size': 'many' })).toEqual({
      'custom.size': 'wrong',
    });
  });

  it('are labelled in the reader’s language where it has a label', () => {
    const both = field('a', 'text', { label: '等级', labelOther: 'Grade' });
    expect([labelOf(both, 'zh-CN'), labelOf(both, 'en')]).toEqual(['等级', 'Grade']);
    expect(labelOf(field('b', 'text', { label: 'Grade' }), 'zh-CN')).toBe('Grade');
  });
});
