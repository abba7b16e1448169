// Tells people what the journal says concerns them, each thing once, over all processes.
import * as audit from '../audit/audit.ts';
import * as comments from '../comments/comments.ts';
import * as notices from '../notices/notices.ts';
import * as subjects from '../subjects/subjects.ts';
import type { World } from '../world.ts';
import * as rules from './rules.ts';

/** Reads on in the journal from where people were told last. */
export async function tend(world: World): Promise<void> {
  // Imports tell of themselves.
  const wanted = async () => 'not-imported' as const;
  await audit.readOn(world, 'telling', wanted, async (tx, entries) => {
    for (const draft of rules.noticesIn(entries)) await tell(tx, draft);
  });
}

async function tell(world: World, { to, ...notice }: rules.Draft): Promise<void> {
  if (Array.isArray(to)) return void (await notices.tell(world, { ...notice, to }));
  const { object } = notice;
  const place = object && (await subjects.placesOf(world, object.type, [object.id])).get(object.id);
  if (!object || !place) return;
  const followers = await comments.followersOf(world, object, place);
  await notices.tell(world, { ...notice, to: followers.filter(id => !to.but.includes(id)) });
}
