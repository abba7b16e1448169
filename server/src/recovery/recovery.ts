// Forgotten password: a code or link by e-mail, a new password, and a failure lock is lifted on the way.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as codes from '../sign-in/codes.ts';
import { flowHash, openFlow, sealFlow } from '../sign-in/flow.ts';
import * as store from '../sign-in/store.ts';
import { whoAsks } from '../sign-in/who.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';

/** Begins a recovery; the answer and its time are the same for every name (L10). Works while locked (L27). */
export async function begin(world: World, visitor: Visitor, typed: string): Promise<{ flow: string }> {
  const name = staff.normalName(typed);
  const sealed = sealFlow(world, { purpose: 'recovery', name, password: '', remember: false });
  const flow = openFlow(world, 'recovery', sealed);
  if (!flow || !(await codes.mayAsk(world, visitor))) return { flow: sealed };
  await atomically(world, async tx => {
    const person = await staff.bySignInName(tx, name);
    const reachable = person?.email_verified_at && person.state === 'active' ? person : null;
    const issued = await codes.issue(tx, {
      flow: flowHash(flow),
      purpose: 'recovery',
      personId: reachable?.id ?? null,
    });
    if (!issued || !reachable) return;
    await messages.post(tx, {
      to: reachable.email,
      personId: reachable.id,
      channel: 'email',
      template: 'recovery',
      language: reachable.language as Language,
      data: {
        name: reachable.name,
        code: issued.code,
        link: messages.link(tx, `/recover/${sealed}#${issued.code}`),
        minutes: codes.CODE_MINUTES,
        expiresAt: issued.expiresAt,
      },
      secret: true,
      known: (await devices.recognise(tx, reachable.id, visitor.browser)) !== undefined,
    });
    await audit.record(tx, {
      action: 'recovery.begin',
      visitor,
      object: { type: 'person', id: reachable.id },
    });
  });
  return { flow: sealed };
}

export type ProofOutcome =
  | { kind: 'proved' }
  | { kind: 'wrong' | 'dead' }
  | { kind: 'slow-down'; retryAfter: number };

/** Checks the code of a recovery; its misses never touch the lanes of signing in (L25). */
export async function prove(
  world: World,
  visitor: Visitor,
  input: { flow: string; code: string },
): Promise<ProofOutcome> {
  const flow = openFlow(world, 'recovery', input.flow);
  if (!flow) return { kind: 'dead' };
  const proof = await codes.prove(world, {
    flow: flowHash(flow),
    purpose: 'recovery',
    name: flow.name,
    by: (await whoAsks(world, visitor, flow.name)).by,
    code: input.code,
    next: 'proved',
    notBefore: async id => ((await staff.byId(world, id))?.state === 'active' ? 0 : Number.POSITIVE_INFINITY),
  });
  if (proof.kind === 'slow-down')
    return {
      kind: 'slow-down',
      retryAfter: proof.until === null ? 86_400 : (proof.until - world.now()) / 1_000,
    };
  return proof.kind === 'right' ? { kind: 'proved' } : { kind: proof.kind };
}

export type PasswordOutcome =
  | { kind: 'set' }
  | { kind: 'dead' }
  | { kind: 'weak'; fault: staff.PasswordFault };

/**
 * Sets the new password. Only a proved code of this very flow allows it, and it is consumed in the same transaction
 * (L23); all sessions end, a failure lock is lifted (L27), nobody is signed in by it.
 */
export async function setPassword(
  world: World,
  visitor: Visitor,
  input: { flow: string; password: string },
): Promise<PasswordOutcome> {
  const flow = openFlow(world, 'recovery', input.flow);
  const row = flow && (await store.codeOf(world, flowHash(flow), 'recovery'));
  if (!flow || row?.state !== 'proved' || !row.person_id) return { kind: 'dead' };
  const person = await staff.byId(world, row.person_id);
  if (person?.state !== 'active') return { kind: 'dead' };
  const fault = await staff.weakness(world, input.password, person);
  if (fault) return { kind: 'weak', fault };
  return atomically(world, async tx => {
    if (!(await store.consumeProved(tx, flowHash(flow), 'recovery', moment(tx)))) return { kind: 'dead' };
    const set = await staff.setPassword(tx, person, input.password, {
      by: person,
      visitor,
      action: 'password.recover',
    });
    if (set.kind === 'weak') return set;
    await store.killCodes(tx, person.id);
    await devices.endAllSessions(
      tx,
      { personId: person.id, why: 'password-recovered' },
      { me: person, visitor },
    );
    await locks.liftByOwner(tx, { person, how: 'recovery', everything: true, visitor });
    await messages.post(tx, {
      to: person.email,
      personId: person.id,
      channel: 'email',
      template: 'password-changed',
      language: person.language as Language,
      data: {
        name: person.name,
        at: moment(tx),
        address: visitor.address,
        device: devices.deviceLabel(visitor.userAgent),
      },
    });
    return { kind: 'set' };
  });
}
