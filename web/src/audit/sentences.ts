// Turns an entry of the log into the words of a sentence; what it does not know it shows as it stands.
import type { Calls } from '../calls.ts';
import type { Translate, Values } from '../words.ts';

export type Entry = Calls['GET /audit']['reply']['items'][number];

/** Names of people by id, as far as the page knows them. */
export type NameOf = (id: string) => string | undefined;

/** Actions that have a sentence in the words, under `action.<name with dashes for dots>`. */
export const knownActions = [
  'activity.create',
  'activity.delete',
  'activity.restore',
  'activity.update',
  'audit.export',
  'audit.verify',
  'contact.create',
  'contact.delete',
  'contact.restore',
  'contact.update',
  'customer.create',
  'customer.delete',
  'customer.duplicates',
  'customer.restore',
  'customer.update',
  'device.revoke',
  'export.activities',
  'export.contacts',
  'export.customers',
  'import.cancel',
  'import.done',
  'import.failed',
  'import.start',
  'import.undo',
  'import.undone',
  'import.upload',
  'lock.lift',
  'lock.set',
  'message.capped',
  'message.failed',
  'message.test',
  'message.tls-missing',
  'password.change',
  'password.reset',
  'person.add',
  'person.resume',
  'person.suspend',
  'policy.lock',
  'recovery.ask',
  'recovery.refused',
  'session.end',
  'session.end-all',
  'session.open',
  'sign-in.refused',
  'sign-in.turned-away',
  'workspace.create',
] as const;

/** What an entry deserves: attention, or nothing special. */
export type Tone = 'alarm' | 'notice' | 'plain';

const alarms = /^(lock\.set|sign-in\.turned-away|message\.(failed|tls-missing)|import\.failed)$/;
const notices =
  /^(sign-in\.refused|recovery\.|lock\.lift|policy\.|person\.|password\.|device\.|export\.|import\.undo|\w+\.delete)/;

const aboutAccount = /^(sign-in|lock|recovery|session|password)\./;

export function toneOf(action: string): Tone {
  if (alarms.test(action)) return 'alarm';
  return notices.test(action) ? 'notice' : 'plain';
}

/** The sentence of an entry: who did what to what. */
export function sentenceOf(entry: Entry, t: Translate, nameOf: NameOf): string {
  const known = (knownActions as readonly string[]).includes(entry.action);
  const who = entry.actor.name ?? (entry.actor.id ? nameOf(entry.actor.id) : undefined) ?? t('who.nobody');
  const what = whatOf(entry, nameOf) ?? t(aboutAccount.test(entry.action) ? 'what.unknown' : 'what.unnamed');
  const values: Values = { ...detailsOf(entry), who, what };
  if (!known) return t('action.other', { who, action: entry.action });
  const key = entry.action.replaceAll('.', '-');
  return t(`action.${key}`, values);
}

/** What an entry is about, by name; null where no name is known. */
export function whatOf(entry: Entry, nameOf: NameOf): string | null {
  const details = entry.details ?? {};
  for (const source of [entry.after, entry.before, details]) {
    const name = source?.name ?? source?.fileName ?? source?.file ?? source?.customerName;
    if (typeof name === 'string' && name !== '') return name;
  }
  const about = typeof details.person === 'string' ? details.person : null;
  const person = about ?? (entry.object?.type === 'person' ? entry.object.id : null);
  return (person && nameOf(person)) || null;
}

function detailsOf(entry: Entry): Values {
  const merged: Record<string, unknown> = { ...entry.after, ...entry.details };
  const values: Values = { count: 0, reason: '', preset: '' };
  for (const [key, value] of Object.entries(merged)) {
    if (typeof value === 'string' || typeof value === 'number') values[key] = value;
  }
  return values;
}

/** Where the object of an entry can be looked at in the app, or null. */
export function placeOf(entry: Entry): { to: '/customers/$id' | '/imports/$id'; id: string } | null {
  if (!entry.object || entry.action.endsWith('.delete')) return null;
  if (entry.object.type === 'customer') return { to: '/customers/$id', id: entry.object.id };
  return entry.object.type === 'import' ? { to: '/imports/$id', id: entry.object.id } : null;
}

/** One line of before and after: a field that differs. */
export type Difference = { field: string; before: unknown; after: unknown };

/** The fields in which two states of a record differ; a missing state has no fields. */
export function differences(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Difference[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .map(field => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter(line => JSON.stringify(line.before) !== JSON.stringify(line.after));
}

/** Groups of actions to filter by: what the server matches as the beginning of an action. */
export const actionGroups = [
  'sign-in',
  'session',
  'lock',
  'policy',
  'password',
  'device',
  'recovery',
  'person',
  'customer',
  'contact',
  'activity',
  'import',
  'export',
  'message',
] as const;
