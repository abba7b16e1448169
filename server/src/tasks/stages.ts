// What a stage gives to do when a deal comes there: made by a job that committed with the move, each once.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Me } from '../http.ts';
import type { By } from '../records/records.ts';
import * as subjects from '../subjects/subjects.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type World } from '../world.ts';
import { dayOf, daysLater } from '../zones.ts';
import * as tasks from './tasks.ts';

const Asked = z.object({
  move: z.uuid(),
  deal: z.uuid(),
  by: z.uuid(),
  at: z.string(),
  tasks: z.array(z.object({ title: z.string(), days: z.number() })),
});

/** The same for the same move and place, so that a job done twice makes each task once; a UUID of version 8. */
function idOf(move: string, place: number): string {
  const hash = createHash('sha256').update(`${move} ${place}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Makes the tasks of a move for whoever owns the deal now, by the hand that moved it; none where nobody is there. */
export async function ofStage(world: World, data: Record<string, unknown>): Promise<void> {
  const { move, deal: id, by: byId, at, tasks: wanted } = Asked.parse(data);
  const [places, people] = await Promise.all([
    subjects.placesOf(world, 'deal', [id]),
    subjects.colleagues(world, [byId]),
  ]);
  const deal = places.get(id);
  const [owner] = deal?.owner_id ? await subjects.colleagues(world, [deal.owner_id]) : [];
  const hand = people[0] ?? owner;
  if (!deal || deal.deleted_at !== null || !owner || !hand) return;
  const me: Me = { ...hand, sessionId: move, deviceId: null };
  const by: By = { me, reach: 'all', visitor: null };
  const day = dayOf(at, await workspaces.timeZone(world));
  await atomically(world, async tx => {
    for (const [place, { title, days }] of wanted.entries())
      await tasks.addOf(
        tx,
        {
          id: idOf(move, place),
          title,
          dueOn: daysLater(day, days),
          about: { type: 'deal', id, name: deal.name, customerId: deal.customer_id },
          owner: { id: owner.id, name: owner.name, teamId: owner.teamId },
          source: 'stage',
        },
        by,
      );
  });
}
