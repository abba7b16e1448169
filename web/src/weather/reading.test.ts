// The weather as it is read: groups, gravity, and how long something has lasted.
import { describe, expect, it } from 'vitest';
import { type Counts, failed, grouped, lasting, skyOf, total } from './reading.ts';

const counts: Counts = {
  known: 1,
  familiar: 2,
  stranger: 4,
  wrong: 8,
  repeated: 16,
  listed: 32,
  asked: 64,
  locked: 128,
  busy: 256,
};
const span = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' };

describe('counts', () => {
  it('fall into four groups, none left out and none twice', () => {
    expect(grouped(counts)).toEqual({ in: 7, wrong: 24, stopped: 224, busy: 256 });
    expect(failed(counts)).toBe(511 - 7);
  });

  it('add up over points', () => {
    const point = { at: span.since, counts, sources: 3 };
    expect(total([point, point])).toEqual({ in: 14, wrong: 48, stopped: 448, busy: 512 });
    expect(total([])).toEqual({ in: 0, wrong: 0, stopped: 0, busy: 0 });
  });
});

describe('the sky', () => {
  it('is as grave as the gravest thing in it', () => {
    const alarm = { ...span, wide: false };
    const defence = { ...span, reason: 'x', by: null };
    expect(skyOf({ alarm, flood: { since: span.since }, defence })).toBe('alarm');
    expect(skyOf({ alarm: null, flood: { since: span.since }, defence })).toBe('flood');
    expect(skyOf({ alarm: null, flood: null, defence })).toBe('defence');
    expect(skyOf({ alarm: null, flood: null, defence: null })).toBe('calm');
  });
});

describe('how long something has lasted', () => {
  const after = (minutes: number) =>
    lasting(span.since, new Date(Date.parse(span.since) + minutes * 60_000).toISOString());

  it('is told in the largest whole unit', () => {
    expect(after(0)).toBe('1 minute');
    expect(after(59)).toBe('59 minutes');
    expect(after(125)).toBe('2 hours');
    expect(after(47 * 60)).toBe('47 hours');
    expect(after(3 * 1440 + 5)).toBe('3 days');
  });
});
