// Files of every format we read and write: whole again after a round, bounded in memory, bombs refused.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { formatOf, writeAsCsv } from './as-csv.ts';
import { rowsOf } from './csv-reading.ts';
import { spreadsheetRows } from './spreadsheet-reading.ts';
import { spreadsheet } from './spreadsheet-writing.ts';
import { openZip } from './zip-reading.ts';
import { zipped } from './zip-writing.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function place(bytes: Uint8Array | string): string {
  const path = join(folder, `${++files}`);
  writeFileSync(path, bytes);
  return path;
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function* some<T>(...items: T[]) {
  yield* items;
}

/** The rows of a file of any format, by way of the CSV that an import reads. */
async function asRows(bytes: Uint8Array | string): Promise<string[][]> {
  const path = place(bytes);
  const format = await formatOf(path);
  if (format === 'csv') throw new Error('this is CSV already');
  await writeAsCsv(path, `${path}.csv`, format);
  const rows: string[][] = [];
  for await (const { cells } of rowsOf({ path: `${path}.csv`, encoding: 'utf-8', delimiter: ',' }))
    rows.push(cells);
  return rows;
}

describe('spreadsheets', () => {
  it('L51 come back as they went out: texts, numbers, dates; formulas as harmless texts', async () => {
    const lines = [
      ['名称', 'Amount', 'At', 'Day'],
      ['=1+1 & <b>"\r\n_x0041_', '12.5', '2024-05-06 13:04:05+08:00', '2024-02-29'],
      ['', null, '', ''],
      ['  𠮷野家 ', '-3', '', '1999-12-31'],
    ];
    const bytes = await whole(spreadsheet('客户', ['text', 'number', 'time', 'day'], some(...lines)));
    const path = place(bytes);
    expect(await formatOf(path)).toBe('xlsx');
    const rows: string[][] = [];
    for await (const row of spreadsheetRows(path)) rows.push(row);
    expect(rows).toEqual([
      ['名称', 'Amount', 'At', 'Day'],
      ['\'=1+1 & <b>"\r\n_x0041_', '12.5', '2024-05-06 13:04:05', '2024-02-29'],
      [],
      ['  𠮷野家 ', '-3', '', '1999-12-31'],
    ]);
  });

  it('of other programs are read: shared texts, gaps, phonetic marks, prefixes, an instruction sheet first', async () => {
    const x = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
    const parts: Record<string, string> = {
      'xl/workbook.xml': `<x:workbook ${x}><x:workbookPr date1904="true"/><x:sheets><x:sheet name="h" state="hidden" r:id="a"/><x:sheet name="说明" r:id="b"/><x:sheet name="n" r:id="c"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="a" Target="worksheets/a.xml"/><Relationship Id="b" Target="worksheets/b.xml"/><Relationship Id="c" Target="/xl/worksheets/c.xml"/></Relationships>',
      'xl/sharedStrings.xml':
        '<sst><si><t>姓名</t><rPh><t>xing</t></rPh></si><si><r><t>电</t></r><r><t>话</t></r></si><si><t>李雷_x000D_</t></si></sst>',
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>',
      'xl/worksheets/b.xml':
        '<worksheet><sheetData><row><c t="inlineStr"><is><t>请勿修改表头</t></is></c></row></sheetData></worksheet>',
      'xl/worksheets/c.xml':
        '<worksheet><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row><row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" s="1"><v>43831.5</v></c><c r="C4"><f>1+1</f><v>1.3800138E10</v></c><c r="D4" t="e"><v>#REF!</v></c><c r="E4" t="b"><v>1</v></c></row></sheetData></worksheet>',
    };
    const entries = Object.entries(parts).map(([name, text]) => ({ name, chunks: some(text) }));
    const rows: string[][] = [];
    for await (const row of spreadsheetRows(place(await whole(zipped(entries))))) rows.push(row);
    expect(rows).toEqual([
      [],
      ['姓名', '', '电话'],
      [],
      ['李雷\r', '2024-01-02 12:00:00', '13800138000', '', 'true'],
    ]);
  });

  it('that are bombs, cut off or locked are refused', async () => {
    const limits = { entries: 10, bytes: 4_000_000, ratio: 100, ratioFrom: 1_000_000 };
    const nothing = Buffer.alloc(1_000_000);
    const bomb = place(
      await whole(zipped([{ name: 'xl/workbook.xml', chunks: some(nothing, nothing, nothing) }])),
    );
    const drained = async () => {
      for await (const _ of (await openZip(bomb, limits)).read('xl/workbook.xml') ?? []);
    };
    await expect(drained()).rejects.toMatchObject({ code: 'too-large-inside' });
    const many = Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, chunks: some('') }));
    await expect(openZip(place(await whole(zipped(many))), limits)).rejects.toMatchObject({
      code: 'too-large-inside',
    });
    const bytes = await whole(zipped([{ name: 'xl/workbook.xml', chunks: some('<a>&lol;</a>') }]));
    const entity = place(bytes);
    await expect(asRows(readFileSync(entity))).rejects.toMatchObject({ code: 'archive-broken' });
    await expect(asRows(bytes.subarray(0, bytes.length - 10))).rejects.toMatchObject({
      code: 'archive-broken',
    });
    await expect(asRows(await whole(zipped([{ name: 'a', chunks: some('a') }])))).rejects.toMatchObject({
      code: 'binary',
    });
  });

  it('L44 of 100,000 rows are read within 512 MB', { timeout: 60_000 }, async () => {
    async function* lines() {
      yield ['Name', 'Phone', 'Email', 'City', 'Address', 'Remark', 'Created'];
      for (let i = 0; i < 100_000; i++)
        yield [
          `上海第${i}号贸易有限公司`,
          `138${String(i).padStart(8, '0')}`,
          `sales${i}@example${i % 977}.com`,
          '上海',
          `浦东新区世纪大道 ${i} 号 ${i % 30} 层`,
          `row ${i} with a remark of some length that nobody will ever read`,
          '2024-05-06 13:04:05',
        ];
    }
    const path = place(
      await whole(spreadsheet('big', ['text', 'text', 'text', 'text', 'text', 'text', 'time'], lines())),
    );
    const script = `import { writeAsCsv } from ${JSON.stringify(new URL('./as-csv.ts', import.meta.url).href)};
      await writeAsCsv(process.argv[1], process.argv[2], 'xlsx');
      console.log(process.resourceUsage().maxRSS);`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, path, `${path}.csv`], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(Number(run.stdout) / 1_024).toBeLessThan(512);
    expect(statSync(`${path}.csv`).size).toBeGreaterThan(10_000_000);
  });
});

describe('vCards and JSON lines', () => {
  it('of every version, several in one file, GBK within 2.1', async () => {
    const old = Buffer.concat([
      Buffer.from('BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK:'),
      iconv.encode('王;小明', 'gbk'),
      Buffer.from(
        '\r\nORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=98=9F=E6=B2=B3=\r\n=E7=A7=91=E6=8A=80\r\n',
      ),
      Buffer.from('TEL;CELL:13800138000\r\nTEL;WORK:021-555\r\nEND:VCARD\r\n'),
    ]);
    const newer =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEMAIL;TYPE=PREF:ann@x.example\r\nNOTE:a\\, b\r\nUID:u-1\r\nEND:VCARD\r\n' +
      'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Ek\r\nTEL;VALUE=uri:tel:+46-1\r\nADR:;;Gatan 1;Lund;;22100;SE\r\nEND:VCARD\r\n';
    const [headings, ...rows] = await asRows(Buffer.concat([old, Buffer.from(newer)]));
    const told = rows.map(row =>
      Object.fromEntries(row.flatMap((cell, at) => (cell ? [[headings?.[at] ?? '', cell]] : []))),
    );
    expect(told).toEqual([
      { 'Full Name': '王小明', Company: '星河科技', Mobile: '13800138000', Phone: '021-555' },
      { 'Full Name': 'Ann Lee', Email: 'ann@x.example', Notes: 'a, b', UID: 'u-1' },
      { 'Full Name': 'Bo Ek', Mobile: '+46-1', Address: 'Gatan 1, Lund, 22100, SE' },
    ]);
  });

  it('with different keys in every line, nested objects and formulas', async () => {
    const lines = [
      { name: '=A', tags: ['x', 'y'], owner: { id: 1, name: 'Wang', email: 'w@x.example' } },
      { name: 'B', phone: 138, customer: { id: 'c1', name: 'Acme' }, gone: null },
    ];
    expect(await asRows(lines.map(line => JSON.stringify(line)).join('\n'))).toEqual([
      ['name', 'tags', 'owner', 'owner.id', 'phone', 'customer', 'customer.id'],
      ["'=A", 'x; y', 'w@x.example', '1', '', '', ''],
      ['B', '', '', '', '138', 'Acme', 'c1'],
    ]);
    await expect(asRows('{"a":1}\n{"b":\n')).rejects.toMatchObject({ code: 'unreadable', row: 3 });
  });
});
