// Showing inside a ticket whose account it is about: by a code to the stored address, or by colleagues who vouch.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as rights from '../rights/rights.ts';
import * as codes from '../sign-in/codes.ts';
import { whoAsks } from '../sign-in/who.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { mayVouch, provenMs, vouchesSuffice } from './rules.ts';
import * as store from './store.ts';

const flowOf = (ticket: Pick<store.Ticket, 'id'>) => devices.hashOf(`ticket ${ticket.id}`);

/** Sends a code to the stored address of the account, if there is one; the answer is the same in every case. */
export async function sendCode(world: World, ticket: store.Ticket, visitor: Visitor): Promise<void> {
  if (!(await codes.mayAsk(world, visitor)) || ticket.state === 'closed') return;
  await atomically(world, async tx => {
    const person = ticket.person_id ? await staff.byId(tx, ticket.person_id) : undefined;
    const reachable = person?.email_verified_at ? person : null;
    const issued = await codes.issue(tx, {
      flow: flowOf(ticket),
      purpose: 'support',
      personId: reachable?.id ?? null,
    });
    if (!issued || !reachable) return;
    await messages.post(tx, {
      to: reachable.email,
      personId: reachable.id,
      channel: 'email',
      template: 'ticket-code',
      language: reachable.language as Language,
      data: {
        name: reachable.name,
        number: ticket.number,
        code: issued.code,
        minutes: codes.CODE_MINUTES,
        expiresAt: issued.expiresAt,
      },
      secret: true,
      known: (await devices.recognise(tx, reachable.id, visitor.browser)) !== undefined,
    });
  });
}

export type Tried = { kind: 'proved' | 'wrong' | 'dead' } | { kind: 'slow-down'; until: number | null };

/** Tries that code. Misses are counted by account and purpose, whatever the ticket (L6), and never touch signing in. */
export async function prove(
  world: World,
  ticket: store.Ticket,
  code: string,
  visitor: Visitor,
): Promise<Tried> {
  const proof = await codes.prove(world, {
    flow: flowOf(ticket),
    purpose: 'support',
    name: ticket.account,
    by: (await whoAsks(world, visitor, ticket.account)).by,
    code,
    next: 'consumed',
    notBefore: async () => 0,
  });
  if (proof.kind !== 'right') return proof;
  await atomically(world, async tx => {
    await store.hold(tx, ticket.id);
    await mark(tx, ticket, 'code', { me: null, visitor });
  });
  return { kind: 'proved' };
}

async function mark(
  world: World,
  ticket: Pick<store.Ticket, 'id' | 'number' | 'person_id'>,
  how: 'code' | 'vouched',
  by: { me: Me | null; visitor: Visitor },
): Promise<void> {
  const at = moment(world);
  await store.change(world, ticket.id, {
    proven_at: at,
    proven_how: how,
    proof_used_at: null,
    changed_at: at,
  });
  await store.insertEntry(world, {
    ticket_id: ticket.id,
    id: world.random.id(),
    at,
    side: 'system',
    kind: `proven-${how}`,
    by_id: null,
    by_name: null,
  });
  await audit.record(world, {
    action: 'support.prove',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'ticket', id: ticket.id },
    details: { number: ticket.number, how, person: ticket.person_id },
  });
}

/** At most so many colleagues are written to for one ticket. */
const mostAsked = 8;

/** Asks the colleagues who may vouch, by mail and on their page; once a day for a ticket, the same answer always. */
export async function askForVouching(world: World, ticket: store.Ticket, visitor: Visitor): Promise<void> {
  await atomically(world, async tx => {
    const held = await store.hold(tx, ticket.id);
    if (!held || held.state === 'closed') return;
    const since = iso(tx.now() - provenMs);
    if (held.vouching_asked_at && held.vouching_asked_at > since) return;
    // What was vouched for an older request is not taken for this one.
    await store.dropVouches(tx, held.id);
    await store.change(tx, held.id, { vouching_asked_at: moment(tx), proven_at: null, proven_how: null });
    await store.insertEntry(tx, {
      ticket_id: held.id,
      id: tx.random.id(),
      at: moment(tx),
      side: 'system',
      kind: 'vouching-asked',
      by_id: null,
      by_name: null,
    });
    // Whom it is asked of is looked for afterwards, so that the time it takes tells nothing.
    await tx.jobs.send(tx, 'vouching', { id: held.id });
    await audit.record(tx, {
      action: 'support.ask-vouching',
      visitor,
      object: { type: 'ticket', id: held.id },
      details: { number: held.number, person: held.person_id },
    });
  });
}

/** Writes to the colleagues who may vouch for the author of a ticket; to nobody where the account does not exist. */
export async function tellVouchers(world: World, ticketId: string): Promise<void> {
  const ticket = await store.byId(world, ticketId);
  const person = ticket?.person_id ? await staff.byId(world, ticket.person_id) : undefined;
  if (!ticket || !person || ticket.proven_at || ticket.state === 'closed') return;
  const asked = (await vouchersOf(world, person)).filter(one => one.email_verified_at).slice(0, mostAsked);
  await atomically(world, async tx => {
    for (const colleague of asked)
      await messages.post(tx, {
        to: colleague.email,
        personId: colleague.id,
        channel: 'email',
        template: 'vouch-asked',
        language: colleague.language as Language,
        data: { name: colleague.name, person: person.name, link: messages.link(tx, '/vouching') },
      });
  });
}

async function isStrong(world: World, personId: string): Promise<boolean> {
  const kinds = await factors.kindsOf(world, personId);
  return kinds.includes('passkey') || kinds.includes('totp');
}

/** A person with what his role amounts to here and what he was given besides. */
const withRights = async (world: World, person: staff.Person) => ({
  ...person,
  ...(await rights.handOf(world, person)),
});

async function vouchersOf(world: World, person: staff.Person): Promise<staff.Person[]> {
  const found: { colleague: staff.Person; as: string }[] = [];
  const team = person.team_id
    ? (await staff.teamOf(world, person.team_id)).map(one => one.id)
    : (await staff.administrators(world)).map(one => one.id);
  for (const id of team) {
    const colleague = await staff.byId(world, id);
    if (!colleague) continue;
    const as = mayVouch(
      { ...(await withRights(world, colleague)), strong: await isStrong(world, id) },
      await withRights(world, person),
    );
    if (as) found.push({ colleague, as });
  }
  return found.sort((a, b) => b.as.localeCompare(a.as)).map(one => one.colleague);
}

export type Vouchable = {
  ticket: store.Ticket;
  person: { id: string; name: string };
  askedAt: string;
  as: 'superior' | 'peer';
  done: boolean;
};

/** The tickets for whose authors this person may vouch now. */
export async function vouchable(world: World, me: Pick<Me, 'id'>): Promise<Vouchable[]> {
  const asking = await store.asksForVouching(world, iso(world.now() - provenMs));
  const voucher = asking.length > 0 ? await staff.byId(world, me.id) : undefined;
  if (!voucher) return [];
  const [strong, hand] = await Promise.all([isStrong(world, me.id), withRights(world, voucher)]);
  const found: Vouchable[] = [];
  for (const ticket of asking) {
    const person = ticket.person_id ? await staff.byId(world, ticket.person_id) : undefined;
    const as = person ? mayVouch({ ...hand, strong }, await withRights(world, person)) : null;
    if (!person || !as || !ticket.vouching_asked_at) continue;
    const done = (await store.vouches(world, ticket.id)).some(one => one.person_id === me.id);
    const who = { id: person.id, name: person.name };
    found.push({ ticket, person: who, askedAt: ticket.vouching_asked_at, as, done });
  }
  return found;
}

export type Vouched = { kind: 'vouched' | 'proven' | 'not-found' | 'confirm-first' };

/** A colleague says that he has recognised the author; it counts where it is his to say and he has just shown himself. */
export async function vouch(
  world: World,
  ticketId: string,
  how: string,
  by: { me: Me; visitor: Visitor },
): Promise<Vouched> {
  const mine = (await vouchable(world, by.me)).find(one => one.ticket.id === ticketId);
  if (!mine) return { kind: 'not-found' };
  if (!(await factors.isFresh(world, by.me))) return { kind: 'confirm-first' };
  return atomically(world, async tx => {
    const ticket = await store.hold(tx, ticketId);
    if (!ticket || ticket.proven_at || ticket.state === 'closed') return { kind: 'not-found' };
    if (ticket.vouching_asked_at !== mine.askedAt) return { kind: 'not-found' };
    const row = { ticket_id: ticketId, person_id: by.me.id, as_role: mine.as, how, at: moment(tx) };
    if (!(await store.insertVouch(tx, row))) return { kind: 'vouched' };
    await audit.record(tx, {
      action: 'support.vouch',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'ticket', id: ticketId },
      details: { number: ticket.number, person: ticket.person_id, as: mine.as, how },
    });
    if (!vouchesSuffice(await store.vouches(tx, ticketId))) return { kind: 'vouched' };
    await mark(tx, ticket, 'vouched', by);
    return { kind: 'proven' };
  });
}
