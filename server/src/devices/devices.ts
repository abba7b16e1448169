// Devices and sessions: which browsers a person is known on, and which doors stand open.
import type { RawBuilder } from 'kysely';
import * as audit from '../audit/audit.ts';
import type { Me, MintPermit, Visitor } from '../http.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { deviceLabel, heldLimits, sessionLimits } from './rules.ts';
import * as store from './store.ts';
import { hashOf, packId } from './tokens.ts';

export { sessionKeeper } from './keeper.ts';
export { hashOf as browserOf, hashOf, packId, unpackId } from './tokens.ts';

/** The device on which this person has signed in well before with this browser; undefined for a strange one. */
export async function recognise(world: World, personId: string, browser: Buffer | null) {
  return browser ? store.byBrowser(world, personId, browser) : undefined;
}

/** Who is called so, and whether this browser is a known device of theirs. */
export async function behind(
  world: World,
  name: string,
  browser: Buffer | null,
): Promise<{ person: staff.Person | undefined; deviceId: string | undefined }> {
  const found = await store.behind(world, name, browser);
  if (!found) return { person: undefined, deviceId: undefined };
  const { device_id: deviceId, ...row } = found;
  return { person: staff.asOf(world, row), deviceId: deviceId ?? undefined };
}

/** What the browser is to keep: tokens in plain text, of which the database holds hashes only. */
export type Opened = {
  sessionId: string;
  token: string;
  browserSecret: string | null;
  deviceId: string;
  maxAge: number | null;
};

type Opening = {
  person: staff.Person;
  visitor: Visitor;
  remember: boolean;
  how: string;
  lane?: string;
  /** The cause of a lock that holds the session back. */
  heldBy?: string;
};

/**
 * Opens a session on the visitor's browser and makes it a known device; call it within the transaction that settles
 * the sign-in. Needs the permit of a route declared to mint (L5).
 */
export async function openSession(world: World, permit: MintPermit, input: Opening): Promise<Opened> {
  const device = await makeKnown(world, input);
  const { row, entry, opened } = draft(world, permit, input, device);
  await store.insertSession(world, row);
  await audit.record(world, entry);
  return opened;
}

/**
 * The same on a device that is known already, and what is to be done alongside, in one statement; null when the device
 * was revoked meanwhile, and then only the latter is done.
 */
export async function openOnKnown(
  world: World,
  permit: MintPermit,
  input: Opening & { deviceId: string; alongside: RawBuilder<unknown>[] },
): Promise<Opened | null> {
  const { deviceId, alongside } = input;
  const { row, entry, opened } = draft(world, permit, input, { deviceId, secret: null, fresh: false });
  const done = await store.insertSessionOnKnown(world, row, audit.row(world, entry), alongside);
  return done ? opened : null;
}

function draft(
  world: World,
  permit: MintPermit,
  { person, visitor, remember, how, lane, heldBy }: Opening,
  device: { deviceId: string; secret: string | null; fresh: boolean },
) {
  const token = world.random.bytes(32).toString('base64url');
  const limits = heldBy ? heldLimits : sessionLimits(remember);
  const sessionId = world.random.id();
  const at = moment(world);
  const row = {
    workspace_id: world.workspaceId,
    id: sessionId,
    token_hash: hashOf(token),
    person_id: person.id,
    device_id: device.deviceId,
    address: visitor.address,
    created_at: at,
    last_seen_at: at,
    idle_seconds: limits.idleSeconds,
    ends_at: iso(world.now() + limits.absoluteSeconds * 1_000),
    held_by: heldBy ?? null,
  };
  const entry = {
    action: 'session.open',
    by: person,
    visitor,
    object: { type: 'person', id: person.id },
    details: {
      how,
      ...(lane ? { lane } : {}),
      ...(heldBy ? { heldBy } : {}),
      route: permit.route,
      session: sessionId,
      device: device.deviceId,
      newDevice: device.fresh,
    },
  };
  const opened: Opened = {
    sessionId,
    token: `${packId(world.workspaceId)}.${token}`,
    browserSecret: device.secret,
    deviceId: device.deviceId,
    maxAge: remember && !heldBy ? limits.absoluteSeconds : null,
  };
  return { row, entry, opened };
}

/**
 * Makes the visitor's browser a known device of the person. A strange browser gets a fresh secret, so that one which
 * somebody planted beforehand is worth nothing.
 */
export async function makeKnown(
  world: World,
  input: { person: Pick<staff.Person, 'id'>; visitor: Visitor },
): Promise<{ deviceId: string; secret: string | null; fresh: boolean }> {
  const { person, visitor } = input;
  const known = await recognise(world, person.id, visitor.browser);
  if (known) {
    await store.touchDevice(world, known.id, { at: moment(world), address: visitor.address });
    return { deviceId: known.id, secret: null, fresh: false };
  }
  const secret = world.random.bytes(32).toString('base64url');
  if (visitor.browser) await store.moveBrowser(world, visitor.browser, hashOf(secret));
  const deviceId = world.random.id();
  await store.insertDevice(world, {
    workspace_id: world.workspaceId,
    id: deviceId,
    person_id: person.id,
    browser_hash: hashOf(secret),
    label: deviceLabel(visitor.userAgent),
    address: visitor.address,
    created_at: moment(world),
    last_seen_at: moment(world),
  });
  return { deviceId, secret, fresh: true };
}

/** A person's devices that still count, last seen first. */
export const list = store.devicesOf;

/** A person's open sessions, last seen first. */
export async function sessions(world: World, personId: string) {
  return store.sessionsOf(world, personId, moment(world));
}

/** The lock that held a session back is lifted: from now on it lives as long as one that was opened now. */
export async function release(world: World, me: Pick<Me, 'id' | 'sessionId'>): Promise<void> {
  const limits = sessionLimits(false);
  const endsAt = iso(world.now() + limits.absoluteSeconds * 1_000);
  await store.release(world, me.sessionId, { idleSeconds: limits.idleSeconds, endsAt });
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [me.id] });
}

/**
 * Another token for a session whose person has shown himself again; the one before opens nothing from now on, whoever
 * else may hold it (ASVS 5.0 7.2.4). Null when the session has ended meanwhile.
 */
export async function renew(
  world: World,
  _permit: MintPermit,
  me: Pick<Me, 'id' | 'sessionId'>,
): Promise<{ token: string; maxAge: number | null } | null> {
  const token = world.random.bytes(32).toString('base64url');
  const row = await store.renew(world, me.sessionId, hashOf(token));
  if (!row) return null;
  await announce(world, { kind: 'person-changed', workspaceId: world.workspaceId, ids: [me.id] });
  const isRemembered = row.idle_seconds > sessionLimits(false).idleSeconds;
  const left = Math.max(1, Math.round((Date.parse(row.ends_at) - world.now()) / 1_000));
  return { token: `${packId(world.workspaceId)}.${token}`, maxAge: isRemembered ? left : null };
}

/** Suspends a person, whose sessions end for good, or lets one work again, who signs in anew (ASVS 5.0 7.4.2). */
export async function setState(
  world: World,
  input: { personId: string; state: 'active' | 'suspended'; reason: string },
  by: { me: Me | null; visitor: Visitor | null },
): ReturnType<typeof staff.setState> {
  return atomically(world, async tx => {
    const outcome = await staff.setState(tx, input, by);
    if (outcome.kind === 'done' && input.state === 'suspended')
      await endAllSessions(tx, { personId: input.personId, why: 'suspended' }, by);
    return outcome;
  });
}

/** Ends one session of a person. */
export async function endSession(
  world: World,
  input: { personId: string; sessionId: string; why: string },
  by: { me: Pick<Me, 'id' | 'name'>; visitor: Visitor },
): Promise<{ kind: 'ended' } | { kind: 'not-found' }> {
  return atomically(world, async tx => {
    const ended = await store.endSessions(
      tx,
      { personId: input.personId, id: input.sessionId },
      input.why,
      moment(tx),
    );
    if (ended.length === 0) return { kind: 'not-found' };
    await forget(tx, ended);
    await audit.record(tx, {
      action: 'session.end',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: input.personId },
      details: { session: input.sessionId, why: input.why },
    });
    return { kind: 'ended' };
  });
}

/** Ends every session of a person, but for one; returns how many. */
export async function endAllSessions(
  world: World,
  input: { personId: string; exceptId?: string; why: string },
  by: { me: Pick<Me, 'id' | 'name'> | null; visitor: Visitor | null },
): Promise<number> {
  return atomically(world, async tx => {
    const ended = await store.endSessions(tx, input, input.why, moment(tx));
    if (ended.length === 0) return 0;
    await forget(tx, ended);
    await audit.record(tx, {
      action: 'session.end-all',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: input.personId },
      details: { count: ended.length, why: input.why },
    });
    return ended.length;
  });
}

/** Forgets a device: its sessions end and its browser is a stranger again. */
export async function revoke(
  world: World,
  input: { personId: string; deviceId: string },
  by: { me: Pick<Me, 'id' | 'name'>; visitor: Visitor },
): Promise<{ kind: 'revoked' } | { kind: 'not-found' }> {
  return atomically(world, async tx => {
    if (!(await store.revokeDevice(tx, input.personId, input.deviceId, moment(tx))))
      return { kind: 'not-found' };
    const ended = await store.endSessions(tx, input, 'device-revoked', moment(tx));
    await forget(tx, ended);
    await audit.record(tx, {
      action: 'device.revoke',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: input.personId },
      details: { device: input.deviceId, sessions: ended.length },
    });
    return { kind: 'revoked' };
  });
}

/**
 * Takes a device its cookie after a run of misses on it: the browser is a stranger's from now on, so that a stolen
 * cookie cannot use up what all known devices share. Sessions on it were opened well, and go on.
 */
export async function disown(
  world: World,
  input: { personId: string; deviceId: string; visitor: Visitor },
): Promise<void> {
  const { personId, deviceId, visitor } = input;
  if (!(await store.revokeDevice(world, personId, deviceId, moment(world)))) return;
  await audit.record(world, {
    action: 'device.disown',
    visitor,
    object: { type: 'person', id: personId },
    details: { device: deviceId },
  });
}

/**
 * The key for what one browser keeps of one person, derived and nowhere stored: only who is signed in can have it, and
 * has the same one again after signing in anew, also on a device that was forgotten meanwhile (L50, L42).
 */
export async function offlineKey(
  world: World,
  { me, box }: { me: Pick<Me, 'id' | 'sessionId'>; box: string },
): Promise<{ key: string; until: string }> {
  const key = world.secrets.mac('offline', `${world.workspaceId} ${me.id} ${box}`);
  const session = (await sessions(world, me.id)).find(one => one.id === me.sessionId);
  // A session that is over tonight leaves nothing readable for the rest of the week.
  const until = Math.min(
    world.now() + (await workspaces.offlineHours(world)) * 3_600_000,
    session ? Date.parse(session.ends_at) : world.now(),
  );
  return { key: key.toString('base64url'), until: iso(until) };
}

/** Whether this person has ever had a known device. */
export const hasAny = store.hasAny;

async function forget(world: World, ids: string[]): Promise<void> {
  if (ids.length > 0) await announce(world, { kind: 'session-ended', workspaceId: world.workspaceId, ids });
}

export { deviceLabel } from './rules.ts';
