// The second factor in a recovery: whoever has one proves it, or a mailbox would open what two things are to guard (L26).
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import * as audit from '../audit/audit.ts';
import * as contactPoints from '../contact-points/contact-points.ts';
import * as factors from '../factors/factors.ts';
import type { Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as codes from '../sign-in/codes.ts';
import { type Flow, flowHash, openFlow } from '../sign-in/flow.ts';
import * as codeStore from '../sign-in/store.ts';
import { whoAsks } from '../sign-in/who.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { neededIn } from './recovery.ts';
import * as store from './store.ts';

type Standing = { flow: Flow; person: staff.Person; kinds: factors.ProofKind[] };

/** The recovery behind a flow whose code has been given back, and that nobody has ended or stopped. */
export async function standing(world: World, sealed: string): Promise<Standing | null> {
  const flow = openFlow(world, 'recovery', sealed);
  if (!flow) return null;
  const hash = flowHash(flow);
  const [code, recovery] = await Promise.all([
    codeStore.codeOf(world, hash, 'recovery'),
    store.of(world, hash),
  ]);
  if (code?.state !== 'proved' || Date.parse(code.expires_at) <= world.now()) return null;
  if (!recovery || recovery.stopped_at || recovery.done_at) return null;
  const person = await staff.byId(world, recovery.person_id);
  if (person?.state !== 'active') return null;
  return { flow, person, kinds: await neededIn(world, recovery) };
}

/** Sends a code to the phone that is a second factor. */
export async function sendFactorCode(
  world: World,
  visitor: Visitor,
  sealed: string,
): Promise<{ kind: 'sent' | 'dead' }> {
  const at = await standing(world, sealed);
  if (!at) return { kind: 'dead' };
  const { person, flow } = at;
  const phone = at.kinds.includes('sms-code') ? await contactPoints.phoneFor(world, person) : null;
  if (!phone || !(await codes.mayAsk(world, visitor))) return { kind: 'sent' };
  await atomically(world, async tx => {
    const input = { flow: flowHash(flow), purpose: 'recovery-sms' as const, personId: person.id };
    const issued = await codes.issue(tx, input);
    if (!issued) return;
    await messages.post(tx, {
      to: phone,
      personId: person.id,
      channel: 'sms',
      template: 'sign-in-code',
      language: person.language as Language,
      data: { code: issued.code, minutes: codes.CODE_MINUTES, expiresAt: issued.expiresAt },
      secret: true,
    });
  });
  return { kind: 'sent' };
}

/** What a browser needs to show a passkey in this recovery; null where there is none to show. */
export async function passkeyOptions(world: World, sealed: string) {
  const at = await standing(world, sealed);
  return at?.kinds.includes('passkey') ? factors.beginPasskeyIn(world, at.flow.id) : null;
}

export type FactorProof =
  | { kind: 'totp' | 'recovery-code' | 'sms-code'; code: string }
  | { kind: 'passkey'; response: AuthenticationResponseJSON };

/** Checks a second factor; every try is paid for as at the door. */
export async function proveFactor(
  world: World,
  visitor: Visitor,
  sealed: string,
  shown: FactorProof,
): Promise<factors.Tried> {
  const at = await standing(world, sealed);
  if (!at) return { kind: 'dead' };
  if (!at.kinds.includes(shown.kind)) return { kind: 'wrong' };
  const tried = await look(world, visitor, at, shown);
  if (tried.kind !== 'right') return tried;
  if (tried.personId !== at.person.id) return { kind: 'wrong' };
  return atomically(world, async tx => {
    if (!(await store.factored(tx, flowHash(at.flow), shown.kind, moment(tx)))) return { kind: 'dead' };
    await audit.record(tx, {
      action: 'recovery.factor',
      by: at.person,
      visitor,
      object: { type: 'person', id: at.person.id },
      details: { kind: shown.kind },
    });
    return tried;
  });
}

async function look(
  world: World,
  visitor: Visitor,
  { flow, person }: Standing,
  shown: FactorProof,
): Promise<factors.Tried> {
  if (shown.kind === 'passkey')
    return factors.provePasskey(world, visitor, {
      purpose: 'recovery',
      session: flow.id,
      response: shown.response,
      fits: async personId => personId === person.id,
    });
  const { by } = await whoAsks(world, visitor, flow.name);
  const { code, kind } = shown;
  if (kind === 'sms-code')
    return codes.prove(world, {
      flow: flowHash(flow),
      purpose: 'recovery-sms',
      name: flow.name,
      by,
      code,
      next: 'consumed',
      notBefore: id => staff.voidBefore(world, id),
    });
  return factors.prove(world, visitor, { person, name: flow.name, by, kind, code });
}
