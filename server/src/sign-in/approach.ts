// How an attempt to sign in comes: who is meant, by which lane, and what is held against the place it comes from.

import * as attempts from '../attempts/attempts.ts';
import { sourceOf } from '../edge/visitor.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as networks from '../networks/networks.ts';
import type * as staff from '../staff/staff.ts';
import * as weather from '../weather/weather.ts';
import type { World } from '../world.ts';
import { type Asking, nobody, whoAsks } from './who.ts';

/** What the place says of a visitor without a known device. */
export type Standing = { familiar: boolean; knownNetwork: boolean; placeless: boolean };

export type Approach = {
  person: staff.Person | undefined;
  lane: locks.SignInLane;
  /** How the tables know the typed name. */
  account: Buffer;
  /** The address, or its /64. */
  source: string;
  standing: Standing;
  /** So much is held against the source that strangers from it prove themselves first. */
  suspect: boolean;
};

/**
 * The server's own address says nothing about where somebody is: behind a proxy that the settings do not name everybody
 * comes from it. It makes nobody familiar and takes no blame.
 */
export function isPlaceless(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}

/**
 * Looks up what is to be known before the password is looked at; the same queries for a name that is nobody's. `asking`
 * where that is known already.
 */
export async function approach(
  world: World,
  visitor: Visitor,
  name: string,
  asking?: Asking,
): Promise<Approach> {
  const { person, deviceId } = asking ?? (await whoAsks(world, visitor, name));
  const placeless = isPlaceless(visitor.address);
  const common = { person, account: attempts.accountOf(world, name), source: sourceOf(visitor.address) };
  if (person && deviceId) return onDevice(world, common, deviceId, placeless);
  const [found, suspicion] = await Promise.all([
    networks.standing(world, person?.id ?? nobody, visitor.address),
    weather.suspicion(world, common.source),
  ]);
  const familiar = placeless ? found.trusted !== null : found.familiar;
  const lane = familiar
    ? await locks.familiarLane(world, name, common.source)
    : await locks.strangersLane(world, name);
  return {
    ...common,
    lane,
    standing: { familiar, knownNetwork: found.knownNetwork, placeless },
    suspect: !placeless && !familiar && suspicion(found.people).suspect,
  };
}

/** The approach of somebody on a device that is known, or has just become so. */
export async function onDevice(
  world: World,
  common: Pick<Approach, 'person' | 'account' | 'source'>,
  deviceId: string,
  placeless: boolean,
): Promise<Approach> {
  return {
    ...common,
    lane: await locks.deviceLane(world, common.person?.id ?? nobody, deviceId),
    standing: { familiar: true, knownNetwork: true, placeless },
    suspect: false,
  };
}
