// The addresses of views.
import { bind, type Me, refuse } from '../http.ts';
import { wrong } from '../records/routes.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import { ViewObject, viewsContract } from './contract.ts';
import * as views from './views.ts';

async function viewsOf(world: World, rows: views.View[], me: Me) {
  const names = new Map((await staff.names(world)).map(one => [one.id, one.name]));
  return rows.map(row => ({
    id: row.id,
    object: ViewObject.parse(row.object),
    name: row.name,
    audience: row.audience,
    filters: row.filters as Record<string, string>,
    sort: row.sort,
    columns: row.columns,
    owner: { id: row.owner_id, name: names.get(row.owner_id) ?? '' },
    mayChange: views.mayChange(me, row),
    updatedAt: row.updated_at,
  }));
}

async function kept(world: World, row: views.View, me: Me) {
  const [view] = await viewsOf(world, [row], me);
  if (!view) throw new Error('a view that was kept has none');
  return view;
}

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-team': () => wrong('audience', 'needs a team, and you are in none'),
  'too-many': () => wrong('name', 'is one too many: drop a view first'),
};

export const viewsRoutes = bind(viewsContract)({
  'GET /views': async ({ world, query, me }) => ({
    status: 200,
    body: { items: await viewsOf(world, await views.list(world, me, query.object), me), next: null },
  }),
  'POST /views': async ({ world, body, me, visitor }) => {
    const outcome = await views.add(world, body, { me, visitor });
    if (outcome.kind !== 'kept') return refusals[outcome.kind]();
    return { status: 201, body: await kept(world, outcome.view, me) };
  },
  'PATCH /views/{id}': async ({ world, params, body, me, visitor }) => {
    const outcome = await views.change(world, params.id, body, { me, visitor });
    if (outcome.kind !== 'kept') return refusals[outcome.kind]();
    return { status: 200, body: await kept(world, outcome.view, me) };
  },
  'DELETE /views/{id}': async ({ world, params, me, visitor }) => {
    const outcome = await views.remove(world, params.id, { me, visitor });
    return outcome.kind === 'gone' ? { status: 204 } : refusals[outcome.kind]();
  },
});
