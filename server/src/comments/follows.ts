// Who hears of a record: its owner, whoever follows it, and nobody who has said that he would rather not.
import type { Me } from '../http.ts';
import * as subjects from '../subjects/subjects.ts';
import { moment, type World } from '../world.ts';
import * as store from './store.ts';

/** Ids of those who follow a record that stands there. */
export async function followersOf(
  world: World,
  ref: subjects.Ref,
  place: Pick<subjects.Place, 'owner_id'>,
): Promise<string[]> {
  const said = await store.follows(world, ref);
  const ids = new Set(said.filter(one => one.following).map(one => one.person_id));
  const hears = !said.some(one => one.person_id === place.owner_id && !one.following);
  if (place.owner_id && hears) ids.add(place.owner_id);
  return [...ids];
}

export type Following = { following: boolean; followers: number };

/** Whether somebody follows a record within reach; undefined for no such record. */
export async function following(world: World, ref: subjects.Ref, me: Me): Promise<Following | undefined> {
  const place = await subjects.readable(world, ref, me);
  if (!place) return undefined;
  const ids = await followersOf(world, ref, place);
  return { following: ids.includes(me.id), followers: ids.length };
}

/** Follows a record within reach, or no longer; undefined for no such record. */
export async function setFollowing(
  world: World,
  input: { ref: subjects.Ref; following: boolean },
  me: Me,
): Promise<Following | undefined> {
  if (!(await subjects.readable(world, input.ref, me))) return undefined;
  const said = { personIds: [me.id], following: input.following, at: moment(world), unlessSaid: false };
  await store.follow(world, input.ref, said);
  return following(world, input.ref, me);
}
