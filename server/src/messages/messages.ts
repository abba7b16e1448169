// Messages (消息): written down with what causes them; they go out by mail or text message, or stay in the outbox.

import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { isMailAddress } from '../mail-settings.ts';
import type { Language } from '../problems.ts';
import { e164 } from '../sms/phone.ts';
import { atomically, type World } from '../world.ts';
import { attempt } from './delivering.ts';
import * as store from './store.ts';
import { type Letters, type TemplateName, withheld } from './words.ts';
import { languageOf, origin, textOf, write } from './writing.ts';

export { type Delivery, deliver } from './delivering.ts';
export { plain, when } from './rules.ts';
export * as templates from './templates.ts';
export { type Post, post } from './writing.ts';
export type { Letters, TemplateName };

/** An absolute address of this installation; `path` begins with a slash. The only maker of links (L20). */
export function link(world: Pick<World, 'config'>, path: string): string {
  if (!/^\/(?![/\\])/.test(path)) throw new Error('a path begins with one slash');
  return new URL(origin(world) + path).href;
}

/** Whether a message of that kind has been written to that person since then. */
export async function toldSince(
  world: World,
  input: { personId: string; template: TemplateName; since: string },
): Promise<boolean> {
  return store.existsSince(world, input);
}

/** How many of that kind were written to a recipient since then, counted up to `most`. */
export async function countSince(
  world: World,
  input: { to: string; template: TemplateName; since: string; most: number },
): Promise<number> {
  return store.countSince(world, input);
}

/** Messages, newest first. A secret one is legible only where the outbox is its way to the recipient. */
export async function list(
  world: World,
  filter: { to?: string | undefined; after?: string | undefined; limit: number },
): Promise<store.Message[]> {
  const messages = await store.list(world, filter);
  return messages.map(message => {
    if (!message.secret) return message;
    const text = message.state === 'kept' ? textOf(world, message) : null;
    return { ...message, body: text ?? withheld[languageOf(message)] };
  });
}

/** Sends a test message at once and tells how it went; it is tried only once. */
export async function sendTest(
  world: World,
  input: { to: string; language: Language; by: Me; visitor: Visitor },
): Promise<{ kind: 'sent' | 'kept' | 'no-address' | 'not-carried' } | { kind: 'failed'; problem: string }> {
  const { language, by, visitor } = input;
  const channel = isMailAddress(input.to) ? ('email' as const) : ('sms' as const);
  const to = channel === 'email' ? input.to : e164(input.to);
  if (!to) return { kind: 'no-address' };
  if (channel === 'sms' && !world.sms.carries({ code: null })) return { kind: 'not-carried' };
  const data = { by: by.name };
  const id = await atomically(world, async tx => {
    await audit.record(tx, { action: 'message.test', by, visitor, details: { to } });
    const letter = { to, personId: null, channel, template: 'test' as const, language, data };
    return write(tx, letter, (channel === 'sms' ? tx.sms : tx.mail).configured ? 'queued' : 'kept');
  });
  const message = await store.find(world, id);
  if (message?.state !== 'queued') return { kind: 'kept' };
  const delivery = await attempt(world, message, 1);
  return delivery.kind === 'failed' ? { kind: 'failed', problem: delivery.problem } : { kind: 'sent' };
}
