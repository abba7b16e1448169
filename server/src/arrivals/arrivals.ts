// Arrivals: sign-ins on devices that were strange; judged, told to the owner, and answered by him: was it you?
import { createHash, timingSafeEqual } from 'node:crypto';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import * as networks from '../networks/networks.ts';
import type { Language } from '../problems.ts';
import type * as staff from '../staff/staff.ts';
import { iso, moment, type World } from '../world.ts';
import { type ArrivalPolicy, needsProof, type Signal, signalsOf } from './rules.ts';
import * as store from './store.ts';

export { ARRIVALS, type ArrivalPolicy, type Signal } from './rules.ts';
export type { Arrival } from './store.ts';

const day = 86_400_000;

/** Judges a right password on a strange device before the session is opened. */
export async function judge(
  world: World,
  input: {
    person: staff.Person;
    visitor: Visitor;
    standing: { familiar: boolean; knownNetwork: boolean; placeless: boolean };
    policy: ArrivalPolicy;
  },
): Promise<{ signals: Signal[]; prove: boolean }> {
  const { person, visitor, standing, policy } = input;
  const [earlier, recent, travel] = await Promise.all([
    devices.hasAny(world, person.id),
    store.since(world, person.id, iso(world.now() - day)),
    standing.placeless || standing.familiar
      ? { kind: 'possible' as const }
      : networks.travel(world, person.id, visitor.address),
  ]);
  const here = networks.networkOf(visitor.address);
  const around = new Set([here, ...recent.map(arrival => networks.networkOf(arrival.address))]);
  const signals = signalsOf({ first: !earlier, ...standing, networks: around.size, travel: travel.kind });
  // Whoever has no way to prove himself is let in and told: a rule must not lock the team out.
  const canProve = person.email_verified_at !== null;
  return { signals, prove: canProve && needsProof(signals, policy) };
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
const mailsAnHour = 5;

/**
 * Writes an arrival down and has the owner told, within the transaction that opens the session. `byMail` says that he
 * has just proved himself by mail: another mail would tell him nothing.
 */
export async function announce(
  world: World,
  input: {
    person: staff.Person;
    visitor: Visitor;
    opened: devices.Opened;
    signals: Signal[];
    byMail: boolean;
  },
): Promise<void> {
  const { person, visitor, opened, signals, byMail } = input;
  if (signals.length === 0) return;
  const token = world.random.bytes(24).toString('base64url');
  const id = world.random.id();
  const device = devices.deviceLabel(visitor.userAgent);
  const recent = await store.since(world, person.id, iso(world.now() - day / 24));
  await store.insert(world, {
    workspace_id: world.workspaceId,
    id,
    person_id: person.id,
    session_id: opened.sessionId,
    device_id: opened.deviceId,
    at: moment(world),
    address: visitor.address,
    device,
    signals,
    token_hash: hashOf(token),
  });
  if (byMail || !person.email_verified_at || recent.length >= mailsAnHour) return;
  const language = person.language as Language;
  await messages.post(world, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'new-device',
    language,
    data: {
      name: person.name,
      device,
      address: visitor.address,
      place: networks.originWords(networks.originOf(world, visitor.address) ?? visitor.address, language),
      far: signals.includes('far-away') ? 'yes' : '',
      link: messages.link(world, `/was-it-you/${id}#${token}`),
    },
  });
}

/** How long the link in the letter may be answered. */
const answerableFor = 14 * day;

/** The arrival that a link or its owner speaks of; undefined for anything else. */
export async function find(
  world: World,
  input: { id: string; token: string | null; me: Pick<Me, 'id'> | null },
): Promise<store.Arrival | undefined> {
  const arrival = await store.byId(world, input.id);
  if (!arrival || Date.parse(arrival.at) < world.now() - answerableFor) return undefined;
  const owner = input.me?.id === arrival.person_id;
  const holder = input.token !== null && timingSafeEqual(hashOf(input.token), arrival.token_hash);
  return owner || holder ? arrival : undefined;
}

/** Keeps the owner's answer; false when he had said “not me” already. */
export async function answered(
  world: World,
  arrival: store.Arrival,
  answer: 'me' | 'not-me',
  by: { me: Pick<Me, 'id' | 'name'>; visitor: Visitor },
): Promise<boolean> {
  if (!(await store.answer(world, arrival.id, answer, moment(world)))) return false;
  await audit.record(world, {
    action: answer === 'me' ? 'arrival.confirm' : 'arrival.deny',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: arrival.person_id },
    details: { at: arrival.at, address: arrival.address, device: arrival.device },
  });
  return true;
}

/** A person's arrivals, newest first. */
export const list = store.list;

/** Forgets arrivals of ninety days ago. */
export async function sweep(world: World): Promise<void> {
  await store.sweep(world, iso(world.now() - 90 * day));
}
