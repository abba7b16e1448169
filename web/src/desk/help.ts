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

/** What can be done for many at once. */
export const bulkActions: Bulk[] = ['lift', 'end-sessions', 'suspend', 'resume', 'verify-again'];

/** Actions that end in a password or code, for one person at a time. */
export const handing = { 'initial-password': true, 'unlock-code': true } as const;

export function isHanding(action: Action): action is keyof typeof handing {
  return action in handing;
}

/** Those that take something away. */
export const isGrave = (action: Action) => action === 'suspend' || action === 'reset-factors';

/** Everything that help may have changed. */
export const touched = [['people'], ['locks'], ['desk'], ['audit']];
