// “This was not me”: ends a recovery that is under way, and voids the password that one has set.
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import * as contactPoints from '../contact-points/contact-points.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as questions from '../questions/questions.ts';
import * as codeStore from '../sign-in/store.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { stopHash } from './recovery.ts';
import * as store from './store.ts';

const linkLivesMs = 14 * 86_400_000;

export type Stop =
  /** Under way, and over now. */
  | { kind: 'stopped' }
  /** The password it had set is void, all sessions are over. */
  | { kind: 'voided' }
  /** The password has been changed again since, so that there is nothing to undo. */
  | { kind: 'over' }
  | { kind: 'dead' };

/** Stops the recovery that the link of a message is about; said twice it answers the same. */
export async function stop(world: World, visitor: Visitor, token: string): Promise<Stop> {
  const found = await store.byStop(world, stopHash(token));
  if (!found || world.now() - Date.parse(found.begun_at) > linkLivesMs) return { kind: 'dead' };
  if (found.stopped_at) return { kind: found.done_at ? 'voided' : 'stopped' };
  const person = await staff.byId(world, found.person_id);
  if (!person) return { kind: 'dead' };
  return atomically(world, async tx => {
    const mine = await store.stop(tx, found.flow_hash, moment(tx));
    if (!mine) return { kind: found.done_at ? 'voided' : 'stopped' };
    await codeStore.killFlow(tx, mine.flow_hash);
    const now = await staff.byId(tx, person.id);
    const since = mine.done_at;
    const still = since !== null && now?.password_hash && (now.password_set_at ?? '') <= since;
    await audit.record(tx, {
      action: 'recovery.stop',
      visitor,
      object: { type: 'person', id: person.id },
      details: { done: since !== null, voided: Boolean(still) },
    });
    if (since === null) return { kind: 'stopped' };
    if (!still) return { kind: 'over' };
    const by = { me: person, visitor };
    await staff.voidPassword(tx, person, { visitor });
    await codeStore.killCodes(tx, person.id);
    await devices.endAllSessions(tx, { personId: person.id, why: 'not-me' }, by);
    // Whoever set that password may have left a way back in for himself.
    const added = { personId: person.id, since, why: 'not-me' };
    await factors.removeAddedSince(tx, added, by);
    await contactPoints.removeAddedSince(tx, added, by);
    await questions.removeSetSince(tx, added, by);
    await locks.expose(tx, {
      personId: person.id,
      evidence: { at: since, address: mine.address, device: mine.device },
    });
    await alerts.raise(tx, {
      kind: 'not-me',
      data: { person: person.name, key: mine.flow_hash.toString('hex').slice(0, 16) },
    });
    return { kind: 'voided' };
  });
}
