// Who seems to be asking: the person behind a typed name, if any, and whether this browser is a device of theirs.
import * as devices from '../devices/devices.ts';
import type { Visitor } from '../http.ts';
import type * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';

/** No person has this id; asking for it costs what asking for a real one costs (L10). */
export const nobody = '00000000-0000-0000-0000-000000000000';

export type Asking = {
  person: staff.Person | undefined;
  deviceId: string | undefined;
  by: 'knownDevice' | 'strangers';
};

/** Looks both up in one query, whether or not the (normalised) name is anybody's. */
export async function whoAsks(world: World, visitor: Visitor, name: string): Promise<Asking> {
  const { person, deviceId } = await devices.behind(world, name, visitor.browser);
  return { person, deviceId, by: deviceId ? 'knownDevice' : 'strangers' };
}
