// What the unlock desk may do: the closed set of actions and of identity proofs, and what makes sense when. Pure.

export const actions = [
  'lift',
  'initial-password',
  'unlock-code',
  'send-reset',
  'reset-factors',
  'end-sessions',
  'verify-again',
  'suspend',
  'resume',
] as const;
export type Action = (typeof actions)[number];

/** How somebody was identified before he was helped (L28); `ticket`: inside a ticket to support, which the server checks. */
export const proofs = ['in-person', 'call-back', 'video', 'chat', 'manager', 'document', 'ticket'] as const;
export type Proof = (typeof proofs)[number];

/** Whether a proof inside a ticket is enough: a code to the mailbox replaces no second factor (L26). */
export function ticketSuffices(action: Action, how: 'code' | 'vouched'): boolean {
  return how === 'vouched' || action !== 'reset-factors';
}

/** Those that take something away from an attacker at once; for an administrator too they wait for nobody. */
const protective: readonly Action[] = ['end-sessions', 'suspend'];

/** What anybody may start for anybody, at the door: it opens nothing but the owner's own mailbox. */
const harmless: readonly Action[] = ['send-reset'];

/** Those that hand out what opens something: told to whoever asked, once. */
export const secretActions = ['initial-password', 'unlock-code'] as const;
export type SecretAction = (typeof secretActions)[number];

export const requestMs = 24 * 3_600_000;
export const initialMs = 24 * 3_600_000;

export function handsOut(action: Action): action is SecretAction {
  return (secretActions as readonly Action[]).includes(action);
}

/** Whether somebody with administrator rights gets this only when a second administrator approves. */
export function needsApproval(action: Action, role: string): boolean {
  return role === 'administrator' && !protective.includes(action) && !harmless.includes(action);
}

export type Facts = {
  state: string;
  verified: boolean;
  locks: number;
  factors: number;
  sessions: number;
};

export type Why =
  | 'oneself'
  | 'not-active'
  | 'not-suspended'
  | 'suspended-already'
  | 'no-lock'
  | 'no-factor'
  | 'no-session'
  | 'not-verified'
  | 'no-address'
  | 'ticket-unproven'
  | 'ticket-too-weak'
  | 'own-vouch'
  | 'no-approver';

/** Why an action makes no sense for an account as it is now; null where it does. */
export function senseless(action: Action, facts: Facts): Why | null {
  switch (action) {
    case 'lift':
      return facts.locks > 0 ? null : 'no-lock';
    case 'initial-password':
    case 'unlock-code':
      return facts.state === 'active' ? null : 'not-active';
    case 'send-reset':
      if (facts.state !== 'active') return 'not-active';
      return facts.verified ? null : 'no-address';
    case 'reset-factors':
      return facts.factors > 0 ? null : 'no-factor';
    case 'end-sessions':
      return facts.sessions > 0 ? null : 'no-session';
    case 'verify-again':
      return facts.verified ? null : 'not-verified';
    case 'suspend':
      return facts.state === 'suspended' ? 'suspended-already' : null;
    case 'resume':
      return facts.state === 'suspended' ? null : 'not-suspended';
  }
}

/** Who may approve: active administrators but for the one who asks and the one concerned. */
export function approvers(
  administrators: readonly { id: string }[],
  of: { askedBy: string; personId: string },
): string[] {
  return administrators.map(({ id }) => id).filter(id => id !== of.askedBy && id !== of.personId);
}
