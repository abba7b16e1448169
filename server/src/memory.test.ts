// What a process remembers: read once by many at a time, forgotten on word, never mixed up with a transaction.
import { expect, it } from 'vitest';
import { memory } from './memory.ts';
import type { Signal, Signals } from './signals.ts';

function open() {
  const listeners: ((signal: Signal) => void)[] = [];
  const signals: Signals = {
    on: listener => void listeners.push(listener),
    tell: signal => {
      for (const listener of listeners) listener(signal);
    },
    close: async () => {},
  };
  let now = 0;
  let reads = 0;
  const waiting: ((value: number) => void)[] = [];
  const asked = memory<number>(signal => (signal.kind === 'workspace-changed' ? 'all' : null));
  const world = { signals, now: () => now };
  const ask = (inTransaction = false) =>
    asked({ ...world, inTransaction }, 'key', () => {
      reads++;
      return new Promise(resolve => waiting.push(resolve));
    });
  return {
    ask,
    answer: (value: number) => waiting.shift()?.(value),
    reads: () => reads,
    turn: (ms: number) => {
      now += ms;
    },
    word: () => signals.tell({ kind: 'workspace-changed', workspaceId: '', ids: [] }),
  };
}

it('reads once for a crowd, when nothing is there and when it has become too old', async () => {
  const { ask, answer, reads, turn } = open();
  const crowd = Array.from({ length: 50 }, () => ask());
  answer(1);
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([1]));
  expect(await ask()).toBe(1);
  expect(reads()).toBe(1);
  turn(20_000);
  const later = [ask(), ask()];
  answer(2);
  expect(await Promise.all(later)).toEqual([2, 2]);
  expect(reads()).toBe(2);
});

it('reads anew for whoever asks after word has come, and keeps nothing that was read before', async () => {
  const { ask, answer, reads, word } = open();
  const before = ask();
  word();
  const after = ask();
  expect(reads()).toBe(2);
  answer(1);
  answer(2);
  expect(await Promise.all([before, after])).toEqual([1, 2]);
  expect(await ask()).toBe(2);
});

it('shares nothing with a transaction that is reading', async () => {
  const { ask, answer, reads } = open();
  const inside = ask(true);
  const outside = ask();
  expect(reads()).toBe(2);
  answer(1);
  answer(2);
  expect(await Promise.all([inside, outside])).toEqual([1, 2]);
});
