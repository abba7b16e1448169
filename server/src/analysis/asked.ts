// What is asked of analysis and by whom, turned into conditions; rows turned into sums that this person may see.
import { activities } from '../activities/activities.ts';
import { deals, ownerIn } from '../deals/deals.ts';
import { hiddenFields } from '../permissions.ts';
import { type By, fenceFor } from '../records/records.ts';
import type { World } from '../world.ts';
import type { Narrow } from './narrow.ts';
import * as store from './store.ts';
import * as targets from './targets.ts';

export type Asked = {
  pipeline?: string | undefined;
  owner?: string | undefined;
  team?: string | undefined;
};
export type Named = { id: string; name: string };
type Tally = { count: number; sums: { currency: string; amount: number }[] };

/** The conditions of a question about deals. */
export function narrow(asked: Asked, by: By, object: 'deal' | 'activity' = 'deal'): Narrow {
  return {
    fence: fenceFor(object === 'deal' ? deals : activities, by),
    pipelineId: asked.pipeline,
    ownerId: ownerIn(asked.owner, by),
    teamId: asked.team,
  };
}

/** Whether the policy keeps a field from this person: then nothing that is made of it is told either (L43). */
export const hides = (by: By, field: string, object: 'deal' | 'customer' = 'deal'): boolean =>
  hiddenFields(by.me, object).includes(field);

type Rows = { currency: string; count: number; amount: number }[];

/** Rows added up: how many in all, and each currency by itself. */
export function tally(by: By, rows: Rows): Tally {
  const sums = [...Map.groupBy(rows, row => row.currency)].map(([currency, those]) => ({
    currency,
    count: those.reduce((count, row) => count + row.count, 0),
    amount: those.reduce((sum, row) => sum + row.amount, 0),
  }));
  return {
    count: sums.reduce((count, sum) => count + sum.count, 0),
    sums: (hides(by, 'amount') ? [] : sums)
      .filter(({ count, amount }) => count !== 0 || amount !== 0)
      .map(({ currency, amount }) => ({ currency, amount }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}

/** The teams and people within reach. */
export async function people(world: World, by: By) {
  const fence = fenceFor({ object: 'deal' }, by);
  const [all, teams] = await Promise.all([store.people(world), store.teams(world)]);
  const sellers = all.filter(person => person.seller);
  const within =
    fence.kind === 'all'
      ? sellers
      : sellers.filter(person =>
          fence.kind === 'team' ? person.team_id === fence.id : person.id === by.me.id,
        );
  return {
    teams: fence.kind === 'all' ? teams : teams.filter(team => fence.kind === 'team' && team.id === fence.id),
    people: within.map(person => ({ id: person.id, name: person.name, teamId: person.team_id })),
    maySetTargets: targets.maySet(by.me),
  };
}

/** What people are called, by their ids. */
export async function names(world: World): Promise<(id: string | null) => Named | null> {
  const known = new Map((await store.people(world)).map(person => [person.id, person.name]));
  return id => (id ? { id, name: known.get(id) ?? '' } : null);
}
