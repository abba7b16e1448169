// Forgotten password: a code by mail or text message, a second factor where there is one, a new password.
import { createHash } from 'node:crypto';
import * as audit from '../audit/audit.ts';
import * as contactPoints from '../contact-points/contact-points.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import type { Question } from '../questions/questions.ts';
import { putAway, takeUp } from '../sign-in/asking.ts';
import * as codes from '../sign-in/codes.ts';
import { type Flow, flowHash, openFlow, sealFlow } from '../sign-in/flow.ts';
import * as codeStore from '../sign-in/store.ts';
import { whoAsks } from '../sign-in/who.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { lacksAnswers } from './answers.ts';
import * as store from './store.ts';

export { proveAnswers } from './answers.ts';
export { type FactorProof, passkeyOptions, proveFactor, sendFactorCode } from './second.ts';
export { stop } from './stop.ts';

export type Via = store.Recovery['via'];

/**
 * Begins a recovery, or with `again` sends a new code within the same one. The answer and its time are the same for
 * every name, as the work for it is put away (L10). Works while locked (L27).
 */
export async function begin(
  world: World,
  visitor: Visitor,
  typed: string,
  how: { via?: Via; again?: string } = {},
): Promise<{ flow: string }> {
  const name = staff.normalName(typed);
  const before = how.again ? openFlow(world, 'recovery', how.again) : null;
  const flow =
    before?.name === name && how.again
      ? how.again
      : sealFlow(world, { purpose: 'recovery', name, password: '', remember: false });
  if (await codes.mayAsk(world, visitor))
    await putAway(world, 'recovery', visitor, { flow, via: how.via ?? 'email' });
  return { flow };
}

/** Sends the code that was asked for to every verified address of that kind (L22), if there is one. */
export async function sendAsked(world: World, sealed: string): Promise<void> {
  const found = takeUp<{ flow: string; via: Via }>(world, sealed);
  const flow = found && openFlow(world, 'recovery', found.asked.flow);
  if (!found || !flow) return;
  const person = await staff.bySignInName(world, flow.name);
  await send(world, { flow, sealed: found.asked.flow, via: found.asked.via }, person, found.visitor);
}

/**
 * Begins a recovery for somebody by mail, as an administrator does for him: the code goes to the owner's addresses alone,
 * so that nobody else ever knows a password of his (ASVS 5.0 6.4.6).
 */
export async function sendFor(world: World, person: staff.Person, visitor: Visitor | null): Promise<void> {
  const name = person.sign_in_name;
  const sealed = sealFlow(world, { purpose: 'recovery', name, password: '', remember: false });
  const flow = openFlow(world, 'recovery', sealed);
  if (flow) await send(world, { flow, sealed, via: 'email' }, person, visitor);
}

async function send(
  world: World,
  { flow, sealed, via }: { flow: Flow; sealed: string; via: Via },
  person: staff.Person | undefined,
  visitor: Visitor | null,
): Promise<void> {
  await atomically(world, async tx => {
    const ways = person?.state === 'active' ? await contactPoints.verified(tx, person) : null;
    const places = (via === 'sms' ? ways?.phones : ways?.emails) ?? [];
    const issued = await codes.issue(tx, {
      flow: flowHash(flow),
      purpose: 'recovery',
      personId: (places.length > 0 && person?.id) || null,
    });
    if (!issued || !person || !ways) return;
    await store.keep(tx, {
      workspace_id: tx.workspaceId,
      flow_hash: flowHash(flow),
      person_id: person.id,
      via,
      stop_hash: stopHash(stopToken(tx, flowHash(flow))),
      address: visitor?.address ?? '',
      device: visitor ? devices.deviceLabel(visitor.userAgent) : '',
      begun_at: moment(tx),
    });
    const known = visitor !== null && (await devices.recognise(tx, person.id, visitor.browser)) !== undefined;
    for (const [i, to] of places.entries())
      await messages.post(tx, {
        to,
        personId: person.id,
        channel: via,
        template: 'recovery',
        language: person.language as Language,
        data: {
          name: person.name,
          code: issued.code,
          link: messages.link(tx, `/recover/${sealed}#${issued.code}`),
          stop: stopLink(tx, flowHash(flow)),
          minutes: codes.CODE_MINUTES,
          expiresAt: issued.expiresAt,
        },
        secret: true,
        known,
        // One text message is enough, however many mailboxes stay silent.
        ...(via === 'email' && i === 0 ? { elseTo: ways.phones[0] ?? null } : {}),
      });
    await audit.record(tx, {
      action: 'recovery.begin',
      visitor,
      object: { type: 'person', id: person.id },
      details: { via },
    });
  });
}

/** What the link of a message has to hold to stop this recovery; the same in all of its messages. */
function stopToken(world: World, flow: Buffer): string {
  const mark = world.secrets.mac('flow', `stop ${flow.toString('hex')}`);
  return mark.subarray(0, 16).toString('base64url');
}

/** How the database knows such a token. */
export function stopHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function stopLink(world: World, flow: Buffer): string {
  return messages.link(world, `/recover/stop#${stopToken(world, flow)}`);
}

/** The kinds of second factor that this recovery asks for; a phone that brought the code is no second one (L26). */
export async function neededIn(world: World, recovery: store.Recovery): Promise<factors.ProofKind[]> {
  const kinds = await factors.kindsOf(world, recovery.person_id);
  return recovery.via === 'sms' ? kinds.filter(kind => kind !== 'sms-code') : kinds;
}

/** Whether a second factor has still to be proved; asking for any is enough, even when none of them is left to use. */
export async function lacksFactor(world: World, recovery: store.Recovery): Promise<boolean> {
  return recovery.factor_at === null && (await factors.kindsOf(world, recovery.person_id)).length > 0;
}

export type ProofOutcome =
  | { kind: 'proved' }
  | { kind: 'factor-needed'; kinds: factors.ProofKind[] }
  | { kind: 'answers-needed'; questions: Question[] }
  | Exclude<factors.Tried, { kind: 'right' }>;

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
  if (proof.kind !== 'right') return proof;
  const recovery = await atomically(world, async tx => {
    if (!(await store.proved(tx, flowHash(flow), moment(tx)))) return undefined;
    await tellProved(tx, flow, visitor);
    return store.of(tx, flowHash(flow));
  });
  if (!recovery) return { kind: 'dead' };
  if (await lacksFactor(world, recovery))
    return { kind: 'factor-needed', kinds: await neededIn(world, recovery) };
  const asked = await lacksAnswers(world, recovery);
  return asked ? { kind: 'answers-needed', questions: asked } : { kind: 'proved' };
}

/** Tells the addresses that did not get the code that somebody has given it back. */
async function tellProved(world: World, flow: Flow, visitor: Visitor): Promise<void> {
  const recovery = await store.of(world, flowHash(flow));
  const person = recovery && (await staff.byId(world, recovery.person_id));
  if (!recovery || !person) return;
  const ways = await contactPoints.verified(world, person);
  const told = recovery.via === 'sms' ? ways.phones : ways.emails;
  await contactPoints.tellAll(world, person, 'recovery-proved', noticeOf(world, flow, visitor), told);
}

function noticeOf(world: World, flow: Flow, visitor: Visitor) {
  return {
    device: devices.deviceLabel(visitor.userAgent),
    address: visitor.address,
    link: stopLink(world, flowHash(flow)),
  };
}

export type PasswordOutcome =
  | { kind: 'set' }
  | { kind: 'dead' }
  | { kind: 'factor-needed' | 'answers-needed' }
  | { kind: 'weak'; fault: staff.PasswordFault };

/**
 * Sets the new password. Only a proved code of this very flow allows it, with a second factor where the person has one
 * (L26), and it is consumed in the same transaction (L23). A failure lock is lifted (L27), nobody is signed in by it.
 */
export async function setPassword(
  world: World,
  visitor: Visitor,
  input: { flow: string; password: string; endSessions: boolean },
): Promise<PasswordOutcome> {
  const flow = openFlow(world, 'recovery', input.flow);
  const row = flow && (await codeStore.codeOf(world, flowHash(flow), 'recovery'));
  if (!flow || row?.state !== 'proved' || !row.person_id) return { kind: 'dead' };
  const [person, recovery] = await Promise.all([
    staff.byId(world, row.person_id),
    store.of(world, flowHash(flow)),
  ]);
  if (person?.state !== 'active' || recovery?.person_id !== person.id || recovery.stopped_at)
    return { kind: 'dead' };
  if (await lacksFactor(world, recovery)) return { kind: 'factor-needed' };
  if (await lacksAnswers(world, recovery)) return { kind: 'answers-needed' };
  const fault = await staff.weakness(world, input.password, person);
  if (fault) return { kind: 'weak', fault };
  return atomically<PasswordOutcome>(world, async tx => {
    if (!(await codeStore.consumeProved(tx, flowHash(flow), 'recovery', moment(tx)))) return { kind: 'dead' };
    const set = await staff.setPassword(tx, person, input.password, {
      by: person,
      visitor,
      action: 'password.recover',
    });
    if (set.kind === 'weak') throw new Undone(set);
    if (!(await store.done(tx, flowHash(flow), moment(tx)))) throw new Undone({ kind: 'dead' });
    await codeStore.killCodes(tx, person.id);
    if (input.endSessions)
      await devices.endAllSessions(
        tx,
        { personId: person.id, why: 'password-recovered' },
        { me: person, visitor },
      );
    await locks.liftByOwner(tx, { person, how: 'recovery', everything: true, visitor });
    await contactPoints.tellAll(tx, person, 'password-recovered', noticeOf(tx, flow, visitor));
    return { kind: 'set' };
  }).catch(error => {
    if (error instanceof Undone) return error.outcome;
    throw error;
  });
}

/** Takes everything back, so that the proved code is still there, and says why. */
class Undone extends Error {
  readonly outcome: PasswordOutcome;
  constructor(outcome: PasswordOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

const keptMs = 30 * 86_400_000;

/** Forgets recoveries that nobody can stop any more. */
export async function sweep(world: World): Promise<void> {
  await store.sweep(world, iso(world.now() - keptMs));
}
