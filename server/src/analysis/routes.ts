// The addresses of analysis.
import { bind, refuse } from '../http.ts';
import * as analysis from './analysis.ts';
import { analysisContract } from './contract.ts';
import type { MovedRow } from './movement-store.ts';
import * as targets from './targets.ts';

const wrong = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

function movedView(row: MovedRow) {
  return {
    id: row.id,
    title: row.title,
    customer: { id: row.customer_id, name: row.customer_name },
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    currency: row.currency,
    amount: row.amount,
    amountBefore: row.amount_before,
    stage: row.stage,
    stageBefore: row.stage_before,
    expectedOn: row.expected_on,
    expectedBefore: row.expected_before,
    expectedMoved: row.expected_on !== row.expected_before,
  };
}

function targetView({ subject, subject_id, period, currency, amount }: targets.Target) {
  return { subject, id: subject === 'everybody' ? null : subject_id, period, currency, amount };
}

export const analysisRoutes = bind(analysisContract)({
  'GET /analysis/people': async ({ world, ...by }) => ({
    status: 200,
    body: await analysis.people(world, by),
  }),
  'GET /analysis/forecast': async ({ world, query, ...by }) => ({
    status: 200,
    body: await analysis.forecast(world, query, by),
  }),
  'GET /analysis/targets': async ({ world, query, ...by }) => ({
    status: 200,
    body: { items: (await targets.visible(world, query.period, by)).map(targetView), next: null },
  }),
  'PUT /analysis/targets': async ({ world, body, ...by }) => {
    const outcome = await targets.set(world, body, by);
    if (outcome.kind === 'not-allowed') return refuse('not-allowed');
    if (outcome.kind === 'no-such-person') return wrong('person', 'is nobody who sells here');
    if (outcome.kind === 'no-such-team') return wrong('team', 'is no team of yours');
    return {
      status: 200,
      body: { items: (await targets.visible(world, body.period, by)).map(targetView), next: null },
    };
  },
  'GET /analysis/movement': async ({ world, query, ...by }) => {
    const outcome = await analysis.movement(world, query, by);
    return outcome.kind === 'told' ? { status: 200, body: outcome.told } : wrong('query.since', outcome.why);
  },
  'GET /analysis/movement/deals': async ({ world, query, ...by }) => {
    const outcome = await analysis.movedDeals(world, query, by);
    if (outcome.kind === 'bad-window') return wrong('query.since', outcome.why);
    if (outcome.kind === 'bad-cursor') return wrong('query.after', 'is no cursor of this list');
    return { status: 200, body: { items: outcome.items.map(movedView), next: outcome.next } };
  },
  'GET /analysis/outcomes': async ({ world, query, ...by }) => {
    const outcome = await analysis.outcomes(world, query, by);
    return outcome.kind === 'told' ? { status: 200, body: outcome.told } : wrong('query.from', outcome.why);
  },
  'GET /analysis/activity': async ({ world, query, ...by }) => {
    const outcome = await analysis.activity(world, query, by);
    return outcome.kind === 'told' ? { status: 200, body: outcome.told } : wrong('query.edges', outcome.why);
  },
});
