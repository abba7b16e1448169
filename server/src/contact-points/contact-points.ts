// Contact points (备用联系方式): where else a person can be reached, worth something once a code has come back from there.
import { CODE_MISSES, proofRules } from '@latchkey/engine';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { isMailAddress } from '../mail-settings.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import { e164, masked, readable } from '../sms/phone.ts';
import type { Person } from '../staff/staff.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as store from './store.ts';

export type { ContactPoint } from './store.ts';

type Kind = store.ContactPoint['kind'];
type By = { me: Pick<Me, 'id' | 'name'>; visitor: Visitor };

const lifeMs = 10 * 60_000;
const digits = 6;
const most: Record<Kind, number> = { email: 3, sms: 2 };

const kindWords: Record<Kind, Record<Language, string>> = {
  email: { en: 'e-mail address', 'zh-CN': '邮箱' },
  sms: { en: 'phone number', 'zh-CN': '手机号' },
};

/** Every address of a person besides the one to sign in with, and which phone is a second factor. */
export async function list(world: World, personId: string) {
  const [points, own] = await Promise.all([
    store.of(world, personId),
    factors.own(world, await me(world, personId)),
  ]);
  const phones = new Set(own.factors.map(factor => factor.contact_point_id));
  return points.map(point => ({ ...point, factor: phones.has(point.id) }));
}

async function me(world: World, personId: string): Promise<Pick<Me, 'id' | 'role'>> {
  const person = await staff.byId(world, personId);
  return { id: personId, role: person?.role ?? 'rep' };
}

export type Ways = { emails: string[]; phones: string[] };

/** Where a person can be reached for sure: verified addresses only, the primary ones first (L22). */
export async function verified(
  world: World,
  person: Pick<Person, 'id' | 'email' | 'email_verified_at'>,
): Promise<Ways> {
  const points = (await store.of(world, person.id)).filter(point => point.verified_at !== null);
  const values = (kind: Kind) => points.filter(point => point.kind === kind).map(point => point.value);
  const main = person.email_verified_at ? [person.email] : [];
  return { emails: [...new Set([...main, ...values('email')])], phones: values('sms') };
}

/** The phone that codes for signing in go to: the second factor if there is one, else the primary one. */
export async function phoneFor(world: World, person: Pick<Person, 'id' | 'role'>): Promise<string | null> {
  const points = (await list(world, person.id)).filter(point => point.kind === 'sms' && point.verified_at);
  return (points.find(point => point.factor) ?? points[0])?.value ?? null;
}

export type Added = { kind: 'added'; id: string } | { kind: 'invalid' | 'known' | 'too-many' };

/** Adds an address and sends a code there; it counts for nothing before the code has come back. */
export async function add(
  world: World,
  input: { kind: Kind; value: string },
  by: { me: Me; visitor: Visitor },
): Promise<Added> {
  const { kind } = input;
  const value = kind === 'sms' ? e164(input.value) : input.value.trim().toLowerCase();
  if (!value || (kind === 'email' && !isMailAddress(value))) return { kind: 'invalid' };
  const person = await staff.byId(world, by.me.id);
  if (!person || (kind === 'email' && person.email.toLowerCase() === value)) return { kind: 'known' };
  return atomically(world, async tx => {
    const own = (await store.of(tx, person.id)).filter(point => point.kind === kind);
    if (own.some(point => point.value === value)) return { kind: 'known' };
    if (own.length >= most[kind]) return { kind: 'too-many' };
    const id = tx.random.id();
    const added = await store.insert(tx, {
      workspace_id: tx.workspaceId,
      id,
      person_id: person.id,
      kind,
      value,
      purpose: 'backup',
      created_at: moment(tx),
    });
    if (!added) return { kind: 'known' };
    await note(tx, 'add', person.id, { id, kind, value }, by);
    await sendCode(tx, id, by);
    return { kind: 'added', id };
  });
}

/** Sends a code to an address that is not verified yet; capped per address and per person (L29). */
export async function sendCode(
  world: World,
  id: string,
  by: { me: Pick<Me, 'id'>; visitor: Visitor },
): Promise<{ kind: 'sent' | 'not-found' | 'capped' }> {
  const person = await staff.byId(world, by.me.id);
  const point = (await store.of(world, by.me.id)).find(one => one.id === id);
  if (!person || !point || point.verified_at) return { kind: 'not-found' };
  const rules = proofRules('knownDevice');
  const key = locks.proofKey(world, 'contact messages', person.id);
  const spent = await locks.spend(world, { key, kind: 'proof', rules, now: world.now() });
  if (!spent.ok) return { kind: 'capped' };
  return atomically(world, async tx => {
    const code = tx.random.digits(digits);
    const expiresAt = iso(tx.now() + lifeMs);
    const which = { id, personId: person.id };
    if (!(await store.keepCode(tx, which, { hash: hash(tx, id, code), expiresAt })))
      return { kind: 'not-found' };
    const posted = await messages.post(tx, {
      to: point.value,
      personId: person.id,
      channel: point.kind,
      template: 'contact-code',
      language: person.language as Language,
      data: { name: person.name, code, minutes: lifeMs / 60_000, expiresAt },
      secret: true,
      known: true,
    });
    return { kind: posted.kind === 'capped' ? 'capped' : 'sent' };
  });
}

/** Verifies an address by the code sent there; every try is paid for, and the code dies after five misses. */
export async function confirm(
  world: World,
  input: { id: string; code: string },
  by: By,
): Promise<factors.Tried> {
  const which = { id: input.id, personId: by.me.id };
  const rules = proofRules('knownDevice');
  const key = locks.proofKey(world, 'contact knownDevice', by.me.id);
  const now = world.now();
  const spent = await locks.spend(world, { key, kind: 'proof', rules, now });
  if (!spent.ok) return { kind: 'slow-down', until: spent.until };
  const typed = hash(world, input.id, input.code.normalize('NFKC').replace(/\D/g, ''));
  const point = await atomically(world, async tx => {
    const mine = await store.verify(tx, which, { hash: typed, misses: CODE_MISSES, at: moment(tx) });
    if (!mine) return null;
    await locks.settle(tx, { key, rules, now, verdict: 'right', credit: 1e6 });
    await store.settlePrimary(tx, by.me.id);
    const found = (await store.of(tx, by.me.id)).find(one => one.id === input.id);
    if (!found) return null;
    await note(tx, 'verify', by.me.id, found, by);
    await tellOthers(tx, 'contact-added', found, by);
    return found;
  });
  if (point) return { kind: 'right', personId: by.me.id };
  await store.countMiss(world, which);
  await locks.settle(world, { key, rules, now, verdict: 'wrong' });
  return { kind: 'wrong' };
}

/** Removes an address; all others are told, and the removed one as well when it was verified. */
export async function remove(
  world: World,
  id: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'removed' | 'not-found' | 'required' }> {
  return atomically(world, async tx => {
    const point = (await list(tx, by.me.id)).find(one => one.id === id);
    if (!point) return { kind: 'not-found' };
    if (point.factor && (await switchFactor(tx, id, false, by)).kind === 'required')
      return { kind: 'required' };
    if (point.verified_at) await tellOthers(tx, 'contact-removed', point, by, true);
    await store.remove(tx, { id, personId: by.me.id });
    await store.settlePrimary(tx, by.me.id);
    await note(tx, 'remove', by.me.id, point, by);
    return { kind: 'removed' };
  });
}

/** Makes a verified phone a second factor, or no longer one. */
export async function switchFactor(
  world: World,
  id: string,
  on: boolean,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'done' | 'not-found' | 'required' }> {
  const point = (await list(world, by.me.id)).find(one => one.id === id);
  if (point?.kind !== 'sms' || !point.verified_at) return { kind: 'not-found' };
  if (point.factor === on) return { kind: 'done' };
  if (on) {
    await factors.addPhone(world, { contactPointId: id, name: masked(point.value) }, by);
    return { kind: 'done' };
  }
  const own = await factors.own(world, by.me);
  const factor = own.factors.find(one => one.contact_point_id === id);
  const gone = factor && (await factors.remove(world, factor.id, by));
  return { kind: gone?.kind === 'required' ? 'required' : 'done' };
}

const dayMs = 86_400_000;

/** Removes what was added within a day of a sign-in or a recovery that was not the owner's. */
export async function removeAddedSince(
  world: World,
  input: { personId: string; since: string; why: string },
  by: By,
): Promise<void> {
  const until = iso(Date.parse(input.since) + dayMs);
  for (const point of await store.of(world, input.personId)) {
    const at = point.verified_at ?? point.created_at;
    if (at < input.since || at > until) continue;
    await store.remove(world, { id: point.id, personId: input.personId });
    await note(world, 'remove', input.personId, { ...point, why: input.why }, by);
  }
  await store.settlePrimary(world, input.personId);
}

type Notice = 'contact-added' | 'contact-removed' | 'recovery-proved' | 'password-recovered';

/** Tells a person by every verified address, but for those left out. */
export async function tellAll<T extends Notice>(
  world: World,
  person: Person,
  template: T,
  data: messages.Letters[T],
  leftOut: string[] = [],
): Promise<void> {
  const { emails, phones } = await verified(world, person);
  const places = [
    ...emails.map(to => ({ channel: 'email' as const, to })),
    ...phones.map(to => ({ channel: 'sms' as const, to })),
  ].filter(({ to }) => !leftOut.includes(to));
  for (const { channel, to } of places)
    await messages.post(world, {
      to,
      personId: person.id,
      channel,
      template,
      language: person.language as Language,
      data: { name: person.name, ...data },
    });
}

async function tellOthers(
  world: World,
  template: 'contact-added' | 'contact-removed',
  point: store.ContactPoint,
  { visitor }: By,
  itselfToo = false,
): Promise<void> {
  const person = await staff.byId(world, point.person_id);
  if (!person) return;
  const data = {
    kind: kindWords[point.kind][person.language as Language],
    value: point.kind === 'sms' ? masked(point.value) : point.value,
    device: devices.deviceLabel(visitor.userAgent),
    address: visitor.address,
  };
  await tellAll(world, person, template, data, itselfToo ? [] : [point.value]);
}

/** How an address is shown to its owner. */
export function shown(point: Pick<store.ContactPoint, 'kind' | 'value'>): string {
  return point.kind === 'sms' ? readable(point.value) : point.value;
}

async function note(
  world: World,
  what: 'add' | 'verify' | 'remove',
  personId: string,
  point: { id: string; kind: Kind; value: string; why?: string },
  by: By,
): Promise<void> {
  const { id, kind, why } = point;
  await audit.record(world, {
    action: `contact-point.${what}`,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: personId },
    details: {
      point: id,
      kind,
      value: kind === 'sms' ? masked(point.value) : point.value,
      ...(why ? { why } : {}),
    },
  });
}

function hash(world: World, id: string, code: string): Buffer {
  return world.secrets.mac('code', `contact ${id} ${code}`);
}
