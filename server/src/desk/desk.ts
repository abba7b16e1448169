// The unlock desk (解锁台): one person is identified and helped by another, with reason and proof; administrators by two.
import * as audit from '../audit/audit.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import * as support from '../support/support.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { type By, carryOut, type Help, type Secret } from './carrying.ts';
import * as colleagues from './colleagues.ts';
import { identified } from './identified.ts';
import { alarm, tell } from './notices.ts';
import {
  type Action,
  actions,
  approvers,
  type Facts,
  handsOut,
  needsApproval,
  proofs,
  requestMs,
  senseless,
  type Why,
} from './rules.ts';
import * as store from './store.ts';

export type { By, Help, Secret } from './carrying.ts';
export type { Colleague } from './colleagues.ts';
export { type Action, actions, type Proof, proofs, type Why } from './rules.ts';
export type { RequestRow } from './store.ts';

export const people = colleagues.page;
export const person = colleagues.one;

export type Outcome =
  | { kind: 'done'; secret: Secret | null }
  /** A second administrator has to approve. */
  | { kind: 'waiting'; request: string; until: string }
  | { kind: 'refused'; why: Why }
  | { kind: 'not-found' };

/** Helps one person, or asks a second administrator to approve where the account has administrator rights (L28). */
export async function help(world: World, personId: string, input: Help, by: By): Promise<Outcome> {
  return atomically(world, async tx => {
    await store.takeTurn(tx, personId);
    const person = await staff.byId(tx, personId);
    if (!person) return { kind: 'not-found' };
    const why = await whyNot(tx, person, input, by.me);
    if (why) return { kind: 'refused', why };
    // The shell on the server is stronger than any administrator: there nobody is asked.
    if (by.me && needsApproval(input.action, person.role))
      return ask(tx, person, input, { me: by.me, visitor: by.visitor });
    const unproven = await identified(tx, person, input, by.me);
    if (unproven) return { kind: 'refused', why: unproven };
    const carried = await carryOut(tx, person, input, by);
    if (carried.kind === 'done') await spend(tx, input, by.me);
    return carried;
  });
}

/** The row is held since it was looked at, so that nobody comes between. */
async function spend(world: World, { proof, ticketId }: Help, me: Me | null): Promise<void> {
  if (proof === 'ticket' && ticketId) await support.spendProof(world, ticketId, me);
}

async function whyNot(
  world: World,
  person: staff.Person,
  { action, factorId }: Pick<Help, 'action' | 'factorId'>,
  me: Pick<Me, 'id'> | null,
): Promise<Why | null> {
  if (person.id === me?.id) return 'oneself';
  const facts = await factsOf(world, person, factorId ?? null);
  return senseless(action, facts);
}

async function factsOf(world: World, person: staff.Person, factorId: string | null): Promise<Facts> {
  const row = await colleagues.one(world, person.id);
  const own = await factors.own(world, person);
  const left = factorId
    ? own.factors.filter(factor => factor.id === factorId).length
    : own.factors.length + (own.codes?.left ?? 0);
  return {
    state: person.state,
    verified: person.email_verified_at !== null,
    locks: row?.standing.length ?? 0,
    factors: left,
    sessions: row?.sessions ?? 0,
  };
}

async function ask(
  world: World,
  person: staff.Person,
  help: Help,
  by: { me: Me; visitor: Visitor | null },
): Promise<Outcome> {
  const others = approvers(await staff.administrators(world), { askedBy: by.me.id, personId: person.id });
  if (others.length === 0) return { kind: 'refused', why: 'no-approver' };
  const { action, reason, proof } = help;
  const like = {
    person_id: person.id,
    action,
    factor_id: help.factorId ?? null,
    asked_by: by.me.id,
  };
  // Asked twice, by a lost connection or an impatient hand: it is the same request.
  const before = await store.openLike(world, like, moment(world));
  if (before) return { kind: 'waiting', request: before.id, until: before.expires_at };
  const unproven = await identified(world, person, help, by.me);
  if (unproven) return { kind: 'refused', why: unproven };
  await spend(world, help, by.me);
  const id = world.random.id();
  const until = iso(world.now() + requestMs);
  await store.insert(world, {
    workspace_id: world.workspaceId,
    id,
    ...like,
    reason,
    proof,
    ticket_id: proof === 'ticket' ? (help.ticketId ?? null) : null,
    asked_at: moment(world),
    expires_at: until,
  });
  await audit.record(world, {
    action: 'desk.ask',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: person.id },
    details: { request: id, help: action, reason, proof },
  });
  await tell(world, person, { action, reason, proof, by: by.me.name }, 'asked');
  await alarm(world, 'desk-request', { key: id, person: person.name, by: by.me.name, reason });
  return { kind: 'waiting', request: id, until };
}

export type Decision =
  | { kind: 'done' }
  /** Approved; what it hands out waits for whoever asked. */
  | { kind: 'approved' }
  | { kind: 'refused'; why: Why }
  | { kind: 'not-found' | 'over' | 'own-request' | 'about-oneself' | 'own-vouch' | 'confirm-first' };

/** A second administrator approves: neither the one who asked nor the one it is for, and freshly shown to be there. */
export async function approve(world: World, id: string, by: { me: Me; visitor: Visitor }): Promise<Decision> {
  const { me } = by;
  return atomically(world, async tx => {
    const request = await openRequest(tx, id);
    if ('kind' in request) return request;
    await store.takeTurn(tx, request.person_id);
    if (request.asked_by === me.id) return { kind: 'own-request' };
    if (request.person_id === me.id) return { kind: 'about-oneself' };
    const vouched = request.ticket_id ? await support.vouchedIn(tx, request.ticket_id) : [];
    if (vouched.some(voucher => voucher.id === me.id)) return { kind: 'own-vouch' };
    const admins = (await staff.administrators(tx)).map(one => one.id);
    // Whoever asked may have lost his office meanwhile; whoever approves has to hold it.
    if (!admins.includes(me.id) || !admins.includes(request.asked_by)) return { kind: 'over' };
    if (!(await factors.isFresh(tx, me))) return { kind: 'confirm-first' };
    const person = await staff.byId(tx, request.person_id);
    const asker = await staff.byId(tx, request.asked_by);
    if (!person || !asker) return { kind: 'not-found' };
    const help = helpOf(request, me.id);
    const why = await whyNot(tx, person, help, asker);
    if (why) return { kind: 'refused', why };
    const later = handsOut(help.action);
    const step = { from: ['waiting' as const], to: later ? ('approved' as const) : ('done' as const) };
    const moved = await store.move(tx, id, { ...step, at: moment(tx), by: { id: me.id, why: null } });
    if (!moved) return { kind: 'over' };
    await audit.record(tx, {
      action: 'desk.approve',
      by: me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
      details: { request: id, help: help.action, askedBy: asker.id, reason: help.reason },
    });
    if (later) return { kind: 'approved' };
    const carried = await carryOut(tx, person, help, by);
    return carried.kind === 'refused' ? carried : { kind: 'done' };
  });
}

/** Refuses a request, or takes one's own back. */
export async function decline(
  world: World,
  id: string,
  reason: string,
  by: { me: Me; visitor: Visitor },
): Promise<Decision> {
  return atomically(world, async tx => {
    const request = await openRequest(tx, id);
    if ('kind' in request) return request;
    const step = { from: ['waiting' as const, 'approved' as const], to: 'refused' as const };
    const decided = { id: by.me.id, why: reason };
    if (!(await store.move(tx, id, { ...step, at: moment(tx), by: decided }))) return { kind: 'over' };
    await audit.record(tx, {
      action: 'desk.refuse',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: request.person_id },
      details: { request: id, help: request.action, askedBy: request.asked_by, reason },
    });
    return { kind: 'done' };
  });
}

/** Whoever asked takes what was approved and is handed out, once: of fifty at once one is told. */
export async function collect(
  world: World,
  id: string,
  by: { me: Me; visitor: Visitor },
): Promise<Outcome | { kind: 'over' } | { kind: 'not-yours' }> {
  return atomically(world, async tx => {
    const request = await openRequest(tx, id);
    if ('kind' in request) return request;
    await store.takeTurn(tx, request.person_id);
    if (request.asked_by !== by.me.id) return { kind: 'not-yours' };
    const person = await staff.byId(tx, request.person_id);
    if (!person) return { kind: 'not-found' };
    const help = helpOf(request, request.decided_by);
    const why = await whyNot(tx, person, help, by.me);
    if (why) return { kind: 'refused', why };
    if (!(await store.move(tx, id, { from: ['approved'], to: 'done', at: moment(tx) })))
      return { kind: 'over' };
    return carryOut(tx, person, help, by);
  });
}

async function openRequest(
  world: World,
  id: string,
): Promise<store.RequestRow | { kind: 'not-found' | 'over' }> {
  const request = await store.byId(world, id);
  if (!request) return { kind: 'not-found' };
  const open = request.state === 'waiting' || request.state === 'approved';
  return open && Date.parse(request.expires_at) > world.now() ? request : { kind: 'over' };
}

function helpOf(request: store.RequestRow, approvedBy: string | null): Help {
  return {
    action: request.action as Action,
    reason: request.reason,
    proof: request.proof as Help['proof'],
    factorId: request.factor_id,
    ticketId: request.ticket_id,
    request: { id: request.id, approvedBy },
  };
}

/** Requests, newest first: those that wait, or all. */
export async function requests(
  world: World,
  of: { limit: number; after?: string | undefined; personId?: string | undefined; open: boolean },
): Promise<store.RequestRow[]> {
  return store.list(world, { ...of, openAt: of.open ? moment(world) : undefined });
}

export type Offer = { action: Action; approval: boolean; why: Why | null };

/** What the desk offers for an account as it is now; `why` says what speaks against the rest. */
export async function offers(world: World, person: staff.Person, me: Pick<Me, 'id'>): Promise<Offer[]> {
  const facts = await factsOf(world, person, null);
  const third = approvers(await staff.administrators(world), { askedBy: me.id, personId: person.id });
  return actions.map(action => {
    const approval = needsApproval(action, person.role);
    const why = person.id === me.id ? 'oneself' : senseless(action, facts);
    return { action, approval, why: why ?? (approval && third.length === 0 ? 'no-approver' : null) };
  });
}

/** The lock a lift would be about; for the address of a single lock. */
export async function liftOne(
  world: World,
  lockId: string,
  input: { reason: string; proof: string },
  by: { me: Me; visitor: Visitor },
): Promise<Outcome | { kind: 'over' | 'unknown-proof' }> {
  const lock = await locks.find(world, lockId);
  if (!lock) return { kind: 'not-found' };
  const person = lock.person_id ? await staff.byId(world, lock.person_id) : undefined;
  if (person?.role === 'administrator') {
    if (!locks.stands(lock, world.now())) return { kind: 'over' };
    const proof = proofNamed(input.proof);
    if (!proof) return { kind: 'unknown-proof' };
    return help(world, person.id, { action: 'lift', reason: input.reason, proof }, by);
  }
  // That one is checked, and named by its ticket: POST /desk/actions.
  if (isTicket(input.proof)) return { kind: 'unknown-proof' };
  const outcome = await locks.lift(world, { lockId, ...input }, by);
  if (outcome.kind === 'lifted') return { kind: 'done', secret: null };
  return outcome.kind === 'over' ? { kind: 'over' } : { kind: 'not-found' };
}

const nameOf = (words: string) => words.trim().toLowerCase().replaceAll(' ', '-');
const isTicket = (words: string) => nameOf(words) === 'ticket';

/** The proof of the closed set that is called so, with dashes or spaces. */
function proofNamed(words: string): Help['proof'] | undefined {
  return proofs.find(one => one === nameOf(words) && one !== 'ticket');
}
