// Verifying one's own address by a code, also from the lock that an unverified one amounts to.
import { createHash } from 'node:crypto';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as codes from '../sign-in/codes.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, type World } from '../world.ts';

/** One flow for each session and hour, each with its share of codes. */
function flowOf(world: World, me: Me): Buffer {
  const hour = Math.floor(world.now() / 3_600_000);
  return createHash('sha256').update(`verify ${me.sessionId} ${hour}`).digest();
}

/** Sends a code to the stored address. */
export async function sendCode(
  world: World,
  me: Me,
): Promise<{ kind: 'sent' | 'verified' | 'enough' | 'no-address' }> {
  return atomically(world, async tx => {
    const person = await staff.byId(tx, me.id);
    if (!person) return { kind: 'no-address' };
    if (person.email_verified_at) return { kind: 'verified' };
    const issued = await codes.issue(tx, { flow: flowOf(tx, me), purpose: 'verify', personId: me.id });
    if (!issued) return { kind: 'enough' };
    const posted = await messages.post(tx, {
      to: person.email,
      personId: person.id,
      channel: 'email',
      template: 'verify-email',
      language: person.language as Language,
      data: {
        name: person.name,
        code: issued.code,
        minutes: codes.CODE_MINUTES,
        expiresAt: issued.expiresAt,
      },
      secret: true,
      known: true,
    });
    if (posted.kind === 'capped') return { kind: 'enough' };
    return { kind: posted.kind === 'no-address' ? 'no-address' : 'sent' };
  });
}

/** Tries the code; a right one verifies the address, and a lock for want of it is over at once. */
export async function prove(
  world: World,
  code: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'verified' } | Exclude<codes.Proof, { kind: 'right' }>> {
  const proof = await codes.prove(world, {
    flow: flowOf(world, by.me),
    purpose: 'verify',
    name: by.me.id,
    by: 'knownDevice',
    code,
    next: 'consumed',
    notBefore: id => staff.voidBefore(world, id),
  });
  if (proof.kind !== 'right') return proof;
  await atomically(world, async tx => {
    await staff.verifyAddress(tx, by.me.id);
    await audit.record(tx, {
      action: 'person.verify-address',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: by.me.id },
    });
  });
  return { kind: 'verified' };
}

/** An administrator gives somebody another week to verify the address. */
export async function defer(
  world: World,
  input: { personId: string; reason: string },
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'deferred'; until: string } | { kind: 'not-found' | 'verified' | 'oneself' }> {
  if (input.personId === by.me.id) return { kind: 'oneself' };
  const person = await staff.byId(world, input.personId);
  if (!person) return { kind: 'not-found' };
  if (person.email_verified_at) return { kind: 'verified' };
  const until = iso(world.now() + staff.VERIFY_WITHIN_DAYS * 86_400_000);
  await atomically(world, async tx => {
    await staff.deferVerifying(tx, person.id, until);
    await audit.record(tx, {
      action: 'person.defer-verifying',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
      after: { until },
      details: { reason: input.reason },
    });
  });
  return { kind: 'deferred', until };
}
