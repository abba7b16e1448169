// Pausing beside handing over: reminders and due tasks of somebody who is locked or away stand still until his return.
import * as agenda from '../agenda/agenda.ts';
import type { Visitor } from '../http.ts';
import * as staff from '../staff/staff.ts';
import { iso, type World } from '../world.ts';
import { type By, reaches } from './rules.ts';

/** Lets reminders of somebody within reach stand still; `untilOn` is the day of his return, null: when he signs in again. */
export async function pause(
  world: World,
  input: { personId: string; reason: string; untilOn: string | null },
  by: By & { visitor: Visitor },
): Promise<Awaited<ReturnType<typeof agenda.pause>> | { kind: 'not-found' | 'past' }> {
  const person = await staff.byId(world, input.personId);
  if (!person || person.role === 'auditor' || !reaches(by, person)) return { kind: 'not-found' };
  if (input.untilOn && input.untilOn <= iso(world.now()).slice(0, 10)) return { kind: 'past' };
  const { reason, untilOn } = input;
  return agenda.pause(world, { person, reason, untilOn }, by);
}

/** Ends the pause of somebody within reach; undefined where there is none. */
export async function resume(world: World, personId: string, by: By & { visitor: Visitor }) {
  const person = await staff.byId(world, personId);
  return person && reaches(by, person) ? agenda.resume(world, personId, by) : undefined;
}
