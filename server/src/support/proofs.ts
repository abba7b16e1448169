// What a proof inside a ticket is worth outside it: once, for a day, for the person it was about.
import type { Me } from '../http.ts';
import { iso, moment, type World } from '../world.ts';
import { provenMs } from './rules.ts';
import * as store from './store.ts';

export type Proven = {
  ticketId: string;
  number: string;
  personId: string;
  how: 'code' | 'vouched';
  at: string;
  /** Worth nothing from then on (ISO 8601). */
  until: string;
  /** Who vouched. */
  vouchers: { id: string; name: string }[];
};

async function provenIn(world: World, ticket: store.Ticket | undefined): Promise<Proven | null> {
  if (!ticket?.person_id || !ticket.proven_at || !ticket.proven_how || ticket.proof_used_at) return null;
  const until = Date.parse(ticket.proven_at) + provenMs;
  if (until <= world.now()) return null;
  return {
    ticketId: ticket.id,
    number: ticket.number,
    personId: ticket.person_id,
    how: ticket.proven_how,
    at: ticket.proven_at,
    until: iso(until),
    vouchers: ticket.proven_how === 'vouched' ? await vouchedIn(world, ticket.id) : [],
  };
}

/**
 * Who has proved inside this ticket to be the owner of its account, within the last day and not used up; null for
 * nobody. What that permits is the unlock desk's to say.
 */
export async function provenFor(world: World, ticketId: string): Promise<Proven | null> {
  return provenIn(world, await store.byId(world, ticketId));
}

/** The same, held until the caller's transaction ends, so that of two at once only one finds it. */
export async function holdProof(world: World, ticketId: string): Promise<Proven | null> {
  return provenIn(world, await store.hold(world, ticketId));
}

/** All proofs of that kind which somebody has to show for now. */
export async function proofsOf(world: World, personId: string): Promise<Proven[]> {
  const tickets = await store.provenSince(world, personId, iso(world.now() - provenMs));
  const found = await Promise.all(tickets.map(ticket => provenIn(world, ticket)));
  return found.filter(one => one !== null);
}

/** Who has vouched in a ticket. */
export async function vouchedIn(world: World, ticketId: string): Promise<{ id: string; name: string }[]> {
  return (await store.vouches(world, ticketId)).map(({ person_id: id, name }) => ({ id, name }));
}

/** Uses a proof up that the caller's transaction holds; it is said in the ticket. */
export async function spendProof(
  world: World,
  ticketId: string,
  by: Pick<Me, 'id' | 'name'> | null,
): Promise<void> {
  const at = moment(world);
  await store.change(world, ticketId, { proof_used_at: at, changed_at: at });
  await store.insertEntry(world, {
    ticket_id: ticketId,
    id: world.random.id(),
    at,
    side: 'system',
    kind: 'proof-used',
    by_id: by?.id ?? null,
    by_name: by?.name ?? null,
  });
}
