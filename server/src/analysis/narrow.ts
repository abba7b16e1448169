// Whose deals are looked at: what somebody may see, and what of it he asked for, as a condition of SQL.
import { type RawBuilder, sql } from 'kysely';
import { activities } from '../activities/activities.ts';
import { customers } from '../customers/customers.ts';
import { type Fence, within } from '../db/fence.ts';
import { beyond, reached } from '../db/records.ts';
import { deals } from '../deals/deals.ts';
import type { World } from '../world.ts';

export type Narrow = {
  fence: Fence;
  pipelineId?: string | undefined;
  ownerId?: string | null | undefined;
  teamId?: string | undefined;
};

type Condition = RawBuilder<boolean>;

function of(world: World, t: RawBuilder<unknown>, reach: Condition, narrow: Narrow): Condition {
  const { pipelineId, ownerId, teamId } = narrow;
  const all = [sql`${t}.workspace_id = ${world.workspaceId}`, reach];
  if (pipelineId) all.push(sql`${t}.pipeline_id = ${pipelineId}`);
  if (ownerId !== undefined)
    all.push(ownerId === null ? sql`${t}.owner_id is null` : sql`${t}.owner_id = ${ownerId}`);
  if (teamId) all.push(sql`${t}.team_id = ${teamId}`);
  return sql<boolean>`${sql.join(all, sql` and `)}`;
}

const { shape: deal } = deals;
const { shape: customer } = customers;

/** The deals `d` that lists show: within the reach, or shared (decision 18). */
export const seenDeals = (world: World, narrow: Narrow): Condition =>
  of(world, deal.t, reached(deal, narrow.fence), narrow);

/** The same of customers `c`; they have no pipeline. */
export const seenCustomers = (world: World, narrow: Narrow): Condition =>
  of(world, customer.t, reached(customer, narrow.fence), { ...narrow, pipelineId: undefined });

/** The same of activities `a`, whoever asked for which. */
export const seenActivities = ({ fence }: Narrow): Condition => reached(activities.shape, fence);

/** Deals `d`, or sums of them, within the reach alone: what forecasts count, once for their owner (decision 18). */
export const ownDeals = (world: World, narrow: Narrow): Condition =>
  of(world, deal.t, within(narrow.fence, deal.t), narrow);

/** The deals `d` that are shared and beyond the reach; null where nothing is. */
export function lentDeals(world: World, narrow: Narrow): Condition | null {
  const shared = beyond(deal, narrow.fence);
  return shared && of(world, deal.t, shared, narrow);
}
