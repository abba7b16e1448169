// What is read out of bodies: vCards of every version, forms, JSON; and whatever comes, an answer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, textOf } from '../formats/charsets.ts';
import { readVcards } from '../formats/vcard.ts';
import { meaningOf } from './field-names.ts';
import { type Field, formFields, readBody } from './reading.ts';
import { noteOf, recognise, recordsOf } from './rules.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const one = (text: string | Uint8Array<ArrayBuffer>): Field[] =>
  readVcards(typeof text === 'string' ? bytes(text) : text)[0] ?? [];
const valueIn = (fields: Field[], name: string) => fields.find(field => field.name === name)?.value;

describe('a vCard', () => {
  it('3.0 is unfolded between the bytes of a character, and unescaped', () => {
    const whole = card('VERSION:3.0', 'FN:王小明', 'NOTE:第一行\\n第二行\\, 好\\; 完');
    const folded = Buffer.from(whole);
    const cut = folded.indexOf(Buffer.from('小')) + 1;
    const broken = Buffer.concat([folded.subarray(0, cut), Buffer.from('\r\n '), folded.subarray(cut)]);
    const fields = one(new Uint8Array(broken));
    expect(valueIn(fields, 'FN')).toBe('王小明');
    expect(valueIn(fields, 'NOTE')).toBe('第一行\n第二行, 好; 完');
  });

  it('4.0 has groups, quoted parameters and tel: addresses', () => {
    const fields = one(
      card(
        'VERSION:4.0',
        'item1.ORG;SORT-AS="a:b":Acme\\; Sons;Sales',
        'FN:Jo Bell',
        'TEL;VALUE=uri;TYPE="voice,home":tel:+44-20-7946-0001',
        'TEL;TYPE=cell;VALUE=uri:tel:+44-7700-900123',
        'EMAIL:mailto:jo@acme.example',
        'ADR:;;1 High St;London;;E1 6AN;UK',
        'X-WECHAT:jobell',
      ),
    );
    expect(valueIn(fields, 'ORG')).toBe('Acme; Sons');
    expect(fields.filter(field => field.name === 'TEL').map(field => field.value)).toEqual([
      '+44-7700-900123',
      '+44-20-7946-0001',
    ]);
    expect(recognise(fields).found).toMatchObject({
      company: 'Acme; Sons',
      person: 'Jo Bell',
      phone: '+44-7700-900123',
      email: 'jo@acme.example',
      wechat: 'jobell',
      address: '1 High St, London, E1 6AN, UK',
    });
  });

  it('2.1 in GB18030 bytes or quoted-printable, with soft line ends, is read', () => {
    // 张伟 in GB18030 is D5 C5 CE B0; the second byte of 昞 (95 5C) is a backslash.
    const raw = Buffer.concat([
      Buffer.from('BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=GB18030:'),
      Buffer.from([0xd5, 0xc5, 0xce, 0xb0, 0x95, 0x5c]),
      Buffer.from('\r\nNOTE;CHARSET=gbk;QUOTED-PRINTABLE:=C4=E3=\r\n=BA=C3=0D=0A=D4=D9\r\nEND:VCARD'),
    ]);
    const fields = one(new Uint8Array(raw));
    expect(valueIn(fields, 'FN')).toBe('张伟昞');
    expect(valueIn(fields, 'NOTE')).toBe('你好\r\n再');
  });

  it('has its name put together the way of its writing, and no picture', () => {
    expect(valueIn(one(card('N:欧阳;娜娜;;;')), 'N')).toBe('欧阳娜娜');
    expect(valueIn(one(card('N:Doe;Jane;;Dr;')), 'N')).toBe('Jane Doe');
    const withPhoto = one(card('FN:A', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ', ' SkZJRg==', 'TEL:1234567'));
    expect(withPhoto.map(field => field.name)).toEqual(['FN', 'TEL']);
    expect(valueIn(one(card('ADR:;;文三路 1 号;杭州市;浙江省;310000;中国')), 'ADR')).toBe(
      '中国浙江省杭州市文三路 1 号 310000',
    );
  });

  it('cut off counts, one within another does not, two are several', async () => {
    expect(one('BEGIN:VCARD\nFN:Cut off')).toEqual([{ name: 'FN', value: 'Cut off' }]);
    const nested = card('FN:Boss', 'BEGIN:VCARD', 'FN:Agent', 'END:VCARD', 'TITLE:CEO');
    expect(one(nested).map(field => field.value)).toEqual(['Boss', 'CEO']);
    const two = await readBody(bytes(card('FN:A') + card('FN:B')), 'text/vcard');
    expect(two).toMatchObject({ kind: 'several', fields: [{ value: 'A' }, { value: 'B' }] });
  });

  it('of any text survives a round trip through quoted-printable and folding', () => {
    const printable = fc.string({ unit: 'binary', maxLength: 60 }).filter(text => clean(text).trim() !== '');
    fc.assert(
      fc.property(printable, fc.integer({ min: 1, max: 20 }), (text, width) => {
        const quoted = [...Buffer.from(text.toWellFormed())]
          .map(byte => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
          .join('');
        const soft = quoted.replace(new RegExp(`(?:=..){${width}}`, 'g'), run => `${run}=\r\n`);
        const fields = one(card('VERSION:2.1', `X-ANY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${soft}`));
        // A backslash escapes what follows, so those texts differ by design.
        if (!text.includes('\\')) expect(valueIn(fields, 'X-ANY') ?? '').toBe(text.toWellFormed().trim());
      }),
    );
    const spoken = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.constantFrom(';', ',', '\\', '\n')))
      .map(all => all.join(''));
    fc.assert(
      fc.property(spoken, fc.nat(200), (text, at) => {
        const value = text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
        const line = Buffer.from(`X-ANY:${value}`);
        const cut = Math.min(line.length, Math.max(7, at));
        const folded = Buffer.concat([line.subarray(0, cut), Buffer.from('\r\n\t'), line.subarray(cut)]);
        const whole = Buffer.concat([Buffer.from('BEGIN:VCARD\r\n'), folded, Buffer.from('\r\nEND:VCARD')]);
        expect(valueIn(one(new Uint8Array(whole)), 'X-ANY') ?? '').toBe(
          text.replace(/\r\n|\r|\n/g, '\n').trim(),
        );
      }),
    );
  });
});

describe('whatever comes', () => {
  const types = fc.constantFrom(
    'application/json',
    'application/json; charset=gbk',
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset="utf-16le"',
    'multipart/form-data; boundary=x',
    'text/vcard',
    'text/x-vcard; charset=shift_jis',
  );
  const check = async (body: Uint8Array<ArrayBuffer>, type: string) => {
    const reading = await readBody(body, type);
    const fields = reading.kind === 'unreadable' ? [] : reading.fields;
    expect(fields.length).toBeLessThanOrEqual(200);
    for (const { name, value } of fields) {
      expect(`${name}${value}`.isWellFormed()).toBe(true);
      expect(`${name}${value}`).not.toContain('\0');
    }
    const parsed = recognise(fields);
    expect((noteOf(parsed) ?? '').length).toBeLessThan(9_500);
    expect(recordsOf(parsed.found, 's').customer.name.length).toBeLessThanOrEqual(200);
    JSON.stringify(parsed);
  };

  it('is answered, whatever the bytes and the type', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), types, (body, type) =>
        check(new Uint8Array(body), type),
      ),
      { numRuns: 400 },
    );
  });

  it('is answered: lines that look like vCards', async () => {
    const piece = fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'VERSION:2.1',
      'FN',
      'TEL',
      'N',
      ':',
      ';',
      '=',
      '=\r\n',
      '\r\n',
      '\n ',
      '"',
      '\\',
      'ENCODING=QUOTED-PRINTABLE',
      'CHARSET=GB18030',
      '=D5',
      'ENCODING=b',
      '.',
      '张',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), parts =>
        check(bytes(parts.join('')), 'text/vcard'),
      ),
      { numRuns: 400 },
    );
  });

  it('is answered, whatever the JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 12 }), text => check(bytes(text), 'application/json')),
      { numRuns: 300 },
    );
  });

  it('is answered soon: bodies made to be slow', async () => {
    const size = 262_144;
    const started = performance.now();
    await check(bytes('='.repeat(size)), 'application/x-www-form-urlencoded');
    await check(bytes('&'.repeat(size)), 'application/x-www-form-urlencoded');
    await check(bytes(`BEGIN:VCARD\nA;QUOTED-PRINTABLE:${'=\n'.repeat(size / 2)}`), 'text/vcard');
    await check(bytes(`BEGIN:VCARD\nA:${'\n '.repeat(size / 2)}`), 'text/vcard');
    await check(bytes('BEGIN:VCARD\n'.repeat(size / 12)), 'text/vcard');
    await check(bytes(`BEGIN:VCARD\n${';'.repeat(size)}`), 'text/vcard');
    await check(bytes(`{"a b":"${' '.repeat(size)}"}`), 'application/json');
    await check(bytes(`{"email":"${'a@'.repeat(size / 2)}"}`), 'application/json');
    await check(bytes(`[${'[],'.repeat(size / 3)}1]`), 'application/json');
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('a form', () => {
  it('is decoded in the character set it names, says, or seems to be in', () => {
    const read = (text: string, charset: string | null = null) =>
      formFields(bytes(text, 'latin1'), charset)[0];
    expect(read('%E5%A7%93%E5%90%8D=%E6%9D%8E+%E5%A8%9C')).toEqual({ name: '姓名', value: '李 娜' });
    expect(read('n=%A7%F5', 'big5')).toEqual({ name: 'n', value: '李' });
    expect(read('n=%C0%EE&_charset_=gb2312')).toEqual({ name: 'n', value: '李' });
    expect(read('n=%C0%EE')).toEqual({ name: 'n', value: '李' });
    expect(textOf(bytes('a'), 'no-such')).toBe('a');
  });
});

describe('a field', () => {
  it.each([
    ['公司名称（必填）', 'company'],
    ['Company_Name', 'company'],
    ['您的手机号', 'mobile'],
    ['your-email', 'email'],
    ['contact.name', 'person'],
    ['company[name]', 'company'],
    ['lead[contact][phone]', 'phone'],
    ['留言内容：', 'message'],
    ['X-WECHAT', 'wechat'],
    ['预算', null],
    ['__proto__', null],
  ])('called %s is %s', (name, meaning) => {
    expect(meaningOf(name)).toBe(meaning);
  });

  it('of a form builder is known by its label', async () => {
    const body = {
      entry: [
        { label: '姓名', value: '赵六' },
        { label: '电话', value: '13800001111' },
      ],
    };
    const reading = await readBody(bytes(JSON.stringify(body)), 'application/json');
    expect(reading).toMatchObject({ kind: 'fields' });
    const { found } = recognise(reading.kind === 'fields' ? reading.fields : []);
    expect(found).toMatchObject({ person: '赵六', phone: '13800001111' });
  });

  it('that does not fit is not lost: it goes into the note', () => {
    const parsed = recognise([
      { name: 'name', value: 'A' },
      { name: 'email', value: 'not an address' },
      { name: 'phone', value: 'call me' },
      { name: 'mobile', value: '1'.repeat(80) },
      { name: 'first name', value: 'B' },
      { name: 'message', value: 'one' },
      { name: 'subject', value: 'two' },
      { name: 'csrf_token', value: 'secret' },
    ]);
    expect(parsed.found).toMatchObject({ person: 'B', company: 'A', email: null, phone: null });
    const note = noteOf(parsed) ?? '';
    expect(note).toContain('one\ntwo');
    expect(note).toContain('email: not an address');
    expect(note).toContain('phone: call me');
    expect(note).toContain('1'.repeat(80));
    expect(note).not.toContain('secret');
  });

  it('names a person, a company, or both', () => {
    const found = (fields: Record<string, string>) =>
      recognise(Object.entries(fields).map(([name, value]) => ({ name, value }))).found;
    expect(found({ name: 'Jo', company: 'Acme' })).toMatchObject({ person: 'Jo', company: 'Acme' });
    expect(found({ name: 'Acme', contact: 'Jo' })).toMatchObject({ person: 'Jo', company: 'Acme' });
    expect(found({ name: 'Jo' })).toMatchObject({ person: 'Jo', company: null });
    expect(found({ 姓: '王', 名: '芳' })).toMatchObject({ person: '王芳' });
    expect(found({ 'First name': 'Jo', 'Last name': 'Bell' })).toMatchObject({ person: 'Jo Bell' });
    expect(recordsOf(found({ name: 'Jo', tel: '0571-1', mobile: '138' }), 's').customer.phone).toBe('138');
    expect(recordsOf(found({ company: 'A', name: 'Jo', tel: '0571-1', mobile: '138' }), 's')).toMatchObject({
      customer: { name: 'A', phone: '0571-1' },
      contact: { name: 'Jo', phone: '138' },
    });
  });
});
