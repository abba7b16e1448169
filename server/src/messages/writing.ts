// Writing a message down: composed in the recipient's language, sealed where it holds a code, counted where it must be.
import * as audit from '../audit/audit.ts';
import { isMailAddress } from '../mail-settings.ts';
import type { Language } from '../problems.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { compose, composeSms, isCapped } from './rules.ts';
import { isSmsTemplate } from './sms-words.ts';
import * as store from './store.ts';
import * as templates from './templates.ts';
import type { Common, Letters, TemplateName } from './words.ts';

export type Post<T extends TemplateName> = {
  to: string;
  personId: string | null;
  channel: 'email' | 'sms';
  template: T;
  language: Language;
  data: Letters[T] & Common;
  /** Holds a code or link: counted per recipient, sealed while it waits, wiped once sent. */
  secret?: boolean;
  /** Asked for from a device or network on which the recipient is known: strangers cannot use up that share. */
  known?: boolean;
  /** A verified phone of the same person that gets the code when mail does not go through (L15). */
  elseTo?: string | null;
};

export type Posted =
  | { kind: 'queued' | 'kept'; id: string }
  | { kind: 'capped' }
  /** No such address, or no service that could carry it. */
  | { kind: 'no-address' };

const minute = 60_000;
const hour = 60 * minute;

/** The public address as URLs spell it: in lower case, without a port that goes without saying. */
export function origin(world: Pick<World, 'config'>): string {
  return new URL(world.config.url).origin;
}

/**
 * Writes a message down in the caller's transaction; it goes out once that has committed. `kept` means that there is
 * no server or service for it and it stays in the outbox; `capped` that this recipient has had enough codes for now
 * (L29): answer strangers the same in every case.
 */
export async function post<T extends TemplateName>(world: World, input: Post<T>): Promise<Posted> {
  const sms = input.channel === 'sms';
  const code = input.secret && 'code' in input.data ? String(input.data.code) : null;
  if (
    sms &&
    !(isSmsTemplate(input.template) && /^\+[1-9]\d{5,14}$/.test(input.to) && world.sms.carries({ code }))
  )
    return { kind: 'no-address' };
  if (!sms && !isMailAddress(input.to)) return { kind: 'no-address' };
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
    const state = (sms ? tx.sms : tx.mail).configured ? 'queued' : 'kept';
    const id = await write(tx, input, state);
    if (state === 'queued') await tx.jobs.send(tx, 'messages', { id });
    if (input.elseTo && tx.sms.configured && (await store.isMailAway(tx, iso(tx.now() - 15 * minute)))) {
      const message = await store.find(tx, id);
      if (message) await writeElse(tx, message);
    }
    return { kind: state, id };
  });
}

/** Writes the code of a letter that does not get through down as a text message, once. */
export async function writeElse(world: World, message: store.Message): Promise<void> {
  const known = codeOf(world, message);
  if (!message.else_to || !known || !world.sms.configured || !isSmsTemplate(message.template)) return;
  const { else_to: to, person_id: personId, template } = message;
  await atomically(world, async tx => {
    if (!(await store.takeElse(tx, message.id))) return;
    await post(tx, {
      to,
      personId,
      channel: 'sms',
      template,
      language: languageOf(message),
      data: { ...known, ...(message.expires_at ? { expiresAt: message.expires_at } : {}) } as never,
      secret: true,
      known: message.known,
    });
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

/** Writes it down as it stands, uncounted. */
export async function write<T extends TemplateName>(
  world: World,
  input: Post<T>,
  state: 'queued' | 'kept',
): Promise<string> {
  const { template, language, channel, data, secret = false } = input;
  const { expiresAt } = data;
  const own = await templates.find(world, { channel, template, language });
  const about = { url: origin(world), now: world.now(), own };
  const letter =
    channel === 'sms' && isSmsTemplate(template)
      ? composeSms(template, language, data, about)
      : compose(template, language, data, about);
  const id = world.random.id();
  // Sealed, so that a stolen copy of the database holds no code that still opens something.
  const sealed = (text: string) => (secret ? world.secrets.seal('message', text) : text);
  const code = secret && 'code' in data ? { code: data.code, minutes: data.minutes } : null;
  await store.insert(world, {
    workspace_id: world.workspaceId,
    id,
    person_id: input.personId,
    channel,
    recipient: input.to,
    template,
    language,
    subject: letter.subject,
    body: sealed(letter.text),
    code: code && sealed(JSON.stringify(code)),
    else_to: input.elseTo ?? null,
    secret,
    known: input.known ?? false,
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    state,
    created_at: moment(world),
  });
  return id;
}

/** The text of a message; null when it was sealed by another installation. */
export function textOf(world: World, message: store.Message): string | null {
  return message.secret ? world.secrets.open('message', message.body) : message.body;
}

/** The code a message holds, by itself. */
export function codeOf(world: World, message: store.Message): { code: string; minutes: number } | null {
  const text = message.code && world.secrets.open('message', message.code);
  return text ? (JSON.parse(text) as { code: string; minutes: number }) : null;
}

export function languageOf(message: store.Message): Language {
  return message.language === 'zh-CN' ? 'zh-CN' : 'en';
}
