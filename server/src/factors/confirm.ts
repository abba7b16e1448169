// Showing again who one is, before factors are changed: a session somebody left open, or took, must not be enough.
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import { sourceOf } from '../edge/visitor.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import type { Tried } from './counted.ts';
import { prove, provePasskey } from './proving.ts';
import * as store from './store.ts';

const freshMs = 10 * 60_000;

export type Shown =
  | { kind: 'password'; password: string }
  | { kind: 'totp' | 'recovery-code'; code: string }
  | { kind: 'passkey'; response: AuthenticationResponseJSON };

export type Confirmed = Tried | { kind: 'busy' };

/** Whether the person behind this session has signed in or shown himself within the last ten minutes. */
export async function isFresh(world: World, me: Pick<Me, 'id' | 'sessionId'>): Promise<boolean> {
  const since = world.now() - freshMs;
  const at = await store.confirmedAt(world, me.sessionId);
  if (at && Date.parse(at) > since) return true;
  const session = (await devices.sessions(world, me.id)).find(one => one.id === me.sessionId);
  return session !== undefined && Date.parse(session.created_at) > since;
}

const delicateMs = 30 * 60_000;

/**
 * Whether he has shown himself within half an hour, from the very network and browser that ask now: a session that turns
 * up elsewhere, or without its device's cookie, is asked again before anything delicate (ASVS 5.0 7.5.3, 8.2.4).
 */
export async function standsFresh(world: World, me: Me, visitor: Visitor): Promise<boolean> {
  const since = world.now() - delicateMs;
  const source = sourceOf(visitor.address);
  const shown = await store.confirmation(world, me.sessionId);
  if (shown && Date.parse(shown.at) > since && shown.source === source)
    return shown.browser === null
      ? visitor.browser === null
      : visitor.browser?.equals(shown.browser) === true;
  const session = (await devices.sessions(world, me.id)).find(one => one.id === me.sessionId);
  if (!session || Date.parse(session.created_at) <= since) return false;
  if (session.address !== null && sourceOf(session.address) !== source) return false;
  const device = await devices.recognise(world, me.id, visitor.browser);
  return me.deviceId === null || device?.id === me.deviceId;
}

/** Checks a password or factor for a session that is open; every try is paid for, as at the door. */
export async function confirmSession(
  world: World,
  by: { me: Me; visitor: Visitor },
  shown: Shown,
): Promise<Confirmed> {
  const { me, visitor } = by;
  const person = await staff.byId(world, me.id);
  if (!person) return { kind: 'dead' };
  const tried = await look(world, visitor, me, person, shown);
  if (tried.kind !== 'right') return tried;
  await atomically(world, async tx => {
    await store.keepConfirmation(tx, {
      session_id: me.sessionId,
      at: moment(tx),
      how: shown.kind,
      source: sourceOf(visitor.address),
      browser: visitor.browser,
    });
    if (shown.kind !== 'password' && me.deviceId)
      await store.trust(tx, [{ personId: me.id, deviceId: me.deviceId, at: moment(tx) }]);
    await audit.record(tx, {
      action: 'session.confirm',
      by: me,
      visitor,
      object: { type: 'person', id: me.id },
      details: { how: shown.kind, session: me.sessionId },
    });
  });
  return tried;
}

async function look(
  world: World,
  visitor: Visitor,
  me: Me,
  person: staff.Person,
  shown: Shown,
): Promise<Confirmed> {
  switch (shown.kind) {
    case 'password':
      return checkPassword(world, me, person, shown.password);
    case 'passkey':
      return provePasskey(world, visitor, {
        purpose: 'confirm',
        session: me.sessionId,
        response: shown.response,
        fits: async id => id === me.id,
      });
    default:
      return prove(world, visitor, {
        person,
        name: person.sign_in_name,
        by: 'knownDevice',
        kind: shown.kind,
        code: shown.code,
      });
  }
}

/** The password again, paid for by the lane of this very device. */
async function checkPassword(
  world: World,
  me: Me,
  person: staff.Person,
  password: string,
): Promise<Confirmed> {
  if (!person.password_hash || !me.deviceId) return { kind: 'wrong' };
  const lane = await locks.deviceLane(world, person.id, me.deviceId);
  const spent = await locks.spend(world, { ...lane, now: world.now() });
  if (!spent.ok) return { kind: 'slow-down', until: spent.until };
  const verdict = await world.passwords.verify(person.password_hash, password, {
    urgency: 'known',
    source: person.id,
  });
  const right = verdict.kind === 'right';
  await locks.settle(world, {
    ...lane,
    now: world.now(),
    verdict: verdict.kind === 'busy' ? 'dropped' : right ? 'right' : 'wrong',
    credit: 1e6,
  });
  if (verdict.kind === 'busy') return { kind: 'busy' };
  return right ? { kind: 'right', personId: person.id } : { kind: 'wrong' };
}
