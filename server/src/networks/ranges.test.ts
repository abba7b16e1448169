// Ranges and distances as laws, held against many cases made by chance.
import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  holds,
  isInternal,
  networkOf,
  type Range,
  readRange,
  shareBits,
  sizeOf,
  writeRange,
} from './ranges.ts';
import { distanceKm, judgeTravel, readTrusted } from './rules.ts';

const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`);
const v6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => `${ip}/${bits}`);
const any = fc.oneof(v4, v6);
const read = (text: string) => readRange(text) as Range;

describe('a range', () => {
  it('has one form, which reads as itself', () => {
    fc.assert(
      fc.property(any, text => {
        const written = writeRange(read(text));
        expect(writeRange(read(written))).toBe(written);
        expect(readRange(text.toUpperCase())).toEqual(read(text));
      }),
    );
  });

  it('holds the address it was made from, and as many as its size says', () => {
    fc.assert(
      fc.property(any, text => {
        const range = read(text);
        expect(holds(range, read(text.split('/')[0] ?? ''))).toBe(true);
        const last = {
          ...range,
          value: range.value + sizeOf(range) - 1n,
          bits: range.family === 4 ? 32 : 128,
        };
        expect(holds(range, last)).toBe(true);
        const after = { ...last, value: last.value + 1n };
        expect(holds(range, after)).toBe(false);
      }),
    );
  });

  it('agrees with the list that sign-ins are matched by', () => {
    fc.assert(
      fc.property(v4, fc.ipV4(), v6, fc.ipV6(), (range4, ip4, range6, ip6) => {
        for (const [range, ip, family] of [
          [range4, ip4, 'ipv4'],
          [range6, ip6, 'ipv6'],
        ] as const) {
          const one = read(range);
          const near = writeRange({ ...one, bits: one.family === 4 ? 32 : 128 }).split('/')[0] ?? '';
          const list = new BlockList();
          list.addSubnet(writeRange(one).split('/')[0] ?? '', one.bits, family);
          // A range in IPv6 form that is IPv4 becomes IPv4 and is listed as such.
          if (one.family !== (family === 'ipv4' ? 4 : 6)) return;
          if (read(ip).family === one.family) expect(list.check(ip, family)).toBe(holds(one, read(ip)));
          expect(list.check(near, family)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['203.0.113.7', '203.0.113.7/32'],
    [' 10.1.2.3/8 ', '10.0.0.0/8'],
    ['2001:DB8:0:0:1:0:0:1/64', '2001:db8::/64'],
    ['2001:db8::1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['::ffff:203.0.113.9', '203.0.113.9/32'],
    ['::ffff:203.0.113.9/120', '203.0.113.0/24'],
    ['::/0', '::/0'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8/128'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8/128'],
  ])('%s is %s', (text, form) => {
    expect(writeRange(read(text))).toBe(form);
  });

  it.each([
    '',
    '203.0.113',
    '203.0.113.0/33',
    '2001:db8::/129',
    '1.2.3.4/8/9',
    '1.2.3.4/',
    '01.2.3.4',
    'fe80::1%eth0',
    'a/b',
    '1.2.3.4/-1',
    '1.2.3.4/1e1',
  ])('“%s” is none', text => {
    expect(readRange(text)).toBeNull();
  });

  it('has a wider network, and shares bits within its family only', () => {
    expect(networkOf('203.0.113.77')).toBe('203.0.113.0/24');
    expect(networkOf('2001:db8:1:2:3::4')).toBe('2001:db8:1::/48');
    expect(shareBits(read('203.0.113.7'), read('203.0.9.9'), 16)).toBe(true);
    expect(shareBits(read('203.0.113.7'), read('203.1.9.9'), 16)).toBe(false);
    expect(shareBits(read('::1'), read('0.0.0.1'), 16)).toBe(false);
    for (const inside of ['10.9.9.9', '172.31.0.1', '192.168.0.0/24', '100.64.1.1', 'fd00::1', '::1'])
      expect(isInternal(read(inside))).toBe(true);
    for (const outside of ['172.32.0.1', '11.0.0.0', '192.168.0.0/15', '2001:db8::1'])
      expect(isInternal(read(outside))).toBe(false);
  });
});

describe('what may be trusted', () => {
  it.each([
    ['0.0.0.0/0', 'everything'],
    ['::/0', 'everything'],
    ['203.0.113.0/7', 'too-wide'],
    ['2001:db8::/31', 'too-wide'],
    ['office', 'no-range'],
  ])('is not %s: %s', (text, kind) => {
    expect(readTrusted(text).kind).toBe(kind);
  });

  it('is told to be wide or the server itself', () => {
    const cautions = (text: string) => {
      const outcome = readTrusted(text);
      return outcome.kind === 'ok' ? outcome.cautions : null;
    };
    expect(cautions('203.0.113.0/24')).toEqual([]);
    expect(cautions('203.0.0.0/12')).toEqual(['wide']);
    expect(cautions('10.0.0.0/8')).toEqual([]);
    expect(cautions('127.0.0.1')).toEqual(['loopback']);
    expect(cautions('2001:db8::/32')).toEqual(['wide']);
  });
});

const point = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('a distance', () => {
  it('is the same both ways, never over half the globe, and no longer by a detour', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const ab = distanceKm(a, b);
        expect(ab).toBeCloseTo(distanceKm(b, a), 6);
        expect(ab).toBeGreaterThanOrEqual(0);
        expect(ab).toBeLessThanOrEqual(20_015.09); // π · 6371 km, rounded up
        expect(ab).toBeLessThanOrEqual(distanceKm(a, c) + distanceKm(c, b) + 1e-3);
        expect(distanceKm(a, a)).toBe(0);
      }),
    );
  });

  it('is as the atlas says', () => {
    const shanghai = { lat: 31.23, lon: 121.47 };
    expect(distanceKm(shanghai, { lat: 51.51, lon: -0.13 })).toBeCloseTo(9_205, -2);
    expect(distanceKm(shanghai, { lat: 30.27, lon: 120.16 })).toBeCloseTo(164, -1);
    expect(distanceKm({ lat: 0, lon: 179 }, { lat: 0, lon: -179 })).toBeCloseTo(222, 0);
  });
});

describe('travel', () => {
  const hour = 3_600_000;
  const at = (source: string, time: number, lat: number, lon: number, accuracyKm = 0) => ({
    source,
    at: time,
    position: { lat, lon, accuracyKm },
  });

  it('is never impossible at the speed of an airliner or below, whatever the accuracy', () => {
    fc.assert(
      fc.property(point, point, fc.integer({ min: 0, max: 500 }), (a, b, accuracy) => {
        const needed = (distanceKm(a, b) / 900) * hour + 1;
        const here = at('203.0.113.1', needed, a.lat, a.lon, accuracy);
        expect(judgeTravel(here, [at('198.51.100.1', 0, b.lat, b.lon)]).kind).toBe('possible');
      }),
    );
  });

  it('is impossible beyond it when it is far, and possible when near', () => {
    const shanghai = at('203.0.113.1', 0, 31.23, 121.47, 20);
    const london = at('198.51.100.1', 2 * hour, 51.51, -0.13, 50);
    expect(judgeTravel(london, [shanghai])).toMatchObject({
      kind: 'impossible',
      minutes: 120,
      from: '203.0.113.1',
    });
    const hangzhou = at('198.51.100.1', 1, 30.27, 120.16);
    expect(judgeTravel(hangzhou, [shanghai])).toEqual({ kind: 'possible' });
    const vague = at('198.51.100.1', 2 * hour, 51.51, -0.13, 8_000);
    expect(judgeTravel(vague, [shanghai])).toEqual({ kind: 'possible' });
  });

  it('asks the newest place elsewhere, and knows where one is at home', () => {
    const shanghai = at('203.0.113.1', 0, 31.23, 121.47);
    const paris = at('192.0.2.1', hour, 48.85, 2.35);
    const london = at('198.51.100.1', 2 * hour, 51.51, -0.13);
    expect(judgeTravel(london, [paris, shanghai])).toEqual({ kind: 'possible' });
    expect(judgeTravel({ ...london, source: '203.0.113.1' }, [shanghai]).kind).toBe('possible');
    expect(judgeTravel(london, [])).toEqual({ kind: 'possible' });
  });
});
