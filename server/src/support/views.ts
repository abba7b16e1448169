// How tickets are told: to the holder of the link without saying whether the account exists, to support in full.
import type { z } from 'zod';
import { iso, type World } from '../world.ts';
import type { supportContract } from './contract.ts';
import { provenMs } from './rules.ts';
import * as support from './support.ts';

type Own = z.input<(typeof supportContract)['POST /support/ticket']['replies'][200]>;
type Listed = z.input<(typeof supportContract)['GET /tickets']['replies'][200]>['items'][number];
type InFull = z.input<(typeof supportContract)['GET /tickets/{id}']['replies'][200]>;

function common(ticket: support.Ticket) {
  return {
    number: ticket.number,
    state: ticket.state,
    cause: ticket.cause as Listed['cause'],
    openedAt: ticket.opened_at,
    changedAt: ticket.changed_at,
    facts: ticket.facts as Own['facts'],
    account: ticket.account,
    contact: ticket.contact,
  };
}

type Parts = Awaited<ReturnType<typeof support.partsOf>>;

const pictureViews = ({ pictures }: Parts) =>
  pictures.map(({ id, at, type, size }) => ({ id, at, type, size }));

/** As its author sees it: support has no names there. */
export async function own(world: World, ticket: support.Ticket): Promise<Own> {
  const parts = await support.partsOf(world, ticket);
  const { proven_how: how, proven_at: at, vouching_asked_at: askedAt } = ticket;
  return {
    ...common(ticket),
    entries: parts.entries.map(({ by_name: _, ...entry }) => ({ ...entry, by: null })),
    pictures: pictureViews(parts),
    proven: how && at ? { how, at } : null,
    vouching: askedAt ? { askedAt, vouches: parts.vouches.length } : null,
  };
}

/** As a row of the console. */
export function listed(world: World, ticket: support.Ticket): Listed {
  const { proven_how: how, proven_at: at } = ticket;
  const until = at ? Date.parse(at) + provenMs : 0;
  return {
    id: ticket.id,
    ...common(ticket),
    person: ticket.person_id ? { id: ticket.person_id, name: ticket.person_name ?? '' } : null,
    signedIn: ticket.signed_in,
    name: ticket.name,
    proven:
      how && at
        ? {
            how,
            at,
            until: iso(until),
            holds: until > world.now() && ticket.proof_used_at === null,
            used: ticket.proof_used_at !== null,
          }
        : null,
  };
}

/** As support works on it. */
export async function inFull(world: World, ticket: support.Ticket): Promise<InFull> {
  const parts = await support.partsOf(world, ticket);
  return {
    ...listed(world, ticket),
    address: ticket.address,
    device: ticket.device,
    language: ticket.language,
    entries: parts.entries.map(({ by_name, ...entry }) => ({ ...entry, by: by_name })),
    pictures: pictureViews(parts),
    vouches: parts.vouches.map(({ name, as_role, how, at }) => ({ name, as: as_role, how, at })),
    vouchingAskedAt: ticket.vouching_asked_at,
    checks: ticket.checks,
  };
}
