// Getting a message out: by mail or text message, tried again, and a code to the phone when mail stays away (L15).
import * as audit from '../audit/audit.ts';
import type { MailOutcome } from '../mailer.ts';
import type { SmsOutcome } from '../sms/sender.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { htmlOf } from './rules.ts';
import * as store from './store.ts';
import { codeOf, languageOf, origin, textOf, writeElse } from './writing.ts';

export type Delivery =
  /** `again`: not yet, and trying later may help; `idle`: there was nothing to send. */
  { kind: 'sent' | 'kept' | 'idle' } | { kind: 'again' | 'failed'; problem: string };

/** Fewer than the queue's own tries, some of which find the message still in the hands of a process that died. */
const attemptsAtMost = 6;
const sendingMs = 120_000;
/** Mail that is late by so much: its code goes to the phone as well. */
const lateMs = 60_000;

/** Sends a queued message once, as far as that can be known: a job repeated after a crash finds it sent. */
export async function deliver(world: World, id: string): Promise<Delivery> {
  const message = await store.find(world, id);
  if (message?.state !== 'queued') return { kind: 'idle' };
  return attempt(world, message, attemptsAtMost);
}

/** One attempt; `atMost` of them altogether. */
export async function attempt(world: World, message: store.Message, atMost: number): Promise<Delivery> {
  const { id } = message;
  if (message.expires_at && Date.parse(message.expires_at) <= world.now())
    return giveUp(world, message, 'expired: its code was no longer valid', 'message.failed');
  if (!(message.channel === 'sms' ? world.sms : world.mail).configured) {
    await store.change(world, id, { state: 'kept', problem: null });
    return { kind: 'kept' };
  }
  const text = textOf(world, message);
  if (text === null)
    return giveUp(world, message, 'sealed: written under another installation secret', 'message.failed');
  const now = world.now();
  const claimed = await store.claim(world, id, { now: iso(now), until: iso(now + sendingMs) });
  if (!claimed) return { kind: 'again', problem: 'busy: it is being sent already' };
  const outcome = await send(world, message, text);
  if (outcome.kind === 'sent') {
    await store.change(world, id, {
      state: 'sent',
      problem: null,
      sent_at: moment(world),
      ...wiped(message),
    });
    return { kind: 'sent' };
  }
  const over = outcome.final || claimed.attempts >= atMost;
  if (over || now - Date.parse(message.created_at) >= lateMs) await writeElse(world, message);
  if ('tlsMissing' in outcome && outcome.tlsMissing)
    return giveUp(world, message, outcome.reason, 'message.tls-missing');
  if (over) return giveUp(world, message, outcome.reason, 'message.failed');
  await store.change(world, id, { problem: outcome.reason });
  return { kind: 'again', problem: outcome.reason };
}

async function send(world: World, message: store.Message, text: string): Promise<MailOutcome | SmsOutcome> {
  const { id, recipient: to, subject } = message;
  if (message.channel === 'sms') {
    const { code = null, minutes = null } = codeOf(world, message) ?? {};
    return world.sms.send({ id, to, text: text.trim(), code, minutes });
  }
  const html = htmlOf(text, languageOf(message), origin(world));
  return world.mail.send({ to, subject, text, html, id });
}

async function giveUp(
  world: World,
  message: store.Message,
  problem: string,
  action: 'message.failed' | 'message.tls-missing',
): Promise<Delivery> {
  await atomically(world, async tx => {
    await store.change(tx, message.id, { state: 'failed', problem, ...wiped(message) });
    await audit.record(tx, {
      action,
      object: { type: 'message', id: message.id },
      details: { to: message.recipient, template: message.template, problem },
    });
  });
  return { kind: 'failed', problem };
}

function wiped(message: store.Message): { body?: string; code?: null } {
  return message.secret ? { body: '', code: null } : {};
}
