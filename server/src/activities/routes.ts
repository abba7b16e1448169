// The addresses of activities and of a customer's time line.
import { bind, etag, refuse } from '../http.ts';
import * as activities from './activities.ts';
import { activitiesContract } from './contract.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** An activity as it travels. */
export function activityView(row: activities.Activity) {
  return {
    id: row.id,
    customer: { id: row.customer_id, name: row.customer_name },
    contact: named(row.contact_id, row.contact_name),
    kind: row.kind,
    body: row.body,
    at: row.at,
    author: named(row.author_id, row.author_name),
    nextStep: row.next_step,
    nextAt: row.next_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const tagged = (row: activities.Activity) => ({
  body: activityView(row),
  headers: { etag: etag(row.version) },
});

const wrong = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

const refusals = {
  'not-found': () => refuse('not-found'),
  'no-such-customer': () => wrong('customerId', 'is no customer within your reach'),
  'no-such-contact': () => wrong('contactId', 'is no contact of this customer'),
  'bad-cursor': () => wrong('query.after', 'is no cursor of this list'),
};

const conflict = (current: activities.Activity, yours: unknown) =>
  refuse(
    'changed-meanwhile',
    { members: { current: activityView(current), yours } },
    { headers: { etag: etag(current.version) } },
  );

const happeningView = (item: activities.Happening) =>
  item.kind === 'activity'
    ? { kind: item.kind, at: item.at, activity: activityView(item.activity) }
    : { kind: item.kind, at: item.at, change: item.change };

export const activitiesRoutes = bind(activitiesContract)({
  'GET /activities': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    const outcome = await activities.list(world, { filters, sort, after, limit }, by);
    if (outcome.kind !== 'page') return refusals[outcome.kind]();
    return { status: 200, body: { items: outcome.items.map(activityView), next: outcome.next } };
  },
  'POST /activities': async ({ world, body, ...by }) => {
    const outcome = await activities.add(world, body, by);
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    const { body: view, headers } = tagged(outcome.activity);
    return { status: 201, body: view, headers: { ...headers, location: `/api/v1/activities/${view.id}` } };
  },
  'GET /activities/{id}': async ({ world, params, ...by }) => {
    const row = await activities.byId(world, params.id, by);
    return row ? { status: 200, ...tagged(row) } : refuse('not-found');
  },
  'PATCH /activities/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await activities.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, body);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...tagged(outcome.activity) };
  },
  'DELETE /activities/{id}': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await activities.remove(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
  'POST /activities/{id}/restore': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await activities.restore(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null);
    return outcome.kind === 'done' ? { status: 200, ...tagged(outcome.activity) } : refuse('not-found');
  },
  'GET /activities/{id}/history': async ({ world, params, query, ...by }) => {
    const page = await activities.history(world, { id: params.id, ...query }, by);
    return page ? { status: 200, body: page } : refuse('not-found');
  },
  'GET /customers/{id}/timeline': async ({ world, params, query, ...by }) => {
    const outcome = await activities.timeline(world, { customerId: params.id, ...query }, by);
    if (outcome.kind !== 'page') return refusals[outcome.kind]();
    return { status: 200, body: { items: outcome.items.map(happeningView), next: outcome.next } };
  },
});
