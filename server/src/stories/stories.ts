// The story of a lock, told from one source to its owner, to administrators and by the tool on the server.
import type { z } from 'zod';
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import { sourceOf } from '../edge/visitor.ts';
import * as locks from '../locks/locks.ts';
import * as networks from '../networks/networks.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import * as weather from '../weather/weather.ts';
import { iso, type World } from '../world.ts';
import type { StaleClient, Story as StorySchema } from './contract.ts';
import * as rules from './rules.ts';
import { kindWords, laneWords, signalNote, staleWords } from './words.ts';

export type Story = z.output<typeof StorySchema>;

/** A lock that is not kept in the table: an account that is suspended, say. */
type Bare = { cause: locks.CauseName; since: string; until: string | null };

export type Teller = {
  of: (lock: locks.LockRow) => Promise<Story>;
  /** The story of a lock as signing in met it, on this subject or on none. */
  met: (
    lock: Bare,
    about: { personId: string; subject: locks.SignInLane['subject'] | null },
  ) => Promise<Story>;
};

const day = 86_400_000;
const newest = 10;
/** The server's own address says nothing of where somebody is. */
const placeless = new Set(['127.0.0.1', sourceOf('::1')]);

/** Tells locks in one language; what several of them share is looked up once. */
export function teller(world: World, language: Language): Teller {
  const people = new Map<string, ReturnType<typeof personOf>>();
  const known = (id: string) => {
    const found = people.get(id) ?? personOf(world, id, language);
    people.set(id, found);
    return found;
  };
  let shared: Promise<[boolean, number]> | null = null;
  const around = () => {
    shared ??= Promise.all([weather.now(world).then(now => now.alarm !== null), staff.count(world)]);
    return shared;
  };
  const tell = async (lock: Bare, row: locks.LockRow | null, personId: string | null): Promise<Story> => {
    const stands = row ? locks.stands(row, world.now()) : true;
    const about = personId ? await known(personId) : null;
    const [happened, others, logged, [alarm, accounts]] = await Promise.all([
      happenedTo(world, { lock, row, personId, account: about?.account ?? null }, language),
      lock.cause === 'failed-attempts'
        ? locks.othersIn(world, { personId, from: lock.since, to: endOf(world, row) })
        : 0,
      row ? loggedOf(world, row) : null,
      around(),
    ]);
    const own = happened.places.map(place => ({
      lane: place.lane,
      count: place.count,
      familiar: about?.familiar.has(place.source) ?? false,
      placeless: placeless.has(place.source),
    }));
    const spray = row?.evidence.lane === 'alarm' || (stands && alarm);
    const signals = [
      rules.unknown.notice,
      rules.unknown.maintenance,
      rules.ownBehaviour(lock.cause, own),
      rules.unknown.support,
      rules.othersLocked({ alarm: spray, others, accounts }),
      rules.inLog(row, logged),
    ];
    return {
      ...locks.tell({ ...lock, on: row?.subject_kind === 'device' ? 'device' : undefined }, language),
      normal: rules.verdict(signals),
      id: row?.id ?? null,
      stands,
      lifted: row ? liftedOf(row) : null,
      tries: happened.tries,
      refused: happened.refused,
      staleClients: about?.stale ?? [],
      signals: signals.map(({ kind, speaks, because }) => ({
        kind,
        speaks,
        note: signalNote(because, language),
      })),
    };
  };
  const of = (row: locks.LockRow) => tell({ ...row, cause: causeOf(row) }, row, row.person_id);
  return {
    of,
    met: async (lock, { personId, subject }) => {
      const { kind, key } = subject ?? { kind: 'person' as const, key: personId };
      const on = { subject_kind: kind, subject_key: key, cause: lock.cause };
      const found = await locks.standingOn(world, on);
      return found ? of(found) : tell(lock, null, personId);
    },
  };
}

/** Clients that keep sending an old password of this person, and what to do about each. */
export async function staleClients(
  world: World,
  person: Pick<staff.Person, 'id' | 'sign_in_name'>,
  language: Language,
): Promise<z.output<typeof StaleClient>[]> {
  const account = attempts.accountOf(world, person.sign_in_name);
  const clients = await attempts.staleClients(world, person.id);
  return Promise.all(
    clients.map(async client => ({
      device: deviceOf(client.device),
      origin: originOf(world, client.source, language),
      times: client.times,
      since: client.first_at,
      last: client.last_at,
      changedAt: client.former ? (await attempts.seenAs(world, account, client.mark)).changedAt : null,
      note: staleWords(client.former, language),
    })),
  );
}

/**
 * The lock that a person on a known device would hear of: the standing one of this device, else the newest that
 * stands, else the newest that ended within a day; null for none.
 */
export async function latest(
  world: World,
  input: { personId: string; deviceId: string },
  language: Language,
): Promise<Story | null> {
  const now = world.now();
  const all = await locks.mine(world, input.personId);
  const standing = all.filter(lock => locks.stands(lock, now));
  const recent = all.filter(lock => Date.parse(lock.lifted_at ?? lock.until ?? iso(now)) > now - day);
  const lock = standing.find(one => one.subject_key === input.deviceId) ?? standing[0] ?? recent[0];
  return lock ? teller(world, language).of(lock) : null;
}

function causeOf(row: locks.LockRow): locks.CauseName {
  return locks.isCause(row.cause) ? row.cause : 'failed-attempts';
}

async function personOf(world: World, id: string, language: Language) {
  const person = await staff.byId(world, id);
  if (!person) return { account: null, familiar: new Set<string>(), stale: [] };
  const [familiar, stale] = await Promise.all([
    networks.familiarSources(world, id),
    staleClients(world, person, language),
  ]);
  return { account: attempts.accountOf(world, person.sign_in_name), familiar: new Set(familiar), stale };
}

/** Which tries led to a lock: those that came by its lane. */
function lanesOf(row: locks.LockRow): { lanes: string[]; source?: string } {
  if (row.cause !== 'failed-attempts') return { lanes: [] };
  const { lastAddress } = row.evidence;
  switch (row.subject_kind) {
    case 'device':
      return { lanes: ['knownDevice'] };
    case 'network':
      return {
        lanes: ['familiarNetwork'],
        ...(typeof lastAddress === 'string' ? { source: sourceOf(lastAddress) } : {}),
      };
    default:
      return { lanes: ['strangers', 'alarm'] };
  }
}

/** A lock's time, as far as it has come: until it was lifted or has ended. */
function endOf(world: World, row: locks.LockRow | null): string {
  const ends = [row?.lifted_at, row?.until].flatMap(at => (at ? [Date.parse(at)] : []));
  return iso(Math.min(...ends, world.now()));
}

/** The tries that led to a lock, from a day before on, and those that it turned away. */
async function happenedTo(
  world: World,
  input: { lock: Bare; row: locks.LockRow | null; personId: string | null; account: Buffer | null },
  language: Language,
) {
  const { lock, row, personId, account } = input;
  const by = row ? lanesOf(row) : { lanes: [] };
  if (!account || !personId || by.lanes.length === 0)
    return { ...untold(row), refused: { count: 0, first: null, last: null } };
  const span = { from: iso(Date.parse(lock.since) - day), to: endOf(world, row) };
  const sums = { action: 'sign-in.turned-away', objectId: personId, lanes: by.lanes, ...span };
  const [told, refused] = await Promise.all([
    triesOf(world, { account, ...span, ...by }, language),
    audit.tally(world, sums),
  ]);
  return { ...told, refused };
}

type Span = { account: Buffer; from: string; to: string; lanes: string[]; source?: string };

async function triesOf(world: World, { from, to, ...of }: Span, language: Language) {
  const [places, last] = await Promise.all([
    attempts.spread(world, { ...of, since: from, until: to }),
    attempts.of(world, { ...of, since: from, until: to, limit: newest }),
  ]);
  const first = places.map(place => place.first).sort()[0] ?? null;
  const tries: Story['tries'] = {
    count: places.reduce((sum, place) => sum + place.count, 0),
    sources: new Set(places.map(place => place.source)).size,
    first,
    last:
      places
        .map(place => place.last)
        .sort()
        .at(-1) ?? null,
    newest: last.map(one => ({
      id: one.id,
      at: one.at,
      origin: originOf(world, one.source, language),
      device: deviceOf(one.device),
      lane: one.lane,
      laneWords: laneWords(one.lane, language),
      kind: one.verdict,
      kindWords: kindWords(one.verdict, language),
    })),
  };
  return { tries, places };
}

/** Of a name that is nobody's only the number of misses is kept with the lock. */
function untold(row: locks.LockRow | null) {
  const misses = row?.evidence.misses;
  const count = typeof misses === 'number' ? misses : 0;
  return { tries: { count, sources: 0, first: null, last: null, newest: [] }, places: [] };
}

/** The lock as the journal tells it: set by its first entry, moved by later ones. */
async function loggedOf(world: World, row: locks.LockRow): Promise<rules.Logged | null> {
  const entries = await audit.list(world, {
    action: 'lock.set',
    objectType: 'lock',
    objectId: row.id,
    limit: 200,
  });
  const first = entries.at(-1);
  const last = entries[0];
  if (!first || !last) return null;
  const { cause, since } = (first.after ?? {}) as Record<string, string>;
  const until = ((last.after ?? {}) as Record<string, string | null>).until ?? null;
  const chain = await audit.chainAt(world, first.seq === null ? null : Number(first.seq));
  return { cause: cause ?? '', since: entries.length === 200 ? row.since : (since ?? ''), until, chain };
}

function liftedOf(row: locks.LockRow): Story['lifted'] {
  return row.lifted_at
    ? { at: row.lifted_at, how: row.lifted_how, by: row.lifted_by, reason: row.lifted_reason }
    : null;
}

function originOf(world: World, source: string, language: Language): string {
  return networks.originWords(networks.originOf(world, source) ?? source, language);
}

const deviceOf = (label: string) => (label === '' || label === '?' ? null : label);
