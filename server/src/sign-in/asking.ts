// Asking for a code: the asking costs the same for every name, as all that depends on the name is done afterwards (L10).
import * as contactPoints from '../contact-points/contact-points.ts';
import * as devices from '../devices/devices.ts';
import type { Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { atomically, type World } from '../world.ts';
import * as codes from './codes.ts';
import { flowHash, openFlow } from './flow.ts';

export type CodeKind = 'email-code' | 'sms-code';

/** For what a code by message is good: one by mail never passes for one by text message. */
export const purposeOf = { 'email-code': 'sign-in', 'sms-code': 'sign-in-sms' } as const;

type Away = Omit<Visitor, 'browser'> & { browser: string | null };

/** Puts the work for one asking away until the answer is under way; sealed, as typed names may be anything. */
export async function putAway(
  world: World,
  what: 'sign-in' | 'recovery',
  visitor: Visitor,
  asked: Record<string, string>,
): Promise<void> {
  const { address, language, correlationId, userAgent, browser } = visitor;
  const from: Away = {
    address,
    language,
    correlationId,
    userAgent,
    browser: browser?.toString('hex') ?? null,
  };
  const sealed = world.secrets.seal('flow', JSON.stringify({ asked, from }));
  await world.jobs.send(world, 'codes', { what, sealed });
}

/** What was put away, and who had asked; null for what another installation sealed. */
export function takeUp<T>(world: World, sealed: string): { asked: T; visitor: Visitor } | null {
  const text = world.secrets.open('flow', sealed);
  if (!text) return null;
  const { asked, from } = JSON.parse(text) as { asked: T; from: Away };
  const browser = from.browser === null ? null : Buffer.from(from.browser, 'hex');
  return { asked, visitor: { ...from, browser } };
}

/** Asks for a code in a flow; nothing about the outcome is told, and the route answers after a fixed time. */
export async function askCode(
  world: World,
  visitor: Visitor,
  input: { flow: string; kind: CodeKind },
): Promise<{ kind: 'begun' } | { kind: 'dead' }> {
  const flow = openFlow(world, 'sign-in', input.flow);
  if (!flow) return { kind: 'dead' };
  if (!(await codes.mayAsk(world, visitor))) return { kind: 'begun' };
  // Not the flow itself: it holds what was typed as the password, which is never stored.
  const asked = { name: flow.name, flow: flowHash(flow).toString('hex'), kind: input.kind };
  await putAway(world, 'sign-in', visitor, asked);
  return { kind: 'begun' };
}

/** Sends the code that was asked for to a stored and verified address of the person, if there is one. */
export async function sendAsked(world: World, sealed: string): Promise<void> {
  const found = takeUp<{ name: string; flow: string; kind: CodeKind }>(world, sealed);
  if (!found) return;
  const { visitor, asked } = found;
  await atomically(world, async tx => {
    const person = await staff.bySignInName(tx, asked.name);
    const told = person && (person.state === 'active' || staff.stateLock(person) !== null) ? person : null;
    const phone = told && (await contactPoints.phoneFor(tx, told));
    const mail = told?.email_verified_at ? told.email : null;
    const to = asked.kind === 'sms-code' ? phone : mail;
    const issued = await codes.issue(tx, {
      flow: Buffer.from(asked.flow, 'hex'),
      purpose: purposeOf[asked.kind],
      personId: (to && told?.id) || null,
    });
    if (!issued || !to || !told) return;
    await messages.post(tx, {
      to,
      personId: told.id,
      channel: asked.kind === 'sms-code' ? 'sms' : 'email',
      template: 'sign-in-code',
      language: told.language as Language,
      data: {
        name: told.name,
        code: issued.code,
        minutes: codes.CODE_MINUTES,
        expiresAt: issued.expiresAt,
        device: devices.deviceLabel(visitor.userAgent),
        address: visitor.address,
      },
      secret: true,
      known: (await devices.recognise(tx, told.id, visitor.browser)) !== undefined,
      ...(asked.kind === 'email-code' ? { elseTo: phone } : {}),
    });
  });
}
