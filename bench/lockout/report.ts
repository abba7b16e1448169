// The simulation in words and tables: for the terminal, and for docs/lockout-simulation.md.
import { CONTESTANTS, type Contestant } from './contestants.ts';
import { type Column, cell, type Results } from './jobs.ts';
import { perMonths, share } from './numbers.ts';
import { parameterLines } from './parameter-lines.ts';
import { LISTS } from './parameters.ts';
import type { Target } from './targets.ts';
import type { Figures } from './trial.ts';

interface Heading {
  readonly title: string;
  readonly read: (of: (column: Column) => Figures | undefined) => string;
}

const MAIN: readonly Heading[] = [
  { title: 'owners locked, no attack ¹', read: of => perMonths(of('calm-sea')?.locked) },
  { title: 'step-ups, no attack ¹', read: of => perMonths(of('calm-sea')?.stepUps) },
  { title: 'targeted attacker in', read: of => share(of('targeted')?.success.shipped) },
  { title: 'same, list of 100,000', read: of => share(of('targeted')?.success.large) },
  { title: 'insider: targeted, also in the office', read: of => share(of('office')?.success.shipped) },
  {
    title: 'spraying botnet in ²',
    read: of => share(worst(of('spray')?.success.shipped, of('fresh')?.success.shipped)),
  },
  {
    title: 'same, list of 100,000',
    read: of => share(worst(of('spray')?.success.large, of('fresh')?.success.large)),
  },
  { title: 'visits refused under a lock-out attack', read: of => share(of('targeted')?.refused) },
  { title: 'same, on a known device', read: of => share(of('targeted')?.refusedOnKnown) },
  { title: 'same, attacker in the office', read: of => share(of('office')?.refused) },
  {
    title: 'others locked during a spray ¹',
    read: of => perMonths(worst(of('spray')?.locked, of('fresh')?.locked)),
  },
  { title: 'verified for a targeted attacker, dearest month', read: of => count(of('targeted')?.monthMean) },
];

const RAW: readonly Heading[] = [
  { title: 'owners locked, no attack ¹', read: of => perMonths(of('raw')?.locked) },
  { title: 'step-ups, no attack ¹', read: of => perMonths(of('raw')?.stepUps) },
  { title: 'targeted attacker in', read: of => share(of('raw-targeted')?.success.shipped) },
  { title: 'spraying botnet in', read: of => share(of('raw-spray')?.success.shipped) },
];

/** The tables as Markdown, which a terminal shows well enough. */
export function table(results: Results, targets: readonly Target[]): string {
  const groups: [string, Contestant['group'], readonly Heading[]][] = [
    ['Others', 'others', MAIN],
    ["Latchkey's presets", 'presets', MAIN],
    ['Balanced, with one part changed', 'parts', MAIN],
    ['Passwords not screened: others', 'others', RAW],
    ["Passwords not screened: Latchkey's presets", 'presets', RAW],
    ['Passwords not screened: balanced, with one part changed', 'parts', RAW],
  ];
  const parts = groups.map(([title, group, headings]) => `### ${title}\n\n${rows(results, group, headings)}`);
  return [...parts, `### Targets (balanced)\n\n${targetRows(targets)}`].join('\n\n');
}

function rows(results: Results, group: Contestant['group'], headings: readonly Heading[]): string {
  const lines = [
    `| policy | ${headings.map(heading => heading.title).join(' | ')} |`,
    `|---|${headings.map(() => '---:').join('|')}|`,
  ];
  for (const contestant of CONTESTANTS.filter(one => one.group === group)) {
    const of = (column: Column) => results.get(cell(contestant.name, column));
    if (!headings[0]?.read(of)) continue;
    lines.push(`| ${contestant.name} | ${headings.map(heading => heading.read(of)).join(' | ')} |`);
  }
  return lines.join('\n');
}

function targetRows(targets: readonly Target[]): string {
  const lines = targets.map(target => {
    const show = target.unit === 'share' ? share : target.unit === 'a month' ? count : perMonths;
    return `| ${target.figure} | ${show(target.goal)} | ${show(target.value)} | ${target.met ? 'met' : '**missed**'} |`;
  });
  return ['| figure | at most | found | |', '|---|---:|---:|---|', ...lines].join('\n');
}

function worst(...values: (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function count(value: number | undefined): string {
  return value === undefined ? '' : value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

/** The page in docs/, whole. */
export function report(
  results: Results,
  run: { targets: readonly Target[]; seconds: number; machine: string },
  date: Date,
): string {
  return `# The lockout simulation

What each lockout policy does to 20,000 honest people and to four kinds of attackers in 180 days. The lanes are
the real functions of \`engine/\`; the other policies are imitations after their descriptions. Written by
\`npm run bench -- lockout\` on ${date.toISOString().slice(0, 10)} in ${run.seconds} s (${run.machine}); the seed is
fixed, so the figures come out the same wherever it runs.

![Owners kept out and attackers let in, by policy](lockout-simulation.svg)

${table(results, run.targets)}

¹ Per 1,000 person-months. A lock is counted once per episode that an owner meets; a step-up (another proof) is
no lock. ² The worse of 5,000 addresses and a fresh address for every guess. Shares of accounts are expectations
over the guesses that were really verified, under the worst of three fitted password distributions. The list is
the one that ships (${LISTS.shipped.toLocaleString('en')}) where no other is named; the rules for habits that screen beside it are not counted.

## What the figures say

${FINDINGS}

## What is not in it

${LIMITS}

## Parameters

${parameterLines()}
`;
}

const FINDINGS = `- **A run of misses ends only by the right password on the same lane.** In the design a right password anywhere
  began the NIST hundred anew, so an attacker got his daily guess for ever ("any right password ends it"). Now
  strangers to a name have fifty guesses until the owner himself comes by that lane or lifts it; owners pay nothing
  measurable, as a lane under attack is spent anyway and they prove themselves. This is why all presets end near
  the same share, and why the list that ships suffices.
- **Device cookies alone** keep known browsers working, but a browser whose cookies were cleared never earns a new
  one while the attack lasts: over 180 days the owner loses them all. Familiar networks and proofs are what gives
  the cookie back.
- **An administrator's help is a code for one person, not an open lane.** Lifting the lock would hand the
  attacker a fresh budget. Counted policies have no such way and are simulated with a lift.
- **Somebody inside the owner's own network buys more than a stranger**: the lane of the familiar network is his to
  spend as well, up to its thirty. He is a colleague or a guest, every try is in the log, and the target that he
  misses was drawn for strangers; narrowing the lane would cost people at home on a new browser.
- **A known device is refused only through its owner's own doing**: without a second proof, ten different wrong
  passwords in a row, the cookie forfeited by them, and the right one remembered only then. No attacker can take the
  cookie; he has merely spent the lane that is left. It is one visit in a million, and counted as a miss.
- **Known devices carry the most, then familiar networks, then step-up.** Credit, source blame and the short scale
  hardly show; they are kind, or keep floods from the hash, and are kept simple. The spray
  alarm shows where the ceiling does not bind first: under *strict*, and in the first weeks.`;

const LIMITS = `- Guessing from personal knowledge, stuffing of leaked pairs, stolen mailboxes, stolen cookies.
- Good polls of healthy clients: counted policies would be reset by them, ours would have more good sign-ins.
- Several offices behind one address, and people who share a browser.
- The tail of a fitted distribution is a guess in itself: compare rows rather than trust a third digit.
- Attacked strike counters are shown on 500 people, as each is guessed at tens of thousands of times; parts on 2,000,
  presets on 4,000 (sprayed: 2,000), other policies on 10,000 (sprayed: 4,000), the default on 20,000 (sprayed:
  10,000).`;
