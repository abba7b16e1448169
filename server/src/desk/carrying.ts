// Carrying an action out, once it is clear that it may be: each with its entry in the journal and its letter.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import { passPhrase } from '../dice.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as recovery from '../recovery/recovery.ts';
import { issueAtDesk } from '../sign-in/codes.ts';
import * as staff from '../staff/staff.ts';
import { iso, moment, type World } from '../world.ts';
import { alarm, tell } from './notices.ts';
import { type Action, initialMs, type Proof, type Why } from './rules.ts';

export type Help = {
  action: Action;
  reason: string;
  proof: Proof;
  /** One of the person's factors; all of them otherwise. */
  factorId?: string | null;
  /** Where the proof is `ticket`. */
  ticketId?: string | null;
  /** The request that was approved, where one was needed. */
  request?: { id: string; approvedBy: string | null };
};

/** Who does it; nobody on the server's own shell. */
export type By = { me: Me | null; visitor: Visitor | null };

/** What is told to whoever asked, once. */
export type Secret = { kind: 'password' | 'code'; value: string; until: string };

export type Carried = { kind: 'done'; secret: Secret | null } | { kind: 'refused'; why: Why };

/** Does it within the caller's transaction. */
export async function carryOut(world: World, person: staff.Person, help: Help, by: By): Promise<Carried> {
  const secret = await act(world, person, help, by);
  if (secret && 'why' in secret) return { kind: 'refused', why: secret.why };
  const name = by.me?.name ?? 'latchkey';
  await audit.record(world, {
    action: `desk.${help.action}`,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: person.id },
    details: {
      reason: help.reason,
      proof: by.me ? help.proof : 'server',
      ...(help.factorId ? { factor: help.factorId } : {}),
      ...(help.ticketId ? { ticket: help.ticketId } : {}),
      ...(help.request ? { request: help.request.id, approvedBy: help.request.approvedBy } : {}),
      ...(secret ? { until: secret.until } : {}),
    },
  });
  // Lifting tells of each lock by itself.
  if (help.action !== 'lift') await tell(world, person, { ...help, by: name });
  if (help.request)
    await alarm(world, 'desk-done', {
      key: help.request.id,
      person: person.name,
      by: name,
      reason: help.reason,
    });
  return { kind: 'done', secret };
}

async function act(
  world: World,
  person: staff.Person,
  help: Help,
  by: By,
): Promise<Secret | { why: Why } | null> {
  switch (help.action) {
    case 'lift':
      return (await liftAll(world, person, help, by)) > 0 ? null : { why: 'no-lock' };
    case 'initial-password':
      return initialPassword(world, person, help, by);
    case 'unlock-code': {
      const { code, expiresAt } = await issueAtDesk(world, person.id);
      return { kind: 'code', value: code, until: expiresAt };
    }
    case 'send-reset':
      await recovery.sendFor(world, person, by.visitor);
      return null;
    case 'reset-factors': {
      const { reason: why, factorId: id } = help;
      const gone = id
        ? await factors.removeLost(world, { personId: person.id, id, why }, by)
        : await factors.removeAll(world, person.id, why, by).then(() => true);
      if (gone) await devices.endAllSessions(world, { personId: person.id, why: 'desk' }, by);
      return gone ? null : { why: 'no-factor' };
    }
    case 'end-sessions':
      await devices.endAllSessions(world, { personId: person.id, why: 'desk' }, by);
      return null;
    case 'verify-again':
      await staff.unverify(world, person.id);
      return null;
    case 'suspend':
    case 'resume': {
      const state = help.action === 'suspend' ? ('suspended' as const) : ('active' as const);
      await devices.setState(world, { personId: person.id, state, reason: help.reason }, by);
      return null;
    }
  }
}

/** Lifts every lock that stands on the person, each by its own entry. */
async function liftAll(
  world: World,
  person: staff.Person,
  { reason, proof }: Pick<Help, 'reason' | 'proof'>,
  by: By,
  only?: locks.CauseName,
): Promise<number> {
  const all = await locks.list(world, { limit: 200, personId: person.id, standingAt: moment(world) });
  let lifted = 0;
  for (const lock of all) {
    if (only && lock.cause !== only) continue;
    const input = { lockId: lock.id, reason, proof: by.me ? proof : 'shell on the server' };
    if ((await locks.lift(world, input, by)).kind === 'lifted') lifted++;
  }
  return lifted;
}

/** Drawn by dice: what a workspace asks of passwords that people think up does not apply. */
const formOnly = 12;

/**
 * A new password that somebody else knows: it ends every session, is good for one sign-in within a day, and lifts no
 * second factor. A password that was said to be exposed is thereby gone.
 */
async function initialPassword(world: World, person: staff.Person, help: Help, by: By): Promise<Secret> {
  // Drawn anew should one hold a short name by chance.
  let value = passPhrase(world.random);
  while (await staff.weakness(world, value, person, formOnly)) value = passPhrase(world.random);
  const until = iso(world.now() + initialMs);
  const how = { by: by.me, visitor: by.visitor, action: 'password.initial', leastLength: formOnly };
  await staff.setPassword(world, person, value, how);
  await staff.makeInitial(world, person.id, until);
  await devices.endAllSessions(world, { personId: person.id, why: 'password-reset' }, by);
  await liftAll(world, person, help, by, 'password-exposed');
  return { kind: 'password', value, until };
}
