// Whose deals are looked at: what somebody may see, and what of it he asked for, as a condition of SQL.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

export type Narrow = {
  fence: Fence;
  pipelineId?: string | undefined;
  ownerId?: string | null | undefined;
  teamId?: string | undefined;
};

/** The condition on `d`: a deal, sums of deals, or a customer where no pipeline is named. */
export function narrowed(world: World, narrow: Narrow): RawBuilder<boolean> {
  const all = [sql`d.workspace_id = ${world.workspaceId}`, within(narrow.fence, sql`d`)];
  if (narrow.pipelineId) all.push(sql`d.pipeline_id = ${narrow.pipelineId}`);
  if (narrow.ownerId !== undefined)
    all.push(narrow.ownerId === null ? sql`d.owner_id is null` : sql`d.owner_id = ${narrow.ownerId}`);
  if (narrow.teamId) all.push(sql`d.team_id = ${narrow.teamId}`);
  return sql<boolean>`${sql.join(all, sql` and `)}`;
}
