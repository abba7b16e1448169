// A proof inside a ticket, as it counts at the desk: for that person, by somebody else than who vouched, strong enough.
import type { Me } from '../http.ts';
import type * as staff from '../staff/staff.ts';
import * as support from '../support/support.ts';
import type { World } from '../world.ts';
import type { Help } from './carrying.ts';
import { ticketSuffices, type Why } from './rules.ts';

/** Why the ticket that is named does not identify the person for this; null where it does, or where none is named. */
export async function identified(
  world: World,
  person: Pick<staff.Person, 'id'>,
  help: Help,
  me: Pick<Me, 'id'> | null,
): Promise<Why | null> {
  if (help.proof !== 'ticket') return null;
  const proven = help.ticketId ? await support.holdProof(world, help.ticketId) : null;
  if (proven?.personId !== person.id) return 'ticket-unproven';
  if (proven.vouchers.some(voucher => voucher.id === me?.id)) return 'own-vouch';
  return ticketSuffices(help.action, proven.how) ? null : 'ticket-too-weak';
}
