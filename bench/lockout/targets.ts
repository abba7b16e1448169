// The figures the default preset promises, and whether this run meets them.
import { DEFAULT } from './contestants.ts';
import { type Column, cell, type Results } from './jobs.ts';
import type { Figures } from './trial.ts';

export interface Target {
  readonly figure: string;
  readonly goal: number;
  readonly value: number;
  readonly unit: 'per 1,000 person-months' | 'share' | 'a month';
  readonly met: boolean;
}

/** Every target beside what the run found for the default preset. */
export function targetsOf(results: Results): readonly Target[] {
  const of = (column: Column): Figures => {
    const figures = results.get(cell(DEFAULT, column));
    if (!figures) throw new Error(`no figures for ${column}`);
    return figures;
  };
  const sprays = [of('spray'), of('fresh'), of('raw-spray')];
  const worst = (read: (figures: Figures) => number) => Math.max(...sprays.map(read));
  const rate = 'per 1,000 person-months';
  return [
    target('owners locked, no attack, screened', of('calm-sea').locked, 0.1, rate),
    target('step-ups, no attack, screened', of('calm-sea').stepUps, 5, rate),
    target('owners locked, no attack, not screened', of('raw').locked, 3, rate),
    target('step-ups, no attack, not screened', of('raw').stepUps, 100, rate),
    target('targeted attacker in after 180 days, screened', of('targeted').success.shipped, 2e-4, 'share'),
    target(
      'targeted attacker in after 180 days, not screened',
      of('raw-targeted').success.shipped,
      2e-4,
      'share',
    ),
    target(
      'spraying botnet in after 180 days',
      worst(figures => figures.success.shipped),
      1e-4,
      'share',
    ),
    target(
      'visits refused while somebody tries to lock the owner out',
      of('targeted').refused,
      5e-4,
      'share',
    ),
    target('… of these from a known device', of('targeted').refusedOnKnown, 0, 'share'),
    target('… with the attacker in the same office', of('office').refused, 2e-3, 'share'),
    target('… and these from a known device', of('office').refusedOnKnown, 0, 'share'),
    target('people locked during a spray', Math.max(of('spray').locked, of('fresh').locked), 5, rate),
    target('verifications bought, outsider, dearest month', of('targeted').monthMean, 40, 'a month'),
    target('verifications bought, insider in the office', of('office').monthMean, 40, 'a month'),
  ];
}

function target(figure: string, value: number, goal: number, unit: Target['unit']): Target {
  return { figure, goal, value, unit, met: value <= goal };
}
