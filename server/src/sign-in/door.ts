// The door that strangers come through: few are looked up at once, and nobody while the hash has no room for him anyway,
// so that a crowd of strangers takes the database from nobody else.
import { availableParallelism } from 'node:os';
import { sourceOf } from '../edge/visitor.ts';
import type { Visitor } from '../http.ts';
import * as networks from '../networks/networks.ts';
import { type Bounds, makeGate } from '../passwords.ts';
import type { Signals } from '../signals.ts';
import type { World } from '../world.ts';

/** Waiting here costs some memory and nothing else; a single address may not take all of it. */
const bounds: Bounds = {
  room: { known: 0, familiar: 256, stranger: 512 },
  roomOfSource: 256,
  patienceMs: 5_000,
};
const doors = new WeakMap<Signals, ReturnType<typeof makeGate>>();

function doorOf({ signals }: World) {
  const known = doors.get(signals);
  if (known) return known;
  const fresh = makeGate(Math.max(2, availableParallelism()), bounds);
  doors.set(signals, fresh);
  return fresh;
}

/**
 * Looks a visitor up who is on no known device; null when there is no room for him. Who may come from a familiar network
 * is let in before the others and is never turned away for want of room among strangers.
 */
export async function atTheDoor<T>(
  world: World,
  { address }: Visitor,
  look: () => Promise<T>,
): Promise<T | null> {
  const source = sourceOf(address);
  const urgency = (await networks.maybeFamiliar(world, address)) ? 'familiar' : 'stranger';
  if (!world.passwords.hasRoom(urgency, source)) return null;
  const door = doorOf(world);
  if (!(await door.enter(urgency, source))) return null;
  try {
    // Others may have taken the last place meanwhile.
    return world.passwords.hasRoom(urgency, source) ? await look() : null;
  } finally {
    door.leave();
  }
}
