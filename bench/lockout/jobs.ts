// Which trials make the table, how large each is, and their running on one or two workers.
import { Worker } from 'node:worker_threads';
import { CONTESTANTS, type Contestant, DEFAULT } from './contestants.ts';
import { ATTACK } from './parameters.ts';
import { type Attack, type Figures, type Setting, trial } from './trial.ts';

/** The trials a contestant goes through. */
export type Column =
  | 'calm-sea'
  | 'targeted'
  | 'office'
  | 'spray'
  | 'fresh'
  | 'raw'
  | 'raw-targeted'
  | 'raw-spray';

export interface Job {
  readonly contestant: string;
  readonly column: Column;
  readonly setting: Setting;
}

export type Results = ReadonlyMap<string, Figures>;

const ATTACKS: Readonly<Record<Column, Attack>> = {
  'calm-sea': 'none',
  targeted: 'targeted',
  office: 'office',
  spray: 'spray',
  fresh: 'fresh-spray',
  raw: 'none',
  'raw-targeted': 'targeted',
  'raw-spray': 'spray',
};

const PARTS_SHOWN: readonly Column[] = ['calm-sea', 'targeted', 'office', 'spray'];

/** The key of one cell in the results. */
export function cell(contestant: string, column: Column): string {
  return `${contestant} | ${column}`;
}

/** All trials of a full run, or of a quick one that only shows the direction. */
export function jobsOf(quick: boolean): readonly Job[] {
  const chosen = quick
    ? CONTESTANTS.filter(one => one.group !== 'parts' && !one.name.includes('smart'))
    : CONTESTANTS;
  const jobs = chosen.flatMap(contestant =>
    (Object.keys(ATTACKS) as Column[])
      .filter(
        column =>
          contestant.group !== 'parts' ||
          PARTS_SHOWN.includes(column) ||
          (column !== 'fresh' && contestant.name === 'listed guesses verified'),
      )
      .map(column => jobOf(contestant, column, quick)),
  );
  // The longest first, so that two workers end together.
  return jobs.sort((a, b) => b.setting.people - a.setting.people);
}

function jobOf(contestant: Contestant, column: Column, quick: boolean): Job {
  const attack = ATTACKS[column];
  const screened = !column.startsWith('raw');
  return {
    contestant: contestant.name,
    column,
    setting: {
      attack,
      people: peopleFor(contestant, attack, quick),
      days: quick ? 60 : ATTACK.days,
      screened,
      skipsListed: contestant.skipsListed,
    },
  };
}

function peopleFor(contestant: Contestant, attack: Attack, quick: boolean): number {
  if (quick) return contestant.group === 'others' && attack !== 'none' ? 25 : 100;
  const sprayed = attack === 'spray' || attack === 'fresh-spray';
  if (contestant.name === DEFAULT) return sprayed ? 10_000 : 20_000;
  // An attacker on a strike counter guesses tens of thousands of times; few accounts show all there is to see.
  if (contestant.group === 'others' && (attack === 'targeted' || attack === 'office')) return 500;
  if (contestant.group === 'others') return sprayed ? 4_000 : 10_000;
  return contestant.group === 'parts' || sprayed ? 2_000 : 4_000;
}

/** Runs one trial; what a worker does. */
export function perform(job: Job): Figures {
  const contestant = CONTESTANTS.find(one => one.name === job.contestant);
  if (!contestant) throw new Error(`no contestant ${job.contestant}`);
  return trial(contestant.scheme(job.setting.screened), job.setting);
}

/** Runs all trials on so many workers (1: in this thread) and tells of each as it ends. */
export async function performAll(
  jobs: readonly Job[],
  workers: number,
  told: (job: Job) => void,
): Promise<Results> {
  const results = new Map<string, Figures>();
  const done = (job: Job, figures: Figures) => {
    results.set(cell(job.contestant, job.column), figures);
    told(job);
  };
  if (workers <= 1) {
    for (const job of jobs) done(job, perform(job));
    return results;
  }
  const queue = [...jobs];
  await Promise.all(Array.from({ length: workers }, () => serve(queue, done)));
  return results;
}

function serve(queue: Job[], done: (job: Job, figures: Figures) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    let current = queue.shift();
    const next = () => {
      if (current) worker.postMessage(current);
      else worker.terminate().then(() => resolve(), reject);
    };
    worker.on('message', (figures: Figures) => {
      if (current) done(current, figures);
      current = queue.shift();
      next();
    });
    worker.on('error', reject);
    next();
  });
}
