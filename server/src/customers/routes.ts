// The addresses of customers.
import { bind, etag, refuse } from '../http.ts';
import { customersContract } from './contract.ts';
import * as customers from './customers.ts';

/** A customer as it travels. */
export function customerView(row: customers.Customer) {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    website: row.website,
    industry: row.industry,
    source: row.source,
    level: row.level,
    stage: row.stage,
    address: row.address,
    city: row.city,
    remark: row.remark,
    tags: row.tags,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    nextFollowUpAt: row.next_follow_up_at,
    lastActivityAt: row.last_activity_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const tagged = (row: customers.Customer) => ({
  body: customerView(row),
  headers: { etag: etag(row.version) },
});

const wrong = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-owner': () => wrong('ownerId', 'is nobody who may own a customer'),
  'bad-cursor': () => wrong('query.after', 'is no cursor of this list'),
  'bad-sort': () =>
    wrong('query.sort', 'goes with the other side of the bin: deletedAt with deleted=true only'),
};

const conflict = (current: customers.Customer, yours: unknown) =>
  refuse(
    'changed-meanwhile',
    { members: { current: customerView(current), yours } },
    { headers: { etag: etag(current.version) } },
  );

export const customersRoutes = bind(customersContract)({
  'GET /customers': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    const outcome = await customers.list(world, { filters, sort, after, limit }, by);
    if (outcome.kind !== 'page') return refusals[outcome.kind]();
    return { status: 200, body: { items: outcome.items.map(customerView), next: outcome.next } };
  },
  'POST /customers': async ({ world, body, ...by }) => {
    const outcome = await customers.add(world, body, by);
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    const { body: view, headers } = tagged(outcome.customer);
    return { status: 201, body: view, headers: { ...headers, location: `/api/v1/customers/${view.id}` } };
  },
  'GET /customers/duplicates': async ({ world, query, ...by }) => {
    if (!query.name && !query.phone && !query.email)
      return wrong('query', 'give a name, a phone or an email');
    const outcome = await customers.taken(world, query, by);
    if (outcome.kind === 'too-many') return refuse('slow-down', { words: { seconds: 600 }, retryAfter: 600 });
    const owner = outcome.ownerName === null ? null : { name: outcome.ownerName };
    return { status: 200, body: { taken: outcome.taken, owner } };
  },
  'POST /customers/bulk': async ({ world, body, ...by }) => {
    const outcome = await customers.changeMany(world, body, by);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, body: { changed: outcome.changed, missing: outcome.missing } };
  },
  'GET /customers/{id}': async ({ world, params, ...by }) => {
    const row = await customers.byId(world, params.id, by);
    return row ? { status: 200, ...tagged(row) } : refuse('not-found');
  },
  'PATCH /customers/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await customers.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, body);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...tagged(outcome.customer) };
  },
  'DELETE /customers/{id}': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await customers.remove(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
  'POST /customers/{id}/restore': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await customers.restore(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null);
    return outcome.kind === 'done' ? { status: 200, ...tagged(outcome.customer) } : refuse('not-found');
  },
  'GET /customers/{id}/history': async ({ world, params, query, ...by }) => {
    const page = await customers.history(world, { id: params.id, ...query }, by);
    return page ? { status: 200, body: page } : refuse('not-found');
  },
  'GET /owners': async ({ world, ...by }) => ({
    status: 200,
    body: { items: await customers.owners(world, by), next: null },
  }),
});
