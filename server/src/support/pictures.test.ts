// Screenshots through HTTP: only pictures, never shown in place, never under a name somebody chose.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Loose } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
});
afterAll(() => test.close());

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A real picture of one grey point, with so many bytes of text inside. */
function png(more = ''): Buffer {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(more ? [chunk('tEXt', Buffer.from(`Comment\0${more}`))] : []),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function ticket(): Promise<{ token: string; id: string; author: Client }> {
  const author = test.client();
  const { token, number } = (await author.post('/support/tickets', { cause: 'fault', text: 'see' })).body;
  const { items } = (await admin.get('/tickets?limit=200')).body;
  return { token, id: items.find((one: Loose) => one.number === number).id, author };
}

const send = (client: Client, token: string, bytes: Buffer, type = 'image/png') =>
  client.send('POST /support/ticket/pictures', {
    raw: new Uint8Array(bytes),
    headers: { 'ticket-token': token, 'content-type': type },
  });

const folder = () => join(test.dataDir, 'support', test.world.workspaceId);

describe('a screenshot', () => {
  it('is kept as it came under a random name, and only ever handed out for saving', async () => {
    const { token, id, author } = await ticket();
    const bytes = png();
    const kept = await send(author, token, bytes);
    expect([kept.status, kept.body.type, kept.body.size]).toEqual([201, 'image/png', bytes.length]);
    const files = readdirSync(folder());
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^[\w-]{32}\.bin$/);
    expect(statSync(join(folder(), files[0] ?? '')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder(), files[0] ?? ''))).toEqual(bytes);
    const picture = kept.body.id;
    for (const reply of [
      await author.post(`/support/ticket/pictures/${picture}`, { token }),
      await admin.get(`/tickets/${id}/pictures/${picture}`),
    ]) {
      expect(reply.status).toBe(200);
      expect(reply.headers.get('content-type')).toBe('image/png');
      expect(reply.headers.get('content-disposition')).toMatch(
        /^attachment; filename="ticket-\d{8}-[\da-f]{4}\.png"$/,
      );
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
      expect(reply.headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  it('that is gone from the folder is not found, and nothing breaks', async () => {
    const { token, author } = await ticket();
    const before = new Set(readdirSync(folder()));
    const picture = (await send(author, token, png())).body.id;
    const added = readdirSync(folder()).find(file => !before.has(file)) ?? '';
    rmSync(join(folder(), added));
    expect((await author.post(`/support/ticket/pictures/${picture}`, { token })).status).toBe(404);
  });

  it('of one ticket is not had by the link of another, nor by people who may not', async () => {
    const [one, other] = [await ticket(), await ticket()];
    const picture = (await send(one.author, one.token, png())).body.id;
    const foreign = await other.author.post(`/support/ticket/pictures/${picture}`, { token: other.token });
    expect(foreign.status).toBe(404);
    expect((await admin.get(`/tickets/${other.id}/pictures/${picture}`)).status).toBe(404);
    const manager = await test.as('manager');
    expect((await manager.get(`/tickets/${one.id}/pictures/${picture}`)).status).toBe(403);
  });

  it('that is none is refused, whatever it is called, and leaves nothing behind', async () => {
    const { token, author } = await ticket();
    const before = readdirSync(folder()).length;
    const html = Buffer.from(`<!doctype html><script>alert(1)</script>${'x'.repeat(64)}`);
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>${' '.repeat(64)}`);
    const polyglot = Buffer.concat([png(), Buffer.from('<script>alert(1)</script>')]);
    for (const bytes of [html, svg, polyglot, Buffer.alloc(0), Buffer.alloc(100)])
      for (const type of ['image/png', 'image/jpeg', 'image/webp'])
        expect((await send(author, token, bytes, type)).status).toBe(415);
    for (const type of ['image/svg+xml', 'text/html', 'application/octet-stream', ''])
      expect((await send(author, token, png(), type)).status).toBe(415);
    expect(readdirSync(folder())).toHaveLength(before);
  });

  it('is typed by its bytes and not by what it claims', async () => {
    const { token, author } = await ticket();
    const kept = await send(author, token, png('<script>alert(1)</script>'), 'image/jpeg');
    expect([kept.status, kept.body.type]).toEqual([201, 'image/png']);
  });

  it('has at most 5 MB, whatever its length header says, and a ticket has five', async () => {
    const { token, author } = await ticket();
    const large = Buffer.concat([png('x'.repeat(5 * 1_048_576))]);
    expect((await send(author, token, large)).status).toBe(413);
    for (let i = 0; i < 5; i++) expect((await send(author, token, png())).status).toBe(201);
    expect((await send(author, token, png())).status).toBe(409);
    const many = await ticket();
    const replies = await Promise.all(Array.from({ length: 9 }, () => send(many.author, many.token, png())));
    expect(replies.filter(reply => reply.status === 201)).toHaveLength(5);
  });

  it('needs the link, and a ticket that is not closed', async () => {
    const { token, author, id } = await ticket();
    for (const wrong of ['', 'x'.repeat(43), '../../../etc/passwd'])
      expect((await send(author, wrong, png())).status).toBe(404);
    await admin.patch(`/tickets/${id}`, { state: 'closed' });
    expect((await send(author, token, png())).status).toBe(409);
  });

  it('goes with its ticket, half a year after that was closed', async () => {
    const { sweep } = await import('./support.ts');
    const before = readdirSync(folder()).length;
    const { token, author, id } = await ticket();
    await send(author, token, png());
    expect(readdirSync(folder())).toHaveLength(before + 1);
    await admin.patch(`/tickets/${id}`, { state: 'closed' });
    await sweep(test.world);
    expect(readdirSync(folder())).toHaveLength(before + 1);
    test.turn(181 * 86_400_000);
    await sweep(test.world);
    expect(readdirSync(folder()).length).toBeLessThanOrEqual(before);
    const again = await test.as('administrator');
    expect((await again.get(`/tickets/${id}`)).status).toBe(404);
  });
});
