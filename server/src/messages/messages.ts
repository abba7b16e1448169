// Messages (消息): a letter is written down with what causes it, and goes out by mail or stays in the outbox.

import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { isMailAddress } from '../mail-settings.ts';
import type { Language } from '../problems.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { compose, htmlOf, isCapped } from './rules.ts';
import * as store from './store.ts';
import { type Common, type Letters, type TemplateName, withheld } from './words.ts';

export { plain, when } from './rules.ts';
export type { Letters, TemplateName };

export type Post<T extends TemplateName> = {
  to: string;
  personId: string | null;
  channel: 'email';
  template: T;
  language: Language;
  data: Letters[T] & Common;
  /** Holds a code or link: counted per recipient, sealed while it waits, wiped once sent. */
  secret?: boolean;
  /** Asked for from a device or network on which the recipient is known: strangers cannot use up that share. */
  known?: boolean;
};

const minute = 60_000;
const hour = 60 * minute;

/** An absolute address of this installation; `path` begins with a slash. The only maker of links (L20). */
export function link(world: Pick<World, 'config'>, path: string): string {
  if (!/^\/(?![/\\])/.test(path)) throw new Error('a path begins with one slash');
  return new URL(origin(world) + path).href;
}

/** The public address as URLs spell it: in lower case, without a port that goes without saying. */
function origin(world: Pick<World, 'config'>): string {
  return new URL(world.config.url).origin;
}

/**
 * Writes a message down in the caller's transaction; it goes out once that has committed. `kept` means that there is
 * no mail server and it stays in the outbox; `capped` that this recipient has had enough codes for now (L29): answer
 * strangers the same in every case.
 */
export async function post<T extends TemplateName>(
  world: World,
  input: Post<T>,
): Promise<{ kind: 'queued' | 'kept'; id: string } | { kind: 'capped' } | { kind: 'no-address' }> {
  if (!isMailAddress(input.to)) return { kind: 'no-address' };
  return atomically(world, async tx => {
    if (input.secret) {
      const now = tx.now();
      const since = { hour: iso(now - hour), day: iso(now - 24 * hour) };
      const sent = await store.countSecret(tx, { to: input.to, known: input.known ?? false }, since);
      if (isCapped(sent)) {
        await noteCapped(tx, input.personId, input.template);
        return { kind: 'capped' };
      }
    }
    const state = tx.mail.configured ? 'queued' : 'kept';
    const id = await write(tx, input, state);
    if (state === 'queued') await tx.jobs.send(tx, 'messages', { id });
    return { kind: state, id };
  });
}

/** One entry for each person and hour, so that a flood of requests does not become a flood of entries. */
async function noteCapped(world: World, personId: string | null, template: TemplateName): Promise<void> {
  const object = personId ? { type: 'person', id: personId } : undefined;
  const action = 'message.capped';
  const from = iso(world.now() - hour);
  const noted = await audit.list(world, { action, objectId: personId ?? undefined, from, limit: 1 });
  if (noted.length === 0)
    await audit.record(world, { action, ...(object ? { object } : {}), details: { template } });
}

async function write<T extends TemplateName>(
  world: World,
  input: Post<T>,
  state: 'queued' | 'kept',
): Promise<string> {
  const { template, language, data } = input;
  const { expiresAt } = data;
  const letter = compose(template, language, data, { url: origin(world), now: world.now() });
  const id = world.random.id();
  await store.insert(world, {
    workspace_id: world.workspaceId,
    id,
    person_id: input.personId,
    channel: input.channel,
    recipient: input.to,
    template,
    language,
    subject: letter.subject,
    // Sealed, so that a stolen copy of the database holds no code that still opens something.
    body: input.secret ? world.secrets.seal('message', letter.text) : letter.text,
    secret: input.secret ?? false,
    known: input.known ?? false,
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    state,
    created_at: moment(world),
  });
  return id;
}

export type Delivery =
  /** `again`: not yet, and trying later may help; `idle`: there was nothing to send. */
  { kind: 'sent' | 'kept' | 'idle' } | { kind: 'again' | 'failed'; problem: string };

/** Fewer than the queue's own tries, some of which find the message still in the hands of a process that died. */
const attemptsAtMost = 6;
const sendingMs = 120_000;

/** Sends a queued message once, as far as that can be known: a job repeated after a crash finds it sent. */
export async function deliver(world: World, id: string): Promise<Delivery> {
  const message = await store.find(world, id);
  if (message?.state !== 'queued') return { kind: 'idle' };
  return attempt(world, message, attemptsAtMost);
}

async function attempt(world: World, message: store.Message, atMost: number): Promise<Delivery> {
  const { id } = message;
  if (message.expires_at && Date.parse(message.expires_at) <= world.now())
    return giveUp(world, message, 'expired: its code was no longer valid', 'message.failed');
  if (!world.mail.configured) {
    await store.change(world, id, { state: 'kept', problem: null });
    return { kind: 'kept' };
  }
  const text = textOf(world, message);
  if (text === null)
    return giveUp(world, message, 'sealed: written under another installation secret', 'message.failed');
  const now = world.now();
  const claimed = await store.claim(world, id, { now: iso(now), until: iso(now + sendingMs) });
  if (!claimed) return { kind: 'again', problem: 'busy: it is being sent already' };
  const language = languageOf(message);
  const html = htmlOf(text, language, origin(world));
  const outcome = await world.mail.send({ to: message.recipient, subject: message.subject, text, html, id });
  if (outcome.kind === 'sent') {
    await store.change(world, id, {
      state: 'sent',
      problem: null,
      sent_at: moment(world),
      ...wiped(message),
    });
    return { kind: 'sent' };
  }
  if (outcome.tlsMissing) return giveUp(world, message, outcome.reason, 'message.tls-missing');
  if (outcome.final || claimed.attempts >= atMost)
    return giveUp(world, message, outcome.reason, 'message.failed');
  await store.change(world, id, { problem: outcome.reason });
  return { kind: 'again', problem: outcome.reason };
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

function wiped(message: store.Message): { body?: string } {
  return message.secret ? { body: '' } : {};
}

function textOf(world: World, message: store.Message): string | null {
  return message.secret ? world.secrets.open('message', message.body) : message.body;
}

function languageOf(message: store.Message): Language {
  return message.language === 'zh-CN' ? 'zh-CN' : 'en';
}

/** Whether a message of that kind has been written to that person since then. */
export async function toldSince(
  world: World,
  input: { personId: string; template: TemplateName; since: string },
): Promise<boolean> {
  return store.existsSince(world, input);
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
): Promise<{ kind: 'sent' | 'kept' | 'no-address' } | { kind: 'failed'; problem: string }> {
  const { to, language, by, visitor } = input;
  if (!isMailAddress(to)) return { kind: 'no-address' };
  const data = { by: by.name };
  const id = await atomically(world, async tx => {
    await audit.record(tx, { action: 'message.test', by, visitor, details: { to } });
    const letter = { to, personId: null, channel: 'email', template: 'test', language, data } as const;
    return write(tx, letter, tx.mail.configured ? 'queued' : 'kept');
  });
  const message = await store.find(world, id);
  if (message?.state !== 'queued') return { kind: 'kept' };
  const delivery = await attempt(world, message, 1);
  return delivery.kind === 'failed' ? { kind: 'failed', problem: delivery.problem } : { kind: 'sent' };
}
