// “It was not me”: ends the stranger's session, voids the password that he knew, and leads to a new one.
import * as alerts from '../alerts/alerts.ts';
import * as arrivals from '../arrivals/arrivals.ts';
import * as contactPoints from '../contact-points/contact-points.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as questions from '../questions/questions.ts';
import * as staff from '../staff/staff.ts';
import { atomically, type World } from '../world.ts';
import { begin } from './recovery.ts';

export type Answer = 'me' | 'not-me';
type Asked = { id: string; token: string | null; answer: Answer };

export type WasItYou =
  | { kind: 'kept' }
  /** The session is over. `flow` leads to a new password by the mailed code; null where there is no address to mail to. */
  | { kind: 'ended'; flow: string | null }
  | { kind: 'dead' };

/**
 * Takes the owner's answer about a sign-in on a strange device, given by the link of the letter or while signed in.
 * “Not me” stands: the device is forgotten with its sessions, and the password is void at once, on every device, as the
 * stranger knew it. It opens nothing by itself (L23): the way to a new password is the recovery every owner has.
 */
export async function answer(
  world: World,
  asked: Asked,
  by: { me: Me | null; visitor: Visitor },
): Promise<WasItYou> {
  const arrival = await arrivals.find(world, { id: asked.id, token: asked.token, me: by.me });
  const person = arrival && (await staff.byId(world, arrival.person_id));
  if (!arrival || !person) return { kind: 'dead' };
  const { visitor } = by;
  const told = await atomically(world, async tx => {
    if (!(await arrivals.answered(tx, arrival, asked.answer, { me: person, visitor }))) return 'again';
    if (asked.answer === 'me') return 'kept';
    const device = { personId: person.id, deviceId: arrival.device_id };
    await devices.revoke(tx, device, { me: person, visitor });
    await devices.endSession(
      tx,
      { personId: person.id, sessionId: arrival.session_id, why: 'not-me' },
      { me: person, visitor },
    );
    // A stranger who has come in may have left a passkey of his own behind.
    const added = { personId: person.id, since: arrival.at, why: 'not-me' };
    await factors.removeAddedSince(tx, added, { me: person, visitor });
    await contactPoints.removeAddedSince(tx, added, { me: person, visitor });
    await questions.removeSetSince(tx, added, { me: person, visitor });
    // Without an address nobody could set another: then the password stays, and the alert asks for help.
    if (person.email_verified_at) {
      await staff.voidPassword(tx, person, { visitor });
      await locks.expose(tx, {
        personId: person.id,
        evidence: { at: arrival.at, address: arrival.address, device: arrival.device },
      });
    }
    await alerts.raise(tx, { kind: 'not-me', data: { person: person.name, key: arrival.id } });
    return 'ended';
  });
  if (told === 'kept' || (told === 'again' && asked.answer === 'me')) return { kind: 'kept' };
  if (!person.email_verified_at) return { kind: 'ended', flow: null };
  const { flow } = await begin(world, visitor, person.sign_in_name);
  return { kind: 'ended', flow };
}

/** What the page shows before anybody answers; changes nothing. */
export async function view(
  world: World,
  asked: { id: string; token: string | null },
  me: Pick<Me, 'id'> | null,
): Promise<arrivals.Arrival | undefined> {
  return arrivals.find(world, { ...asked, me });
}
