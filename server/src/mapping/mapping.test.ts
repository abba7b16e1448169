// The pure parts of imports: encodings, delimiters, headings, dates, values, cells.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { csvLine, meant, neutral, plain } from '../formats/cells.ts';
import { delimiterOf } from '../formats/delimiter.ts';
import { decoded, type Encoding, encodingProbe } from '../formats/encoding.ts';
import { mayGive, ownersOf } from '../landing/owners.ts';
import { readDate } from './dates.ts';
import { columnNames, suggest } from './headings.ts';
import { planOf, readRow } from './rows.ts';
import { readValue } from './values.ts';

const text = '客户名称,备注\r\n上海昂科,𠮷野家 龙䶮㐀 “再看看”€\r\n';

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decode(bytes: Uint8Array, encoding: Encoding, size: number): Promise<string> {
  let all = '';
  for await (const part of decoded(pieces(bytes, size), encoding)) all += part;
  return all;
}

function verdictOf(bytes: Uint8Array, size = bytes.length || 1) {
  const probe = encodingProbe();
  for (let at = 0; at < bytes.length; at += size) probe.see(bytes.subarray(at, at + size));
  return probe.verdict();
}

describe('encodings', () => {
  const forms: [string, Encoding, Buffer][] = [
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', 'utf-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', 'utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', 'utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['GB18030', 'gb18030', iconv.encode(text, 'gb18030')],
    ['GB18030 with a byte order mark', 'gb18030', iconv.encode(`\ufeff${text}`, 'gb18030')],
  ];
  it.each(forms)('L51 %s is told and read, cut at any byte', async (_name, encoding, bytes) => {
    for (const size of [1, 2, 3, 5, bytes.length]) {
      expect(verdictOf(bytes, size)).toEqual({ kind: 'text', encoding });
      expect(await decode(bytes, encoding, size)).toBe(text);
    }
  });

  it('Latin text of a European spreadsheet is no Chinese', () => {
    for (const words of ['Müller & Söhne;Größe', 'Société;Orléans;préféré', 'naïve café à la carte'])
      expect(verdictOf(iconv.encode(words, 'windows-1252'))).toEqual({
        kind: 'text',
        encoding: 'windows-1252',
      });
  });

  it('one broken character does not make a UTF-8 file something else', () => {
    const bytes = Buffer.from('客户名称,备注\n'.repeat(40));
    bytes[200] = 0xff;
    expect(verdictOf(bytes)).toEqual({ kind: 'text', encoding: 'utf-8' });
  });

  it('what is no text is named', () => {
    expect(verdictOf(Buffer.alloc(0))).toEqual({ kind: 'fault', fault: 'empty' });
    expect(verdictOf(Buffer.from('PK\u0003\u0004....'))).toEqual({ kind: 'fault', fault: 'spreadsheet' });
    expect(verdictOf(Buffer.from('name,phone\na\u0000b,1\n'))).toEqual({ kind: 'fault', fault: 'binary' });
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]);
    expect(verdictOf(png)).toEqual({ kind: 'fault', fault: 'binary' });
  });
});

describe('delimiters', () => {
  it.each([
    ['a,b;c,d\n1,2,3\n', ','],
    ['a;b;c\n1,5;2;3\n2,5;3;4\n', ';'],
    ['a\tb\tc\n1, 2\t2\t3\n', '\t'],
    ['"a;x";"b\n;;;c",d\n1;2,3\n', ','],
    ['sep=;\na,b,c;d\n', ';'],
    ['name\nAcme, Inc\n', ','],
  ])('of %j is %j', (given, delimiter) => {
    expect(delimiterOf(given)).toBe(delimiter);
  });
});

describe('cells', () => {
  it('L51 any text comes back exactly from the file, and none begins a formula but signed digits', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[ '\t]{0,3}[=+\-@＝|]{1,2}[\w(!$ ]{0,12}$/),
      fc.stringMatching(/^[+-][\d ().-]{1,20}$/),
    );
    fc.assert(
      fc.property(cell, value => {
        const out = neutral(value);
        expect(plain(out)).toBe(value);
        if (/^\s*[=+\-@＝＋－＠]/.test(out)) expect(out).toMatch(/^[+-][\d ().,-]+$/);
        expect(/^[\t\r\n]/.test(out)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
    ['@SUM(A1)', "'@SUM(A1)"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ['-2+3+cmd', "'-2+3+cmd"],
    ['-12.50', '-12.50'],
    ['+86 138-0013-8000', '+86 138-0013-8000'],
    ['+8613800138000', '+8613800138000'],
    ['O’Brien & Söhne', 'O’Brien & Söhne'],
  ])('L51 %j leaves as %j', (value, out) => {
    expect(neutral(value)).toBe(out);
  });

  it('are quoted where they have to be and read as they were meant', () => {
    expect(csvLine(['a"b', 'c,d', 'e\nf', ' g', null])).toBe('"a""b","c,d","e\nf"," g",\r\n');
    expect(meant('="00123"')).toBe('00123');
    expect(meant(" \u3000'=1+1 ")).toBe('=1+1');
    expect(meant('abc\u202e\u2066def')).toBe('abcdef');
  });
});

describe('dates', () => {
  const china = { timeZone: 'Asia/Shanghai', dayFirst: false };
  it.each([
    ['2024-05-06', '2024-05-05T16:00:00.000Z'],
    ['2024/5/6', '2024-05-05T16:00:00.000Z'],
    ['2024.05.06', '2024-05-05T16:00:00.000Z'],
    ['2024-05-06 13:04:05', '2024-05-06T05:04:05.000Z'],
    ['2024-05-06T13:04:05.123Z', '2024-05-06T13:04:05.123Z'],
    ['2024-05-06T13:04:05.000+0000', '2024-05-06T13:04:05.000Z'],
    ['2024-05-06 13:04 +08:00', '2024-05-06T05:04:00.000Z'],
    ['2024年5月6日', '2024-05-05T16:00:00.000Z'],
    ['2024年05月06日 13:04', '2024-05-06T05:04:00.000Z'],
    ['2024年5月6日下午1:04', '2024-05-06T05:04:00.000Z'],
    ['2024年5月6日 13时04分05秒', '2024-05-06T05:04:05.000Z'],
    ['5/6/2024', '2024-05-05T16:00:00.000Z'],
    ['5/6/2024 1:04 PM', '2024-05-06T05:04:00.000Z'],
    ['05/06/2024, 12:30 AM', '2024-05-05T16:30:00.000Z'],
    ['06.05.2024', '2024-05-05T16:00:00.000Z'],
    ['2024/5/6 13:04', '2024-05-06T05:04:00.000Z'],
  ])('%j is %s', (given, at) => {
    expect(readDate(given, china)).toBe(at);
  });

  it('days come first where that was chosen, and summer time holds', () => {
    expect(readDate('6/5/2024', { timeZone: 'UTC', dayFirst: true })).toBe('2024-05-06T00:00:00.000Z');
    expect(readDate('2024-07-01 12:00', { timeZone: 'Europe/Berlin', dayFirst: false })).toBe(
      '2024-07-01T10:00:00.000Z',
    );
  });

  it.each(['', 'soon', '2024-13-01', '2024-02-30', '31/12/2024', '2024-05-06 25:00', '45000', '1.5'])(
    '%j is no date',
    given => {
      expect(readDate(given, china)).toBeNull();
    },
  );

  it('nothing that is typed makes it throw', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d年月日/:.\- TZ+上下午PM]{0,30}$/), given => {
        const at = readDate(given, china);
        expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('headings', () => {
  const headings = (file: string, encoding: string) =>
    (
      iconv
        .decode(readFileSync(new URL(`../imports/fixtures/${file}`, import.meta.url)), encoding)
        .split('\r\n')[0] ?? ''
    )
      .split(/[,;]/)
      .map(heading => heading.replaceAll('"', ''));
  it.each([
    [
      'salesforce-accounts.csv',
      'utf-8',
      'customer',
      'owner name null level null null address city address address address phone website industry source createdAt remark foreignId',
    ],
    [
      'hubspot-companies.csv',
      'utf-8',
      'customer',
      'foreignId name owner createdAt phone null city address industry website stage address address address source',
    ],
    [
      'hubspot-contacts.csv',
      'utf-8',
      'contact',
      'foreignId givenName familyName email remark phone owner null createdAt customer title',
    ],
    [
      'wukong-customers.gb18030.csv',
      'gb18030',
      'customer',
      'name level industry source stage phone remark website nextFollowUpAt remark address owner null createdAt',
    ],
    [
      'wukong-contacts.gb18030.csv',
      'gb18030',
      'contact',
      'name customer phone remark email isPrimary title null remark remark owner createdAt',
    ],
    [
      'template-zh.csv',
      'utf-8',
      'customer',
      'name contactName contactPhone phone email industry source level owner city address tags remark createdAt',
    ],
  ] as const)('of %s are recognised', (file, encoding, object, fields) => {
    expect(suggest(object, headings(file, encoding)).map(String).join(' ')).toBe(fields);
  });

  it('our own field names are recognised, whatever their spelling', () => {
    expect(suggest('customer', ['NAME', 'Next Follow-Up At', 'foreign_id', 'whatever'])).toEqual([
      'name',
      'nextFollowUpAt',
      'foreignId',
      null,
    ]);
  });

  it('every column has a name of its own', () => {
    expect(columnNames(['a', 'a', '', 'a (2)', ' b \n c ', ''])).toEqual([
      'a',
      'a (2)',
      '#3',
      'a (2) (2)',
      'b c',
      '#6',
    ]);
  });
});

describe('rows', () => {
  const style = { timeZone: 'UTC', dayFirst: false };
  it('values of several columns come together, foreign ones with their heading', () => {
    const columns = ['客户名称', '备注', '手机', '省', '市', '街道'];
    const plan = planOf('customer', columns, {
      客户名称: 'name',
      备注: 'remark',
      手机: 'remark',
      省: 'address',
      市: 'address',
      街道: 'address',
    });
    expect(readRow(plan, ['昂科', '老客户', '13800138000', '江苏', '苏州', 'Main St'], style)).toEqual({
      values: { name: '昂科', remark: '老客户\n手机: 13800138000', address: '江苏苏州, Main St' },
      faults: [],
    });
  });

  it('names are put together as their script has them', () => {
    const plan = planOf('contact', ['First Name', 'Last Name'], {
      'First Name': 'givenName',
      'Last Name': 'familyName',
    });
    expect(readRow(plan, ['Dana', 'Whitfield'], style).values).toEqual({ name: 'Dana Whitfield' });
    expect(readRow(plan, ['伟', '陈'], style).values).toEqual({ name: '陈伟' });
    expect(readRow(plan, ['', ''], style).faults).toEqual([
      { column: null, field: 'name', code: 'missing', value: null },
    ]);
  });

  it.each([
    ['email', 'a@b', 'email'],
    ['email', 'Dana@Example.COM', { value: 'dana@example.com' }],
    ['phone', '1.38E+10', 'shortened'],
    ['phone', 'none', 'phone'],
    ['phone', '+86 138-0013-8000', { value: '+86 138-0013-8000' }],
    ['website', 'javascript:alert(1)', 'website'],
    ['website', 'www.example.com/a', { value: 'www.example.com/a' }],
    ['stage', '已成交', { value: 'won' }],
    ['stage', 'purple', 'choice'],
    ['tags', '食品、老客户;VIP', { value: ['食品', '老客户', 'VIP'] }],
    ['name', 'a\ufffdb', 'damaged'],
    ['name', 'a\u0001b', 'control'],
    ['name', 'x'.repeat(201), 'too-long'],
    ['name', 'two\nlines', { value: 'two lines' }],
    ['isPrimary', '是', { value: true }],
  ] as const)('%s %j', (field, given, expected) => {
    const reading = readValue(field, given, style);
    expect(typeof expected === 'string' ? reading : { ...reading }).toEqual(
      typeof expected === 'string' ? { code: expected } : expected,
    );
  });
});

describe('owners', () => {
  const wang = { id: '1', name: '王芳', email: 'fang@example.com', teamId: 'a' };
  const other = { id: '2', name: '王芳', email: 'wf@example.com', teamId: 'b' };
  const dana = { id: '3', name: 'Dana Whitfield', email: 'dana@example.com', teamId: null };
  const owners = ownersOf([wang, other, dana]);
  it('are found by address, or by a name that is one person’s alone', () => {
    expect(owners.find('FANG@example.com')).toBe(wang);
    expect(owners.find('王芳')).toBe('owner-ambiguous');
    expect(owners.find('王芳(wf@example.com)')).toBe(other);
    expect(owners.find('dana  whitfield')).toBe(dana);
    expect(owners.find('Nobody')).toBe('owner-unknown');
  });

  it('are given records within the importer’s reach only', () => {
    expect(mayGive(wang, 'own', wang)).toBe(true);
    expect(mayGive(wang, 'own', other)).toBe(false);
    expect(mayGive(wang, 'team', { id: '9', teamId: 'a' })).toBe(true);
    expect(mayGive(dana, 'team', { id: '9', teamId: null })).toBe(false);
    expect(mayGive(wang, 'all', other)).toBe(true);
    expect(mayGive(wang, 'none', wang)).toBe(false);
  });
});
