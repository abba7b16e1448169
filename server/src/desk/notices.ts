// What help at the desk leaves behind: a letter to the person concerned, an alert where the account has power.
import * as alerts from '../alerts/alerts.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import type { Person } from '../staff/staff.ts';
import type { World } from '../world.ts';
import type { Action, Proof } from './rules.ts';
import { actionWords, proofWords } from './words.ts';

type Help = { action: Action; reason: string; proof: Proof; by: string };

/** Tells the person what was done to his account, by whom and why; no code or password stands in it. */
export async function tell(
  world: World,
  person: Person,
  help: Help,
  what: 'asked' | 'done' = 'done',
): Promise<void> {
  if (!person.email_verified_at) return;
  const language = person.language as Language;
  await messages.post(world, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'desk-help',
    language,
    data: {
      name: person.name,
      text: actionWords[help.action][what][language],
      by: help.by,
      reason: help.reason,
      proof: proofWords[help.proof][language],
    },
  });
}

/** Tells all administrators that somebody with their power waits for help, or has been helped. */
export async function alarm(
  world: World,
  kind: 'desk-request' | 'desk-done',
  about: { key: string; person: string; by: string; reason: string },
): Promise<void> {
  await alerts.raise(world, { kind, data: about });
}
