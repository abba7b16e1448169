// Turns an entry of the log into the words of a sentence; what it does not know it shows as it stands.
import type { Calls } from '../calls.ts';
import type { Translate, Values } from '../words.ts';

export type Entry = Calls['GET /audit']['reply']['items'][number];

/** Names of people by id, as far as the page knows them. */
export type NameOf = (id: string) => string | undefined;

/** Actions that have a sentence in the words, under `action.<name with dashes for dots>`. */
export const knownActions = [
  'access.ask',
  'access.refuse',
  'activity.add',
  'activity.change',
  'activity.remove',
  'activity.restore',
  'alert.hook-add',
  'alert.hook-change',
  'alert.hook-failing',
  'alert.hook-remove',
  'alert.hook-test',
  'alert.settings',
  'automation.add',
  'automation.change',
  'automation.pause',
  'automation.remove',
  'automation.retry',
  'arrival.confirm',
  'arrival.deny',
  'contact-point.add',
  'contact-point.remove',
  'contact-point.verify',
  'batch.start',
  'batch.undo',
  'comment.add',
  'comment.change',
  'comment.remove',
  'contact.add',
  'contact.change',
  'contact.keep-apart',
  'contact.merge',
  'contact.merge-away',
  'contact.remove',
  'contact.restore',
  'contact.unmerge',
  'custom-field.add',
  'custom-field.change',
  'customer.add',
  'customer.ask-taken',
  'customer.change',
  'customer.keep-apart',
  'customer.merge',
  'customer.merge-away',
  'customer.remove',
  'customer.restore',
  'customer.unmerge',
  'customer.purge',
  'contact.purge',
  'lead.purge',
  'deal.purge',
  'order.purge',
  'product.purge',
  'activity.purge',
  'task.purge',
  'bin.settings',
  'file.add',
  'file.remove',
  'file.restore',
  'file.purge',
  'file.move',
  'file.settings',
  'deal.add',
  'deal.change',
  'deal.move',
  'deal.remove',
  'deal.restore',
  'deal.win-reasons',
  'deal.lost-reasons',
  'demo.fill',
  'demo.password',
  'desk.approve',
  'desk.ask',
  'desk.end-sessions',
  'desk.initial-password',
  'desk.lift',
  'desk.refuse',
  'desk.reset-factors',
  'desk.resume',
  'desk.send-reset',
  'desk.suspend',
  'desk.templates',
  'desk.unlock-code',
  'desk.verify-again',
  'device.disown',
  'device.revoke',
  'export.end',
  'export.start',
  'factor.add',
  'factor.refuse',
  'factor.remove',
  'factor.rename',
  'factor.use',
  'handover.pause',
  'handover.resume',
  'handover.return',
  'handover.start',
  'import.cancel',
  'import.done',
  'import.failed',
  'import.start',
  'import.undo',
  'import.undone',
  'intake.accept',
  'intake.add-key',
  'intake.change-key',
  'intake.receive',
  'intake.reject',
  'intake.remove-key',
  'kit.printed',
  'kit.rehearsed',
  'lead.add',
  'lead.change',
  'lead.convert',
  'lead.keep-apart',
  'lead.merge',
  'lead.merge-away',
  'lead.remove',
  'lead.restore',
  'lead.unmerge',
  'calendar.end',
  'calendar.make',
  'task.add',
  'task.change',
  'task.done',
  'task.remove',
  'task.reopen',
  'task.restore',
  'lock.lift',
  'lock.set',
  'message.capped',
  'message.failed',
  'message.template',
  'message.test',
  'message.tls-missing',
  'network.distrust',
  'network.forget',
  'network.trust',
  'order.add',
  'order.change',
  'order.pay',
  'order.plan',
  'order.remove',
  'order.restore',
  'order.reverse',
  'order.status',
  'price-list.add',
  'price-list.change',
  'price-list.remove',
  'product.add',
  'product.change',
  'product.remove',
  'product.restore',
  'password.change',
  'password.initial',
  'password.recover',
  'password.void',
  'person.add',
  'person.change',
  'person.defer-verifying',
  'person.end-grant',
  'person.expire',
  'person.grant',
  'person.invite',
  'person.reinvite',
  'person.renew-invitation',
  'person.resume',
  'person.suspend',
  'person.take-up',
  'person.verify-address',
  'pipeline.add',
  'pipeline.change',
  'pipeline.remove',
  'target.remove',
  'target.set',
  'policy.factors',
  'pool.assign',
  'pool.claim',
  'pool.release',
  'pool.return',
  'pool.rules',
  'policy.lock',
  'policy.password',
  'policy.questions',
  'recover.break-glass',
  'questions.refuse',
  'questions.remove',
  'questions.set',
  'recovery.answers',
  'recovery.begin',
  'recovery.factor',
  'recovery.stop',
  'role.add',
  'role.change',
  'role.remove',
  'sample.add',
  'sample.remove',
  'session.confirm',
  'session.end',
  'session.end-all',
  'session.open',
  'share.add',
  'share.end',
  'sign-in.refused',
  'sign-in.stale-client',
  'sign-in.turned-away',
  'support.answer',
  'support.ask-vouching',
  'support.open',
  'support.prove',
  'support.settings',
  'support.state',
  'support.vouch',
  'support.write',
  'team.add',
  'team.change',
  'team.remove',
  'view.add',
  'view.change',
  'view.remove',
  'weather.alarm',
  'weather.alarm-end',
  'weather.defend',
  'weather.settings',
  'weather.stand-down',
  'workspace.change',
] as const;

/** What an entry deserves: attention, or nothing special. */
export type Tone = 'alarm' | 'notice' | 'plain';

const alarms =
  /^(lock\.set|arrival\.deny|weather\.alarm|sign-in\.turned-away|message\.(failed|tls-missing)|alert\.hook-failing|import\.failed|recover\.break-glass)$/;
const notices =
  /^(sign-in\.|arrival\.|weather\.|recovery\.|lock\.lift|policy\.|support\.(prove|vouch)|network\.|alert\.|person\.|password\.|device\.|factor\.|desk\.|kit\.|export\.|import\.undo|\w+\.remove)/;

const aboutAccount = /^(sign-in|arrival|desk|device|factor|kit|lock|recovery|recover|session|password)\./;

export function toneOf(action: string): Tone {
  if (alarms.test(action)) return 'alarm';
  return notices.test(action) ? 'notice' : 'plain';
}

/** The sentence of an entry: who did what to what. */
export function sentenceOf(entry: Entry, t: Translate, nameOf: NameOf): string {
  const known = (knownActions as readonly string[]).includes(entry.action);
  const who = entry.actor.name ?? (entry.actor.id ? nameOf(entry.actor.id) : undefined) ?? t('who.nobody');
  const what =
    roleIn(entry, t) ??
    whatOf(entry, nameOf) ??
    t(aboutAccount.test(entry.action) ? 'what.unknown' : 'what.unnamed');
  const values: Values = { ...detailsOf(entry), who, what };
  if (!known) return t('action.other', { who, action: entry.action });
  const key = entry.action.replaceAll('.', '-');
  return t(`action.${key}`, values);
}

const bases = ['administrator', 'manager', 'rep', 'auditor'];

/** The role that an entry is about: one of the four in words, a further one by its name. */
function roleIn(entry: Entry, t: Translate): string | null {
  const role = entry.object?.type === 'role' ? entry.details?.role : null;
  if (typeof role !== 'string') return null;
  return bases.includes(role) ? t(`role.${role}`) : role;
}

/** Records that name their customer beside their own name. */
const named = new Set(['deal', 'order']);

/** What an entry is about, by name; null where no name is known. */
export function whatOf(entry: Entry, nameOf: NameOf): string | null {
  const details = entry.details ?? {};
  // These name their customer too, so their own name is asked for first.
  const title = named.has(entry.object?.type ?? '') ? (details.name ?? entry.after?.title) : null;
  if (typeof title === 'string') return title;
  for (const source of [entry.after, entry.before, details]) {
    const name = source?.name ?? source?.fileName ?? source?.customerName ?? nameIn(source?.customer);
    if (typeof name === 'string' && name !== '') return name;
  }
  const about = typeof details.person === 'string' ? details.person : null;
  const person = about ?? (entry.object?.type === 'person' ? entry.object.id : null);
  return (person && nameOf(person)) || null;
}

function nameIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}

function detailsOf(entry: Entry): Values {
  const merged: Record<string, unknown> = { ...entry.after, ...entry.details };
  const values: Values = {
    count: 0,
    rows: 0,
    created: 0,
    failed: 0,
    names: 0,
    hours: 0,
    times: 0,
    number: '',
    period: '',
  };
  for (const [key, value] of Object.entries(merged)) {
    if (typeof value === 'string' || typeof value === 'number') values[key] = value;
  }
  return values;
}

/** The record that a comment stands at. */
function recordIn(details: Entry['details']): Entry['object'] {
  const record = details?.record;
  if (typeof record !== 'object' || record === null || !('type' in record && 'id' in record)) return null;
  return { type: String(record.type), id: String(record.id) };
}

/** Where the object of an entry can be looked at in the app, or null. */
export function placeOf(
  entry: Entry,
): { to: '/customers/$id' | '/deals/$id' | '/imports/$id' | '/leads/$id'; id: string } | null {
  if (!entry.object || entry.action.endsWith('.remove')) return null;
  if (entry.object.type === 'comment')
    return placeOf({ ...entry, action: '', object: recordIn(entry.details) });
  if (entry.object.type === 'customer') return { to: '/customers/$id', id: entry.object.id };
  if (entry.object.type === 'lead') return { to: '/leads/$id', id: entry.object.id };
  if (entry.object.type === 'deal') return { to: '/deals/$id', id: entry.object.id };
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
  'role',
  'team',
  'share',
  'handover',
  'password',
  'device',
  'arrival',
  'factor',
  'contact-point',
  'recovery',
  'person',
  'desk',
  'custom-field',
  'customer',
  'contact',
  'lead',
  'activity',
  'pool',
  'automation',
  'deal',
  'task',
  'pipeline',
  'target',
  'intake',
  'import',
  'export',
  'batch',
  'view',
  'message',
  'alert',
  'network',
  'weather',
] as const;

/** The beginning of the actions of a group; emergency recovery belongs to recovery. */
export function beginningOf(group: string): string {
  return group === 'recovery' ? 'recover' : `${group}.`;
}
