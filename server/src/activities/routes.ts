// The addresses of activities and of a customer's time line.
import { commentView } from '../comments/routes.ts';
import { customers } from '../customers/customers.ts';
import { bind, refuse } from '../http.ts';
import { leads } from '../leads/leads.ts';
import type { ObjectType } from '../permissions.ts';
import { type By, shown, shownChange } from '../records/records.ts';
import { answersOf, listRefusals, wrong } from '../records/routes.ts';
import * as activities from './activities.ts';
import { activitiesContract } from './contract.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** An activity as it travels. */
export function activityView(row: activities.Activity) {
  return {
    id: row.id,
    customer: named(row.customer_id, row.customer_name),
    lead: named(row.lead_id, row.lead_name),
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

const answers = answersOf(activities.activities, activityView);

const refusals = {
  'not-found': () => refuse('not-found'),
  'no-such-customer': () => wrong('customerId', 'is no customer within your reach'),
  'no-such-lead': () => wrong('leadId', 'is no lead within your reach'),
  'no-such-contact': () => wrong('contactId', 'is no contact of this customer'),
  'bad-cursor': listRefusals['bad-cursor'],
};

const happeningView = (kind: { object: ObjectType }, item: activities.Happening, by: By) => {
  const { at } = item;
  if (item.kind === 'comment') return { kind: item.kind, at, comment: commentView(item.comment) };
  return item.kind === 'activity'
    ? { kind: item.kind, at, activity: shown(activities.activities, activityView(item.activity), by) }
    : { kind: item.kind, at, change: shownChange(kind, item.change, by) };
};

export const activitiesRoutes = bind(activitiesContract)({
  'GET /activities': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await activities.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /activities': async ({ world, body, ...by }) => {
    const outcome = await activities.add(world, body, by);
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    return answers.created('/activities', outcome.activity, by);
  },
  'GET /activities/{id}': answers.one,
  'PATCH /activities/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await activities.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.activity, by) };
  },
  'DELETE /activities/{id}': async ({ world, params, ifMatch: version, ...by }) =>
    answers.binned(await activities.bin(world, { ...params, version, deleted: true }, by), by),
  'POST /activities/{id}/restore': async ({ world, params, ifMatch: version, ...by }) =>
    answers.back(await activities.bin(world, { ...params, version, deleted: false }, by), by),
  'GET /activities/{id}/history': answers.history,
  'GET /customers/{id}/timeline': async ({ world, params, query, ...by }) => {
    const party = { kind: 'customer', id: params.id } as const;
    const outcome = await activities.timeline(world, { party, ...query }, by);
    if (outcome.kind !== 'page') return refusals[outcome.kind]();
    return {
      status: 200,
      body: { items: outcome.items.map(item => happeningView(customers, item, by)), next: outcome.next },
    };
  },
  'GET /leads/{id}/timeline': async ({ world, params, query, ...by }) => {
    const party = { kind: 'lead', id: params.id } as const;
    const outcome = await activities.timeline(world, { party, ...query }, by);
    if (outcome.kind !== 'page') return refusals[outcome.kind]();
    return {
      status: 200,
      body: { items: outcome.items.map(item => happeningView(leads, item, by)), next: outcome.next },
    };
  },
});
