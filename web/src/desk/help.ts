// What the desk does for people, as the pages name it.
import type { Calls } from '../calls.ts';

export type Story = Calls['GET /people/{id}/story']['reply'];
export type Offer = Story['offers'][number];
export type Action = Offer['action'];
export type Request = Calls['GET /desk/requests']['reply']['items'][number];
export type Secret = Extract<Calls['POST /people/{id}/unlock-code']['reply'], { kind: 'done' }>['secret'];
export type Outcome = Calls['POST /desk/actions']['reply']['items'][number];
type Bulk = Calls['POST /desk/actions']['body']['action'];

export const proofs = ['in-person', 'call-back', 'video', 'chat', 'manager', 'document'] as const;
export type Proof = (typeof proofs)[number];
export type TicketProof = Story['proofs'][number];

/** What is sent of the way somebody was identified: a ticket is chosen by its id, beside the closed set of other proofs. */
export function proofOf(chosen: string): { proof: Proof | 'ticket'; ticket?: string } {
  const own = proofs.find(one => one === chosen);
  return own ? { proof: own } : { proof: 'ticket', ticket: chosen };
}

/** A code to the mailbox replaces no sign-in method, so such a ticket is not offered for that. */
export function fitting(tickets: TicketProof[], action: Action): TicketProof[] {
  return tickets.filter(ticket => ticket.how === 'vouched' || action !== 'reset-factors');
}

/** What can be done for many at once. */
export const bulkActions: Bulk[] = [
  'lift',
  'send-reset',
  'end-sessions',
  'suspend',
  'resume',
  'verify-again',
];

/** Actions that end in a password or code, for one person at a time. */
export const handing = { 'initial-password': true, 'unlock-code': true } as const;

export function isHanding(action: Action): action is keyof typeof handing {
  return action in handing;
}

/** Those that take something away. */
export const isGrave = (action: Action) => action === 'suspend' || action === 'reset-factors';

/** Everything that help may have changed. */
export const touched = [['people'], ['locks'], ['desk'], ['audit'], ['tickets']];
