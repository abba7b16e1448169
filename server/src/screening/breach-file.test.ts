// The breach file: found where it lies, small or large, with either line end; faults are told at the start.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { type BreachFile, openBreachFile } from './breach-file.ts';
import { openScreening } from './screening.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-breach-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha1 = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase();

function write(name: string, lines: string[], end = '\r\n'): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join(end));
  return path;
}

function open(path: string): BreachFile {
  const opened = openBreachFile(path);
  if (opened.kind !== 'open') throw new Error(opened.sentence);
  return opened.file;
}

const line = (password: string, count = 3) => `${sha1(password)}:${count}`;
const breached = Array.from({ length: 400 }, (_, i) => `breached and unlikely ${i}`);

describe('a breach file', () => {
  it.each([
    ['CR LF', '\r\n', true],
    ['LF', '\n', true],
    ['without a last line end', '\n', false],
  ])('holds what it holds, to the first and last line: %s', (name, end, closed) => {
    const lines = breached.map(password => line(password)).sort();
    const file = open(write(`${name}.txt`, closed ? [...lines, ''] : lines, end));
    expect(breached.filter(password => !file.holds(password))).toEqual([]);
    for (let i = 0; i < 400; i++) expect(file.holds(`never seen ${i}`)).toBe(false);
    file.close();
  });

  it('of one line, in lower case and without counts is read as well', () => {
    const file = open(write('one.txt', [sha1('only this one').toLowerCase()]));
    expect([file.holds('only this one'), file.holds('another')]).toEqual([true, false]);
    file.close();
  });

  it('of two hundred thousand lines is looked up in well under a millisecond, without being loaded', () => {
    const noise = Array.from(
      { length: 200_000 },
      (_, i) => `${randomBytes(20).toString('hex').toUpperCase()}:${i}`,
    );
    const path = write(
      'large.txt',
      [...noise, ...breached.map(password => line(password, 12_345_678))].sort(),
    );
    const before = process.memoryUsage().external;
    const file = open(path);
    expect(breached.filter(password => !file.holds(password))).toEqual([]);
    const started = performance.now();
    for (let i = 0; i < 1_000; i++) expect(file.holds(`never seen ${i}`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(process.memoryUsage().external - before).toBeLessThan(8_000_000);
    file.close();
  });

  it('adds to the screening, and to its version', async () => {
    const path = write('added.txt', [line('seven-quiet-harbours')]);
    const [without, with_] = [
      await openScreening({ breachFile: null }),
      await openScreening({ breachFile: path }),
    ];
    expect(without.isListed('seven-quiet-harbours')).toBe(false);
    expect(with_.isListed('seven-quiet-harbours')).toBe(true);
    expect(with_.isListed('seven-quiet-harbors')).toBe(false);
    expect(with_.isListed('password1234')).toBe(true);
    expect(with_.version).not.toBe(without.version);
    const again = await openScreening({ breachFile: path });
    expect(again.version).toBe(with_.version);
    for (const one of [without, with_, again]) one.close();
  });

  it('that is cut short while it is in use finds less, and breaks nothing', async () => {
    const path = write('cut.txt', breached.map(password => line(password)).sort());
    const screening = await openScreening({ breachFile: path });
    truncateSync(path, 100);
    expect(() => screening.isListed('breached and unlikely 7')).not.toThrow();
    screening.close();
  });
});

describe('a file that cannot be used', () => {
  const faulty: [string, () => string, RegExp][] = [
    ['missing', () => join(folder, 'nothing.txt'), /cannot be read \(ENOENT\)/],
    ['a folder', () => folder, /no file/],
    ['empty', () => write('empty.txt', []), /empty/],
    ['no list of hashes', () => write('prose.txt', ['one', 'two', 'three']), /no line of a SHA-1/],
    ['of NTLM hashes', () => write('ntlm.txt', ['0123456789ABCDEF0123456789ABCDEF:4']), /no line of a SHA-1/],
    [
      'sorted by count',
      () =>
        write(
          'unsorted.txt',
          breached
            .map(password => line(password))
            .sort()
            .reverse(),
        ),
      /not in order/,
    ],
  ];
  it.each(faulty)('is told at the start, with a remedy: %s', async (_, make, words) => {
    const path = make();
    const opened = openBreachFile(path);
    expect(opened.kind === 'fault' && opened.sentence).toMatch(words);
    const read = readConfig({ LATCHKEY_BREACH_FILE: path });
    expect(read.kind === 'faulty' && read.faults.join()).toMatch(
      /LATCHKEY_BREACH_FILE is wrong.*haveibeenpwned/,
    );
    await expect(openScreening({ breachFile: path })).rejects.toThrow(words);
  });
});
