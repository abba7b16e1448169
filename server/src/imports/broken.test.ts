// Files that are broken, odd, or very large: a clear answer, never a crash, never the whole file in memory.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { counts, type File, manyCustomers, runner, upload } from './uploading.fixture.ts';

let test: Test;
let administrator: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  run = runner(test);
});
afterAll(() => test.close());

const bytes = (buffer: Buffer) => new Uint8Array(buffer);

describe('broken files', () => {
  const files: [string, File, string, string?][] = [
    ['an empty file', '', 'empty'],
    ['nothing but a byte order mark', '\ufeff', 'empty'],
    ['blank lines', '\r\n , \r\n\r\n', 'empty'],
    ['headings alone', 'Name,Phone\r\n', 'header-only'],
    ['a quotation mark never closed', 'Name,Phone\nAlpha,1\n"Beta,2\nGamma,3\n', 'quote-open', 'row 3'],
    ['a cell of 1.5 MB', `Name,Remark\nAlpha,"${'x'.repeat(1_500_000)}"\n`, 'row-too-long', 'Row 2'],
    [
      'an open quotation mark in a large file',
      `Name,Remark\n"Alpha,1\n${'Beta,2\n'.repeat(300_000)}`,
      'row-too-long',
      'Row 2',
    ],
    [
      'ten thousand columns',
      `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n1\n`,
      'too-many-columns',
    ],
    ['NUL bytes', 'Name,Phone\nAl\u0000pha,1\n', 'binary'],
    ['a picture', bytes(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), 'binary'],
    ['half a workbook', bytes(Buffer.from('504b0304140006000800', 'hex')), 'archive-broken'],
    ['an old workbook', bytes(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'spreadsheet', '.xlsx'],
  ];
  it.each(files)('%s is refused with a clear reason', async (_name, file, code, words) => {
    const reply = await upload(administrator, file);
    expect(reply.status, reply.text.slice(0, 300)).toBe(422);
    expect(reply.body).toMatchObject({ code: 'file-unreadable', fault: code });
    if (words) expect(`${reply.body.detail}`).toContain(words);
    const folder = join(test.dataDir, 'imports', test.world.workspaceId);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so in Chinese, and refuses what is sent as something else', async () => {
    const chinese = await administrator.send('POST /imports?object=customer&fileName=a.csv', {
      raw: 'Name\n"a\n',
      headers: { 'content-type': 'text/csv', 'accept-language': 'zh-CN' },
    });
    expect(chinese.body).toMatchObject({ title: '无法读取该文件', detail: '第 2 行的引号没有闭合。' });
    const json = await administrator.post('/imports?object=customer&fileName=a.csv', { name: 'x' });
    expect(json.status).toBe(415);
    const form = await administrator.send('POST /imports?object=customer&fileName=a.csv', {
      raw: 'Name\na\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(form.status).toBe(415);
    const page = await administrator.send('POST /imports?object=customer&fileName=a.csv', {
      raw: 'Name\na\n',
      headers: { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' },
    });
    expect(page.status).toBe(403);
  });

  it('is too large by its own word, or by what really comes', async () => {
    const declared = await administrator.send('POST /imports?object=customer&fileName=a.csv', {
      raw: 'Name\na\n',
      headers: { 'content-type': 'text/csv', 'content-length': String(201 * 1_048_576) },
    });
    expect(declared.status).toBe(413);
    let sent = 0;
    const chunk = new Uint8Array(1_048_576).fill(65);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++sent > 260) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const url = `${test.installation.config.url}/api/v1/imports?object=customer&fileName=a.csv`;
    const cookie = [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const endless = await test.app.request(
      new Request(url, {
        method: 'POST',
        body,
        duplex: 'half',
        headers: { cookie, 'content-type': 'text/csv' },
      } as RequestInit),
    );
    expect(endless.status).toBe(413);
    expect(sent).toBeLessThan(230);
    expect(readdirSync(join(test.dataDir, 'imports', test.world.workspaceId))).toEqual([]);
  });
});

describe('odd files', () => {
  it.each([
    [
      'UTF-16LE with tabs',
      bytes(Buffer.from('\ufeffName\tPhone\r\n星河一\t111222\r\n', 'utf16le')),
      'utf-16le',
      '\t',
    ],
    [
      'UTF-16BE with tabs',
      bytes(Buffer.from('\ufeffName\tPhone\r\n星河二\t111222\r\n', 'utf16le').swap16()),
      'utf-16be',
      '\t',
    ],
    [
      'GB18030 with a mark',
      bytes(iconv.encode('\ufeffName,Phone\n星河三,111222\n', 'gb18030')),
      'gb18030',
      ',',
    ],
    ['semicolons named by sep=', 'sep=;\r\nName;Phone\r\n星河四;111222\r\n', 'utf-8', ';'],
    ['old Mac line ends', 'Name,Phone\r星河五,111222\r', 'utf-8', ','],
    ['quoted line breaks and quotes', '"Na""me",Name,Phone\n"x\ny",星河六,111222', 'utf-8', ','],
    ['blank rows and short rows', '\n\nName,Phone,City\n\n星河七,111222\n,,\n\n', 'utf-8', ','],
  ])('%s', async (_name, file, encoding, delimiter) => {
    const reply = await run(administrator, file as File);
    expect(reply.body).toMatchObject({ encoding, delimiter, created: 1, failed: 0 });
  });

  it('an L13 column of ours that no import may write is no field', async () => {
    const draft = await upload(administrator, 'Name,id,ownerId,deletedAt,version,importId\nx,1,2,3,4,5\n');
    expect(draft.body.mapping).toEqual({
      Name: 'name',
      id: 'foreignId',
      ownerId: null,
      deletedAt: null,
      version: null,
      importId: null,
    });
  });

  it('a control character in UTF-16 is a fault of its row, told and kept', async () => {
    const text = '\ufeffWhat\u0000ever\tName\tPhone\r\nx\tStray\u0000 Ltd\t111222\r\n';
    const reply = await run(administrator, bytes(Buffer.from(text, 'utf16le')));
    expect(counts(reply)).toMatchObject({ state: 'done', failed: 1 });
    const faults = await administrator.get(`/imports/${reply.body.id}/faults`);
    expect(faults.body.items[0]?.faults[0]).toMatchObject({ code: 'control', value: 'Stray\u2400 Ltd' });
  });

  it('a heading may be called as it likes', async () => {
    const draft = await upload(administrator, '__proto__,constructor,Name,toString\na,b,Prototype Ltd,d\n');
    const mapping = `{"mapping":{"__proto__":"remark","constructor":"city"}}`;
    const set = await administrator.send(`PATCH /imports/${draft.body.id}`, {
      raw: mapping,
      headers: { 'content-type': 'application/json' },
    });
    expect(set.status, set.text).toBeLessThan(500);
    await administrator.post(`/imports/${draft.body.id}/start`);
    await test.jobs.settle();
    expect(counts(await administrator.get(`/imports/${draft.body.id}`))).toMatchObject({ created: 1 });
  });
});

describe('uploads that nobody starts', () => {
  it('make room: ten of a person at most, and none for longer than a week', async () => {
    const folder = join(test.dataDir, 'imports', test.world.workspaceId);
    const rep = await test.as('rep');
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push(String((await upload(rep, `Name\nWaiting ${i}\n`)).body.id));
    expect((await rep.get(`/imports/${ids[1]}`)).status).toBe(404);
    expect((await rep.get(`/imports/${ids[2]}`)).status).toBe(200);
    const mine = () => readdirSync(folder).filter(file => ids.some(id => file.startsWith(id)));
    expect(mine().length).toBe(10);
    test.turn(8 * 86_400_000);
    const again = await test.as('administrator');
    await upload(again, 'Name\nLater\n');
    expect(mine()).toEqual([]);
    test.turn(-8 * 86_400_000);
  });
});

describe('large files', () => {
  it('L44 a file of 120 MB is received and looked through in a fraction of its size', async () => {
    const row = (i: number) => `Wide ${i},13800138000,"${'备注 remark '.repeat(250)}"\n`;
    const encoder = new TextEncoder();
    let sent = 0;
    let rows = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        let text = rows === 0 ? 'Name,Phone,Remark\n' : '';
        while (text.length < 60_000) text += row(++rows);
        const chunk = encoder.encode(text);
        sent += chunk.byteLength;
        controller.enqueue(chunk);
        if (sent > 120 * 1_048_576) controller.close();
      },
    });
    const url = `${test.installation.config.url}/api/v1/imports?object=customer&fileName=wide.csv`;
    const cookie = [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const began = performance.now();
    const response = await test.app.request(
      new Request(url, {
        method: 'POST',
        body,
        duplex: 'half',
        headers: { cookie, 'content-type': 'application/octet-stream' },
      } as RequestInit),
    );
    clearInterval(watch);
    expect(response.status).toBe(201);
    const draft = (await response.json()) as Record<string, unknown>;
    expect(draft.rows).toBe(rows);
    const growth = (peak - before) / 1_048_576;
    console.log(
      `120 MB, ${rows} rows, in ${((performance.now() - began) / 1_000).toFixed(1)} s; memory grew by ${growth.toFixed(0)} MB`,
    );
    expect(growth).toBeLessThan(100);
    await administrator.delete(`/imports/${draft.id}`);
  }, 120_000);

  it('L44 twenty thousand rows pass through without filling the memory', async () => {
    const file = manyCustomers(20_000, 'Sheer');
    const resident = () => process.memoryUsage().rss / 1_048_576;
    const before = resident();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, resident());
    }, 20);
    const began = performance.now();
    const reply = await run(administrator, file);
    clearInterval(watch);
    const seconds = (performance.now() - began) / 1_000;
    expect(counts(reply)).toMatchObject({ state: 'done', total: 20_000, created: 20_000 });
    console.log(
      `20,000 rows in ${seconds.toFixed(1)} s, ${Math.round(20_000 / seconds)} rows/s; memory ${before.toFixed(0)} MB, peak ${peak.toFixed(0)} MB`,
    );
    expect(peak - before).toBeLessThan(200);
    const undoBegan = performance.now();
    await administrator.post(`/imports/${reply.body.id}/undo`);
    await test.jobs.settle();
    const undone = await administrator.get(`/imports/${reply.body.id}`);
    expect(undone.body).toMatchObject({ state: 'undone', removed: 20_000, kept: 0 });
    console.log(`taken back in ${((performance.now() - undoBegan) / 1_000).toFixed(1)} s`);
  }, 240_000);
});
