// What a server process does by itself from time to time: sealing the journal, summing refusals up, sweeping.
import * as accounts from './accounts/accounts.ts';
import * as agenda from './agenda/agenda.ts';
import * as alerts from './alerts/alerts.ts';
import * as arrivals from './arrivals/arrivals.ts';
import * as attempts from './attempts/attempts.ts';
import * as audit from './audit/audit.ts';
import * as automation from './automation/automation.ts';
import * as batches from './batches/batches.ts';
import * as bin from './bin/bin.ts';
import * as funnel from './deals/funnel.ts';
import * as duplicates from './duplicates/duplicates.ts';
import { sweepKeys } from './edge/idempotency.ts';
import * as events from './events/events.ts';
import * as factors from './factors/factors.ts';
import * as files from './files/files.ts';
import * as handover from './handover/handover.ts';
import * as locks from './locks/locks.ts';
import * as networks from './networks/networks.ts';
import * as notices from './notices/notices.ts';
import * as orders from './orders/orders.ts';
import * as pool from './pool/pool.ts';
import * as recovery from './recovery/recovery.ts';
import * as search from './search/search.ts';
import { sweepCodes } from './sign-in/codes.ts';
import { writeTurnedAway } from './sign-in/tally.ts';
import * as support from './support/support.ts';
import * as weather from './weather/weather.ts';
import * as workspaces from './workspaces/workspaces.ts';
import { type Installation, type World, worldOf } from './world.ts';

const second = 1_000;
const sealed = 1_000;

type Chore = { what: string; everyMs: number; work: (installation: Installation) => Promise<void> };

const everywhere = (work: (world: World) => Promise<void>) => async (installation: Installation) => {
  for (const id of await workspaces.all(installation)) await work(worldOf(installation, id));
};

const chores: Chore[] = [
  {
    what: 'seal the journal',
    everyMs: second,
    work: everywhere(async world => {
      let count = 0;
      for (let more = sealed; more >= sealed; count += more) more = await audit.seal(world);
      if (count > 0) await events.tend(world);
      if (count > 0) await automation.tend(world);
    }),
  },
  // Where a process died between sealing and telling.
  { what: 'tell people what concerns them', everyMs: 30 * second, work: everywhere(events.tend) },
  { what: 'let rules act on what has changed', everyMs: 30 * second, work: everywhere(automation.tend) },
  { what: 'let rules act on dates', everyMs: 600 * second, work: everywhere(automation.tendDates) },
  { what: 'send digests', everyMs: 300 * second, work: everywhere(notices.sendDigests) },
  { what: 'write refusals down', everyMs: 5 * second, work: writeTurnedAway },
  { what: 'count sign-ins', everyMs: 5 * second, work: weather.flush },
  { what: 'note hidden visitors', everyMs: 5 * second, work: weather.noteHidden },
  { what: 'look at the sky', everyMs: 30 * second, work: everywhere(weather.look) },
  { what: 'end accounts whose time is over', everyMs: 30 * second, work: everywhere(accounts.expire) },
  { what: 'merge the sums of deals', everyMs: 60 * second, work: everywhere(funnel.settle) },
  { what: 'go on with hand-overs', everyMs: 5 * second, work: everywhere(handover.proceed) },
  { what: 'warn before something runs out', everyMs: 900 * second, work: everywhere(accounts.remind) },
  { what: 'make search keys anew', everyMs: 60 * second, work: everywhere(search.rekey) },
  {
    what: 'look for duplicates',
    everyMs: 15 * second,
    work: everywhere(async world => void (await duplicates.look(world))),
  },
  { what: 'let quotes expire', everyMs: 900 * second, work: everywhere(orders.expire) },
  { what: 'remind of what is due', everyMs: 30 * second, work: everywhere(agenda.remind) },
  { what: 'tell of payments due', everyMs: 900 * second, work: everywhere(orders.remind) },
  { what: 'bring customers back to the pool', everyMs: 1_800 * second, work: everywhere(pool.tend) },
  {
    what: 'watch the weather',
    everyMs: 600 * second,
    work: async installation => {
      await everywhere(weather.tend)(installation);
      await weather.tendEverywhere(installation);
    },
  },
  {
    what: 'sweep what has run out',
    everyMs: 3_600 * second,
    work: everywhere(async world => {
      await sweepKeys(world);
      await sweepCodes(world);
      await recovery.sweep(world);
      await factors.sweepChallenges(world);
      await locks.sweepLanes(world);
      await attempts.sweep(world);
      await arrivals.sweep(world);
      await networks.sweep(world);
      await alerts.sweep(world);
      await notices.sweep(world);
      await agenda.sweep(world);
      await accounts.sweep(world);
      await support.sweep(world);
      await bin.empty(world);
      await files.sweep(world, (await bin.settings(world)).days);
      await batches.sweep(world);
    }),
  },
];

/** Starts the chores; the answer stops them, does the last of those that keep something, and waits for it. */
export function startChores(installation: Installation): () => Promise<void> {
  let stopped = false;
  const started = chores.map(({ what, everyMs, work }) => {
    let running: Promise<void> = Promise.resolve();
    const once = () =>
      work(installation).catch(error => {
        installation.log.warn({ err: error }, `could not ${what}, trying again`);
      });
    const timer = setInterval(() => {
      running = running.then(() => (stopped ? undefined : once()));
    }, everyMs);
    return { timer, rest: () => running };
  });
  return async () => {
    stopped = true;
    for (const { timer } of started) clearInterval(timer);
    await Promise.all(started.map(({ rest }) => rest()));
    await writeTurnedAway(installation);
    await weather.flush(installation);
  };
}
