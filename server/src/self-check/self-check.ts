// The self-check (解锁后自检): after an unlock, what was there is there, and functions answer (B8).
import { statfsSync } from 'node:fs';
import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import * as customers from '../customers/customers.ts';
import type { Me } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import type { Report as Schema } from './contract.ts';
import * as store from './store.ts';
import { type CheckName, kindTitles, texts, titles } from './words.ts';

export type Report = z.output<typeof Schema>;
type Check = Report['checks'][number];
type State = Check['state'];
type By = { me: Me; language: Language };

const day = 86_400_000;
const looked = 500;
const leastFreeMiB = 512;
/** Longer than the sealer's own pace, and it stands still. */
const mostUnsealed = 10_000;

const told = (name: CheckName, state: State, words: string, language: Language): Check => ({
  name,
  state,
  title: titles[name][language],
  words,
});

/** One person's own records and functions. */
export async function ofPerson(world: World, by: By): Promise<Report> {
  const { me, language } = by;
  const [last] = await locks.mine(world, me.id);
  const [counts, written, list, search, write, mail] = await Promise.all([
    countsOf(world, by, last?.since ?? null, me.id),
    lastWrites(world, by, me.id),
    listing(world, by),
    searching(world, by),
    writing(world, by),
    mailing(world, language),
  ]);
  const missing = counts.reduce((sum, count) => sum + count.missing, 0);
  const checks = [records(written.looked, missing, language), written.check, list, search, write, mail];
  return report(world, { lockedAt: last?.since ?? null, counts, checks });
}

/** The whole workspace, for administrators. */
export async function ofSystem(world: World, by: By): Promise<Report> {
  const { language } = by;
  const words = texts[language];
  const [last] = await locks.list(world, { limit: 1 });
  const [counts, written, list, search, write, mail, chain, unsealed, jobs] = await Promise.all([
    countsOf(world, by, last?.since ?? null, null),
    lastWrites(world, by, null),
    listing(world, by),
    searching(world, by),
    writing(world, by),
    mailing(world, language),
    audit.verify(world),
    audit.unsealed(world),
    store.jobs(world),
  ]);
  const missing = counts.reduce((sum, count) => sum + count.missing, 0);
  const late = jobs ? jobs.failed + jobs.late : 0;
  const disk = statfsSync(world.config.dataDir);
  const freeMiB = Math.floor((disk.bavail * disk.bsize) / 1_048_576);
  const checks = [
    records(written.looked, missing, language),
    written.check,
    list,
    search,
    write,
    mail,
    chain.kind === 'intact'
      ? told('journal', 'good', words.chain(chain.entries), language)
      : told('journal', 'bad', words.altered(chain.seq), language),
    told('sealing', unsealed < mostUnsealed ? 'good' : 'bad', words.unsealed(unsealed), language),
    jobs
      ? told('jobs', late ? 'bad' : 'good', late ? words['jobs-bad'](late) : words['jobs-good'](), language)
      : told('jobs', 'unknown', words['jobs-none'](), language),
    told('disk', freeMiB > leastFreeMiB ? 'good' : 'bad', words.disk(freeMiB), language),
  ];
  return report(world, { lockedAt: last?.since ?? null, counts, checks });
}

function report(world: World, of: Pick<Report, 'lockedAt' | 'counts' | 'checks'>): Report {
  const good = of.checks.every(check => check.state !== 'bad');
  return { at: moment(world), since: sinceOf(world, of.lockedAt), good, ...of };
}

const sinceOf = (world: World, lockedAt: string | null) => lockedAt ?? iso(world.now() - day);

async function countsOf(
  world: World,
  { language }: By,
  lockedAt: string | null,
  ownerId: string | null,
): Promise<Report['counts']> {
  const since = sinceOf(world, lockedAt);
  return Promise.all(
    store.kinds.map(async kind => {
      const [count, held] = await Promise.all([
        store.counted(world, kind, { ownerId, since }),
        store.heldAgainst(world, kind, { actorId: ownerId, limit: looked }),
      ]);
      return { kind, title: kindTitles[kind][language], ...count, missing: held.missing };
    }),
  );
}

function records(looked: number, missing: number, language: Language): Check {
  const words = texts[language];
  return missing === 0
    ? told('records', 'good', words.complete(looked), language)
    : told('records', 'bad', words.missing(missing), language);
}

async function lastWrites(world: World, { language }: By, actorId: string | null) {
  const found = await Promise.all(
    store.kinds.map(kind => store.heldAgainst(world, kind, { actorId, limit: looked })),
  );
  const sum = (of: (one: (typeof found)[number]) => number) =>
    found.reduce((total, one) => total + of(one), 0);
  const stale = sum(one => one.stale);
  const words = texts[language];
  const check = told(
    'last-writes',
    stale === 0 ? 'good' : 'bad',
    stale === 0 ? words.fresh(sum(one => one.looked)) : words.stale(stale),
    language,
  );
  return { looked: sum(one => one.looked), check };
}

/** Tries a function and tells how long it took; what throws is told by its first line. */
async function tried(
  name: CheckName,
  language: Language,
  work: () => Promise<string | null>,
): Promise<Check> {
  const begun = performance.now();
  const words = texts[language];
  try {
    const fault = await work();
    if (fault !== null) return told(name, 'bad', words.failed(fault), language);
    const ms = Math.round(performance.now() - begun);
    return told(name, 'good', name === 'write' ? words.rolled(ms) : words.answered(ms), language);
  } catch (error) {
    return told(name, 'bad', words.failed(String(error).split('\n')[0] ?? ''), language);
  }
}

const denied = (name: CheckName, language: Language) =>
  told(name, 'unknown', texts[language]['not-permitted'](), language);

const reader = (me: Me) => ({ me, reach: may(me, 'read', 'customer'), visitor: null });

async function listing(world: World, { me, language }: By): Promise<Check> {
  if (reader(me).reach === 'none') return denied('list', language);
  return tried('list', language, async () => {
    const page = await customers.list(world, { filters: {}, limit: 50 }, reader(me));
    return page.kind === 'page' ? null : page.kind;
  });
}

/** Looks the newest customer up by its own name: it has to be found. */
async function searching(world: World, { me, language }: By): Promise<Check> {
  if (reader(me).reach === 'none') return denied('search', language);
  return tried('search', language, async () => {
    const newest = await customers.list(world, { filters: {}, limit: 1 }, reader(me));
    const [one] = newest.kind === 'page' ? newest.items : [];
    if (!one) return null;
    const found = await customers.list(world, { filters: { q: one.name }, limit: 50 }, reader(me));
    const there = found.kind === 'page' && found.items.some(item => item.name === one.name);
    return there ? null : one.name;
  });
}

class Undone extends Error {}

/** Saves a draft in earnest, reads it back and rolls everything back: record, journal, jobs. */
async function writing(world: World, { me, language }: By): Promise<Check> {
  const reach = may(me, 'create', 'customer');
  if (reach === 'none') return denied('write', language);
  return tried('write', language, async () => {
    let fault: string | null = null;
    const work = atomically(world, async tx => {
      const by = { me, reach, visitor: null };
      const added = await customers.add(tx, { name: 'Latchkey self-check 自检' }, by);
      if (added.kind !== 'added') fault = added.kind;
      else if (!(await customers.byId(tx, added.customer.id, by))) fault = 'not found after saving';
      throw new Undone();
    });
    await work.catch(error => {
      if (!(error instanceof Undone)) throw error;
    });
    return fault;
  });
}

async function mailing(world: World, language: Language): Promise<Check> {
  const words = texts[language];
  if (!world.mail.configured) return told('mail', 'unknown', words['mail-none'](), language);
  const found = await world.mail.reach();
  return found.kind === 'reached'
    ? told('mail', 'good', words['mail-reached'](), language)
    : told('mail', 'bad', words['mail-away'](found.reason), language);
}
