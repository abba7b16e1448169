import { getHeapSpaceStatistics } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveBack, giveBackAtRest } from './giving-back.ts';

describe('at rest', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives back once it rests, again after work, and not while there is any', () => {
    let seconds = 0.5;
    const given: number[] = [];
    const stop = giveBackAtRest({
      everyMs: 2_000,
      worked: () => seconds,
      giveBack: () => {
        given.push(seconds);
        seconds += 0.15;
      },
    });
    const pass = (work: number) => {
      seconds += work;
      vi.advanceTimersByTime(2_000);
    };
    pass(1.5);
    expect(given).toEqual([]);
    pass(0.01);
    expect(given).toHaveLength(1);
    for (let i = 0; i < 20; i++) pass(0.01);
    expect(given).toHaveLength(1);
    pass(1.9);
    pass(0.02);
    expect(given).toHaveLength(1);
    pass(1.9);
    pass(1.9);
    expect(given).toHaveLength(1);
    pass(0.02);
    expect(given).toHaveLength(2);
    stop();
    pass(5);
    pass(0);
    expect(given).toHaveLength(2);
  });
});

it('shrinks the room for young objects', () => {
  const young = () =>
    getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.space_size ?? 0;
  const kept: object[][] = [];
  for (let i = 0; i < 200; i++) kept.push(Array.from({ length: 2_000 }, (_, at) => ({ at })));
  const grown = young();
  expect(kept).toHaveLength(200);
  giveBack();
  expect(young()).toBeLessThan(grown / 2);
});
