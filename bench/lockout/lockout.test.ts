import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readCommonList } from '../../server/src/screening/common-list.ts';
import { CONTESTANTS } from './contestants.ts';
import { type LockoutResult, run } from './index.ts';
import { cell, jobsOf, perform } from './jobs.ts';
import { LISTS } from './parameters.ts';
import type { Figures } from './trial.ts';

let result: LockoutResult;
let printed = '';

beforeAll(async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(text => {
    printed += `${text}\n`;
  });
  result = await run({ quick: true });
  log.mockRestore();
}, 120_000);

function figures(contestant: string, column: Parameters<typeof cell>[1]): Figures {
  const found = result.figures[cell(contestant, column)];
  if (!found) throw new Error(`no figures for ${contestant}, ${column}`);
  return found;
}

describe('the lockout simulation, in small', () => {
  it('comes out the same every time', () => {
    const job = jobsOf(true).find(one => one.contestant === 'lanes, balanced' && one.column === 'spray');
    if (!job) throw new Error('no such job');
    expect(perform(job)).toEqual(figures('lanes, balanced', 'spray'));
  });

  it('screens by as many passwords as ship', async () => {
    expect(LISTS.shipped).toBe((await readCommonList()).size);
  });

  it('L4 an attacker who hammers keeps owners out under strikes, and not under lanes', () => {
    expect(figures('5 strikes, 30 min', 'targeted').refused).toBeGreaterThan(0.9);
    for (const preset of ['lanes, calm', 'lanes, balanced', 'lanes, strict']) {
      expect(figures(preset, 'targeted').refused).toBeLessThan(0.002);
      expect(figures(preset, 'targeted').refusedOnKnown).toBe(0);
      expect(figures(preset, 'office').refusedOnKnown).toBe(0);
    }
  });

  it('never sells a stranger more guesses than the lane and its ceiling allow', () => {
    expect(figures('lanes, balanced', 'targeted').monthMost).toBeLessThanOrEqual(40);
    for (const preset of ['lanes, calm', 'lanes, balanced', 'lanes, strict', 'lanes, classic 5 / 30 min']) {
      expect(figures(preset, 'targeted').guesses).toBeLessThanOrEqual(50);
    }
    expect(figures('lanes, strangers prove', 'targeted').guesses).toBe(0);
    expect(figures('lanes, strangers prove', 'spray').guesses).toBe(0);
  });

  it('shows that the attackers really attack: counted policies sell far more', () => {
    expect(figures('5 strikes, 30 min', 'targeted').guesses).toBeGreaterThan(10_000);
    expect(figures('5 strikes, 30 min', 'spray').guesses).toBeGreaterThan(100);
  });

  it('shows that honest people really slip: strikes lock them out without any attack', () => {
    expect(figures('3 strikes, administrator', 'calm-sea').locked).toBeGreaterThan(50);
    expect(figures('lanes, balanced', 'calm-sea').locked).toBeLessThan(5);
  });

  it('narrows the lane of strangers while a spray is seen', () => {
    expect(figures('lanes, balanced', 'spray').guesses).toBeLessThan(
      figures('lanes, balanced', 'targeted').guesses,
    );
  });

  it('prints every contestant it ran and every target with met or missed', () => {
    for (const contestant of CONTESTANTS.filter(one => one.group === 'presets'))
      expect(printed).toContain(contestant.name);
    for (const target of result.targets) expect(printed).toContain(target.figure);
    expect(result.targets.filter(target => target.met === target.value > target.goal)).toEqual([]);
  });
});
