// The addresses of sharing.
import { bind, refuse } from '../http.ts';
import { wrong } from '../records/routes.ts';
import { sharingContract } from './contract.ts';
import * as sharing from './sharing.ts';

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-target': () => wrong('personId', 'is nobody whom this may be shared with'),
  past: () => wrong('until', 'lies in the past'),
  'too-many': () => wrong('personId', `has ${sharing.mostForOne} shared records already`),
};

export const sharingRoutes = bind(sharingContract)({
  'GET /shares': async ({ world, query, me }) => {
    const found = await sharing.of(world, query, me);
    return found ? { status: 200, body: { ...found, next: null } } : refuse('not-found');
  },
  'GET /shares/targets': async ({ world, query, me }) => {
    const { type, id, q, limit } = query;
    const items = await sharing.targets(world, { ref: { type, id }, q, limit }, me);
    return items ? { status: 200, body: { items, next: null } } : refuse('not-found');
  },
  'POST /shares': async ({ world, body, me, visitor }) => {
    const { type, id, personId = null, teamId = null, mayUpdate, until = null, reason = null } = body;
    if ((personId === null) === (teamId === null)) return wrong('personId', 'name a person or a team');
    const wish = { ref: { type, id }, personId, teamId, mayUpdate, until, reason: reason || null };
    const outcome = await sharing.share(world, wish, { me, visitor });
    return outcome.kind === 'shared' ? { status: 201, body: outcome.share } : refusals[outcome.kind]();
  },
  'DELETE /shares/{id}': async ({ world, params, me, visitor }) => {
    const outcome = await sharing.close(world, params.id, { me, visitor });
    return outcome.kind === 'closed' ? { status: 204 } : refusals[outcome.kind]();
  },
});
