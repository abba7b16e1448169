// What the tests of imports do again and again: upload, set, start, wait.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Client, Reply } from '../testing/client.ts';
import type { Test } from '../testing/harness.ts';

export type File = string | Uint8Array<ArrayBuffer>;

export const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

export async function upload(
  client: Client,
  file: File,
  object = 'customer',
  fileName = 'file.csv',
): Promise<Reply> {
  return client.send(`POST /imports?object=${object}&fileName=${encodeURIComponent(fileName)}`, {
    raw: file,
    headers: { 'content-type': 'text/csv' },
  });
}

/** Uploads, sets, starts, waits for the end, and answers with the import as it then is. */
export function runner(test: Test) {
  return async (
    client: Client,
    file: File,
    settings: { object?: string; mapping?: object; options?: object } = {},
  ): Promise<Reply> => {
    const draft = await upload(client, file, settings.object);
    expect(draft.status, draft.text).toBe(201);
    const { mapping, options } = settings;
    if (mapping || options) {
      const set = await client.patch(`/imports/${draft.body.id}`, { mapping, options });
      expect(set.status, set.text).toBe(200);
    }
    const started = await client.post(`/imports/${draft.body.id}/start`);
    expect(started.status, started.text).toBe(202);
    await test.jobs.settle();
    return client.get(`/imports/${draft.body.id}`);
  };
}

/** The figures of an import, as plain values. */
export function counts(reply: Reply) {
  const body = reply.body as unknown as Record<string, unknown>;
  const { state, total, done, created, updated, skipped, failed } = body;
  return { state, total, done, created, updated, skipped, failed };
}

/** A file of so many customers, each with a name, a telephone and a remark of its own. */
export function manyCustomers(rows: number, word = 'Company'): string {
  const lines = ['Name,Phone,Remark'];
  for (let i = 1; i <= rows; i++)
    lines.push(`${word} ${i},138${String(i).padStart(8, '0')},"row ${i}, first"`);
  return `${lines.join('\r\n')}\r\n`;
}
