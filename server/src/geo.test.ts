// Rough origin from a file: every size of record, both languages, and files that cannot be used.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isGeoFile, openGeo } from './geo.ts';
import { geoFile, samples, writeGeoFile } from './mmdb.fixture.ts';
import { originOf, originWords } from './networks/networks.ts';

const log = pino({ level: 'silent' });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-geo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(size: 24 | 28 | 32 = 28): string {
  const path = join(folder, `${size}.mmdb`);
  writeGeoFile(path, size);
  return path;
}

describe.each([24, 28, 32] as const)('a file with records of %i bits', size => {
  it('tells city, position and accuracy, for IPv4 and IPv6', () => {
    const geo = openGeo(fileOf(size), log);
    expect(geo.find('203.0.113.200')).toEqual({
      country: 'CN',
      countryName: 'CN by its file',
      city: { en: 'Shanghai', zh: '上海' },
      lat: 31.22,
      lon: 121.46,
      accuracyKm: 20,
    });
    expect(geo.find('198.51.100.127')?.country).toBe('GB');
    expect(geo.find('198.51.100.128')?.city).toEqual({ en: 'Hangzhou', zh: 'Hangzhou' });
    expect(geo.find('2001:db8:ffff::1')).toMatchObject({ country: 'DE', city: null });
    expect(geo.find('203.0.114.1')).toBeNull();
    expect(geo.find('2001:db9::1')).toBeNull();
    expect(geo.find('no address')).toBeNull();
    expect(geo.file).toEqual({ type: 'Test-City', builtAt: '2026-01-01T00:00:00.000Z' });
  });
});

describe('an origin in words', () => {
  const say = (address: string) => {
    const world = { geo: openGeo(fileOf(), log) };
    const from = originOf(world, address) ?? address;
    return [originWords(from, 'zh-CN'), originWords(from, 'en')];
  };

  it.each([
    ['203.0.113.5', '中国 上海', 'Shanghai, China'],
    ['198.51.100.5', '英国 伦敦', 'London, UK'],
    ['198.51.100.200', '中国 Hangzhou', 'Hangzhou, China'],
    ['192.0.2.1', '中国香港', 'Hong Kong'],
    ['2001:db8:1:2::/64', '德国', 'Germany'],
    ['192.168.1.7', '内部网络', 'internal network'],
    ['127.0.0.1', '内部网络', 'internal network'],
    ['fe80::1', '内部网络', 'internal network'],
    ['8.8.4.4', '8.8.4.0/24', '8.8.4.0/24'],
    ['2001:db9:1:2::7', '2001:db9:1::/48', '2001:db9:1::/48'],
    ['nonsense', 'nonsense', 'nonsense'],
  ])('of %s: %s, %s', (address, zh, en) => {
    expect(say(address)).toEqual([zh, en]);
  });

  it('is the network when there is no file', () => {
    const world = { geo: openGeo(null, log) };
    expect(originOf(world, '203.0.113.5')).toBeNull();
    expect(originWords('203.0.113.5', 'en')).toBe('203.0.113.0/24');
  });
});

describe('a file that cannot be used', () => {
  it('is told at the start with a remedy', () => {
    const broken = join(folder, 'broken.mmdb');
    writeFileSync(broken, 'this is no GeoIP file');
    const cut = fileOf(24);
    truncateSync(cut, 1_000);
    const empty = join(folder, 'empty.mmdb');
    writeFileSync(empty, '');
    for (const path of [broken, cut, empty, folder, join(folder, 'missing.mmdb')]) {
      expect(isGeoFile(path)).toBe(false);
      const read = readConfig({ LATCHKEY_GEOIP: path });
      if (read.kind !== 'faulty') throw new Error(`${path} was taken`);
      expect(read.faults.join()).toContain('LATCHKEY_GEOIP is wrong: give a readable file');
    }
    expect(readConfig({ LATCHKEY_GEOIP: fileOf() })).toMatchObject({ kind: 'ok' });
  });

  it('leaves origins unknown where its data is damaged', () => {
    const path = join(folder, 'damaged.mmdb');
    const bytes = geoFile(samples, 32);
    const from = bytes.indexOf('iso_code') - 20;
    bytes.fill(0xff, from, bytes.lastIndexOf('MaxMind.com') - 3);
    writeFileSync(path, bytes);
    expect(isGeoFile(path)).toBe(true);
    const geo = openGeo(path, log);
    expect(geo.find('203.0.113.5')).toBeNull();
    expect(geo.find('2001:db8::1')).toBeNull();
  });
});
