// The addresses of customers.
import type { WrongCustom } from '../custom-fields/custom-fields.ts';
import { bind, refuse } from '../http.ts';
import { answersOf, mergedAway, wrong, wrongCustom } from '../records/routes.ts';
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
    custom: row.custom,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    nextFollowUpAt: row.next_follow_up_at,
    lastActivityAt: row.last_activity_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const answers = answersOf(customers.customers, customerView);

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-owner': () => wrong('ownerId', 'is nobody who may own a customer'),
};

type Refused = { kind: keyof typeof refusals } | WrongCustom;

const refused = (outcome: Refused) =>
  outcome.kind === 'wrong-custom' ? wrongCustom(outcome) : refusals[outcome.kind]();

export const customersRoutes = bind(customersContract)({
  'GET /customers': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await customers.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /customers': async ({ world, body, ...by }) => {
    const outcome = await customers.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind !== 'added') return refused(outcome);
    return answers.created('/customers', outcome.customer, by);
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
    if (outcome.kind !== 'changed') return refused(outcome);
    return { status: 200, body: { changed: outcome.changed, missing: outcome.missing } };
  },
  'GET /customers/{id}': answers.oneOrMerged,
  'PATCH /customers/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await customers.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind !== 'changed') return refused(outcome);
    return { status: 200, ...answers.tagged(outcome.customer, by) };
  },
  'DELETE /customers/{id}': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await customers.bin(world, { ...params, version, deleted: true }, by);
    return outcome.kind === 'merged' ? refuse('not-found') : answers.binned(outcome, by);
  },
  'POST /customers/{id}/restore': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await customers.bin(world, { ...params, version, deleted: false }, by);
    return outcome.kind === 'merged' ? mergedAway(by) : answers.back(outcome, by);
  },
  'GET /customers/{id}/history': answers.history,
  'GET /owners': async ({ world, ...by }) => ({
    status: 200,
    body: { items: await customers.owners(world, by), next: null },
  }),
});
