// Proving oneself: a code opens this device, then the password typed before is looked at; a passkey signs in by itself.
import * as arrivals from '../arrivals/arrivals.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { MintPermit, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as networks from '../networks/networks.ts';
import * as staff from '../staff/staff.ts';
import { atomically, type World } from '../world.ts';
import { approach, onDevice } from './approach.ts';
import { purposeOf } from './asking.ts';
import * as codes from './codes.ts';
import { type Flow, flowHash, flowOf, openFlow } from './flow.ts';
import { type SignInOutcome, verify } from './sign-in.ts';
import { whoAsks } from './who.ts';

export type ProofOutcome =
  /** The device is known from now on; `browserSecret` is what its cookie has to hold, null where it holds it already. */
  | {
      kind: 'proved';
      signIn: SignInOutcome;
      browserSecret: string | null;
      /** Whose device it is; null where the sign-in says it. */
      owner: { personId: string; deviceId: string } | null;
    }
  | Exclude<factors.Tried, { kind: 'right' }>;

type CodeKind = 'email-code' | 'sms-code' | 'totp' | 'recovery-code' | 'desk-code';

/** Checks a code; when it is right this device is known from now on, and the password of the flow is verified on it. */
export async function prove(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: { flow: string; kind: CodeKind; code: string },
): Promise<ProofOutcome> {
  const flow = openFlow(world, 'sign-in', input.flow);
  if (!flow) return { kind: 'dead' };
  const proof = await look(world, visitor, flow, input);
  if (proof.kind !== 'right') return proof;
  const person = await staff.byId(world, proof.personId);
  const lock = person && staff.stateLock(person);
  if (person && lock) {
    // Whoever holds the mailbox is told what is the matter; no device becomes known by it.
    const story = { personId: person.id, name: person.sign_in_name };
    const signIn = { kind: 'locked' as const, lock, flow: input.flow, story };
    return { kind: 'proved', signIn, browserSecret: null, owner: null };
  }
  if (person?.state !== 'active') return { kind: 'dead' };
  return opened(world, permit, visitor, { person, flow, kind: input.kind });
}

/** Pays for the try and compares it; the same work and the same answers for a name that is nobody's. */
async function look(
  world: World,
  visitor: Visitor,
  flow: Flow,
  { kind, code }: { kind: CodeKind; code: string },
): Promise<factors.Tried> {
  const { person, by } = await whoAsks(world, visitor, flow.name);
  if (kind === 'email-code' || kind === 'sms-code')
    return codes.prove(world, {
      flow: flowHash(flow),
      purpose: purposeOf[kind],
      name: flow.name,
      by,
      code,
      next: 'consumed',
      notBefore: id => staff.voidBefore(world, id),
    });
  if (kind === 'desk-code') return codes.proveAtDesk(world, { person, name: flow.name, by, code });
  const fits = async () =>
    person?.state === 'active' && flow.begunAt >= (await staff.voidBefore(world, person.id));
  return factors.prove(world, visitor, { person, name: flow.name, by, kind, code, fits });
}

/** Makes the device known, which opens a lane of its own, and looks at the password that was typed before. */
async function opened(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: { person: staff.Person; flow: Flow; kind: CodeKind },
): Promise<ProofOutcome> {
  const { person, flow, kind } = input;
  const came = await approach(world, visitor, flow.name);
  const policy = (await locks.choiceOf(world)).arrivals;
  const { signals } = await arrivals.judge(world, { person, visitor, standing: came.standing, policy });
  const device = await atomically(world, async tx => {
    await locks.liftByOwner(tx, { person, how: kind, everything: false, visitor });
    await locks.endRuns(tx, person);
    await factors.endRuns(tx, person.sign_in_name);
    const known = await devices.makeKnown(tx, { person, visitor });
    // A mailbox is no second factor: it lifts the lock, and the factor is still asked for (L26). Nor is a phone that
    // its owner has not made one.
    if ((await factors.kindsOf(tx, person.id)).includes(kind) || kind === 'recovery-code')
      await factors.trust(tx, person.id, known.deviceId);
    return known;
  });
  const browser = device.secret ? devices.browserOf(device.secret) : visitor.browser;
  const here = await onDevice(world, { ...came, person }, device.deviceId, came.standing.placeless);
  const { name, password, remember } = flow;
  const signIn = await verify(
    world,
    permit,
    { ...visitor, browser },
    { ...here, name, password, remember, how: `${kind} and password` },
  );
  if (signIn.kind === 'signed-in' && device.fresh) {
    const byMail = kind === 'email-code';
    await arrivals.announce(world, { person, visitor, opened: signIn.opened, signals, byMail });
  }
  const owner = { personId: person.id, deviceId: device.deviceId };
  return { kind: 'proved', signIn, browserSecret: device.secret, owner };
}

/**
 * Signs in by a passkey, which needs neither name nor password: something one has, opened by something one knows or is.
 * In a flow that was begun with a name it must be a passkey of that very person.
 */
export async function provePasskey(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: { flow: string; response: Parameters<typeof factors.provePasskey>[2]['response'] },
): Promise<ProofOutcome> {
  const flow = openFlow(world, 'sign-in', input.flow);
  const tried = await factors.provePasskey(world, visitor, {
    purpose: 'sign-in',
    session: '',
    response: input.response,
    fits: async (personId, challenge) => {
      const person = await staff.byId(world, personId);
      const begunAt = Math.min(challenge.begunAt, flow?.begunAt ?? Number.POSITIVE_INFINITY);
      const meant = flow ? flow.name === person?.sign_in_name : input.flow === challenge.sealed;
      return meant && person?.state === 'active' && begunAt >= (await staff.voidBefore(world, personId));
    },
  });
  if (tried.kind !== 'right') return tried;
  const person = await staff.byId(world, tried.personId);
  if (!person) return { kind: 'dead' };
  const remember = flow?.remember ?? tried.challenge.remember;
  const exposed = await locks.exposureOf(world, person.id);
  if (exposed) {
    const onward = flowOf(world, { name: person.sign_in_name, password: '', remember });
    const story = { personId: person.id, name: person.sign_in_name };
    const signIn = { kind: 'locked' as const, lock: exposed, flow: onward, story };
    return { kind: 'proved', signIn, browserSecret: null, owner: null };
  }
  const { standing } = await approach(world, visitor, person.sign_in_name);
  const policy = (await locks.choiceOf(world)).arrivals;
  const { signals } = await arrivals.judge(world, { person, visitor, standing, policy });
  const session = await atomically(world, async tx => {
    await locks.liftByOwner(tx, { person, how: 'passkey', everything: false, visitor });
    await locks.endRuns(tx, person);
    await factors.endRuns(tx, person.sign_in_name);
    const fresh = await devices.openSession(tx, permit, { person, visitor, remember, how: 'passkey' });
    await factors.trust(tx, person.id, fresh.deviceId);
    if (!standing.placeless) await networks.welcomed(tx, person.id, visitor.address);
    if (fresh.browserSecret)
      await arrivals.announce(tx, { person, visitor, opened: fresh, signals, byMail: false });
    return fresh;
  });
  const signIn = { kind: 'signed-in' as const, person, opened: session };
  return { kind: 'proved', signIn, browserSecret: null, owner: null };
}
