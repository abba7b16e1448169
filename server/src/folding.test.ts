// How names and phones are folded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from './customers/rules.ts';
import { folded, keyNumber, phoneDigits, searchKeys, sortKey, wantedIn, wantedKeys } from './folding.ts';

describe('one company under two spellings', () => {
  it.each([
    ['华腾科技有限公司', '华腾科技'],
    ['华腾科技(集团)股份有限公司', '华腾 科技'],
    ['华腾科技有限责任公司', '华腾科技集团'],
    ['ＡＣＭＥ Co., Ltd.', 'acme'],
    ['Acme Inc', 'ACME, Inc.'],
    ['O’Neil & Sons Limited', 'O Neil Sons'],
    ['Müller GmbH', 'müller'],
  ])('%s and %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each([
    ['华腾科技', '华腾电子'],
    ['Zinc', 'Z'],
    ['Costco', 'Cost'],
    ['有限公司', '集团'],
  ])('not %s and %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it('leaves something of every name that holds a letter or digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), name => {
        if (/[\p{L}\p{N}]/u.test(name.normalize('NFKC').toLowerCase())) expect(nameKey(name)).not.toBe('');
      }),
    );
  });
});

it.each([
  ['+86 138-0013-8000', '13800138000'],
  ['0086 13800138000', '13800138000'],
  ['8613800138000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['(021) 6888 1234 ext 5', '021688812345'],
  ['+1 415 555 2671', '14155552671'],
  ['86', '86'],
  ['none', null],
  ['', null],
  [null, null],
])('the digits of %s are %s', (phone, digits) => {
  expect(phoneDigits(phone)).toBe(digits);
});

it('whatever lies anywhere within a name is found by its keys', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), fc.nat(), fc.nat(), (name, from, length) => {
      const text = folded(name);
      const characters = [...text];
      const start = from % Math.max(1, characters.length);
      const part = characters.slice(start, start + 2 + (length % 5)).join('');
      const wanted = wantedIn(part);
      if (!wanted?.name || [...wanted.name].length < 2 || !text.includes(wanted.name)) return;
      const keys = new Set(searchKeys('abcd', { name, phone_digits: null, email: null }));
      const way = wantedKeys('abcd', wanted)[0] ?? [];
      expect(way.length).toBeGreaterThan(0);
      expect(way.filter(key => !keys.has(keyNumber(key)))).toEqual([]);
    }),
  );
});

it('orders Chinese by pinyin, in plain byte order', () => {
  const names = ['张', '安', '李', '王', '陈'];
  expect(names.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual([
    '安',
    '陈',
    '李',
    '王',
    '张',
  ]);
});

it('sort keys are short and whole, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), name => {
      const key = sortKey(name.toWellFormed());
      expect(key.isWellFormed()).toBe(true);
      expect(key.length).toBeLessThanOrEqual(100);
    }),
  );
});
