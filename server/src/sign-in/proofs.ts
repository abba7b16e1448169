// Proving oneself while locked: a code by e-mail opens this device, then the password typed before is looked at.
import * as arrivals from '../arrivals/arrivals.ts';
import * as devices from '../devices/devices.ts';
import type { MintPermit, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { atomically, type World } from '../world.ts';
import { approach, onDevice } from './approach.ts';
import * as codes from './codes.ts';
import { flowHash, openFlow } from './flow.ts';
import { type SignInOutcome, verify } from './sign-in.ts';
import { whoAsks } from './who.ts';

/**
 * Sends a code for a flow to the stored and verified address of its person, if there is one. Nothing about the outcome
 * is told; the route answers after a fixed time.
 */
export async function sendCode(
  world: World,
  visitor: Visitor,
  sealed: string,
): Promise<{ kind: 'begun' } | { kind: 'dead' }> {
  const flow = openFlow(world, 'sign-in', sealed);
  if (!flow) return { kind: 'dead' };
  await atomically(world, async tx => {
    const person = await staff.bySignInName(tx, flow.name);
    const reachable = person?.email_verified_at && person.state === 'active' ? person : null;
    const issued = await codes.issue(tx, {
      flow: flowHash(flow),
      purpose: 'sign-in',
      personId: reachable?.id ?? null,
    });
    if (!issued || !reachable) return;
    await messages.post(tx, {
      to: reachable.email,
      personId: reachable.id,
      channel: 'email',
      template: 'sign-in-code',
      language: reachable.language as Language,
      data: {
        name: reachable.name,
        code: issued.code,
        minutes: codes.CODE_MINUTES,
        expiresAt: issued.expiresAt,
        device: devices.deviceLabel(visitor.userAgent),
        address: visitor.address,
      },
      secret: true,
      known: (await devices.recognise(tx, reachable.id, visitor.browser)) !== undefined,
    });
  });
  return { kind: 'begun' };
}

export type ProofOutcome =
  /** The device is known from now on; `browserSecret` is what its cookie has to hold, null where it holds it already. */
  | { kind: 'proved'; signIn: SignInOutcome; browserSecret: string | null }
  | { kind: 'wrong' | 'dead' }
  | { kind: 'slow-down'; retryAfter: number };

/** Checks a code; when it is right this device is known from now on, and the password of the flow is verified on it. */
export async function prove(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: { flow: string; code: string },
): Promise<ProofOutcome> {
  const flow = openFlow(world, 'sign-in', input.flow);
  if (!flow) return { kind: 'dead' };
  const proof = await codes.prove(world, {
    flow: flowHash(flow),
    purpose: 'sign-in',
    name: flow.name,
    by: (await whoAsks(world, visitor, flow.name)).by,
    code: input.code,
    next: 'consumed',
    notBefore: id => staff.voidBefore(world, id),
  });
  if (proof.kind === 'slow-down')
    return {
      kind: 'slow-down',
      retryAfter: proof.until === null ? 86_400 : (proof.until - world.now()) / 1_000,
    };
  if (proof.kind !== 'right') return { kind: proof.kind };
  const person = await staff.byId(world, proof.personId);
  if (person?.state !== 'active') return { kind: 'dead' };
  const came = await approach(world, visitor, flow.name);
  const policy = (await locks.choiceOf(world)).arrivals;
  const { signals } = await arrivals.judge(world, { person, visitor, standing: came.standing, policy });
  const device = await atomically(world, async tx => {
    await locks.liftByOwner(tx, { person, how: 'email-code', everything: false, visitor });
    await locks.endRuns(tx, person);
    return devices.makeKnown(tx, { person, visitor });
  });
  const browser = device.secret ? devices.browserOf(device.secret) : visitor.browser;
  const here = await onDevice(world, { ...came, person }, device.deviceId, came.standing.placeless);
  const { name, password, remember } = flow;
  const signIn = await verify(
    world,
    permit,
    { ...visitor, browser },
    { ...here, name, password, remember, how: 'email-code and password' },
  );
  if (signIn.kind === 'signed-in' && device.fresh)
    await arrivals.announce(world, { person, visitor, opened: signIn.opened, signals, byMail: true });
  return { kind: 'proved', signIn, browserSecret: device.secret };
}
