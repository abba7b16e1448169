// The addresses of automation.
import { bind, etag, refuse } from '../http.ts';
import { wrongCustom } from '../records/routes.ts';
import * as automation from './automation.ts';
import { automationContract } from './contract.ts';

function view(row: automation.Shown) {
  const { summary } = row;
  return {
    id: row.id,
    name: row.name,
    active: row.active,
    event: row.event,
    conditions: row.conditions,
    actions: row.actions,
    owner: { id: row.owner_id, name: row.owner_name },
    paused: row.paused,
    lastRunAt: summary?.last ?? null,
    done: summary?.done ?? 0,
    failed: summary?.failed ?? 0,
    mine: row.mine,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

const runView = (row: automation.ShownRun) => ({
  id: row.id,
  at: row.at,
  record: { type: row.object_type, id: row.object_id, name: row.name },
  state: row.state,
  problem: row.problem,
  outcome: row.outcome,
  calls: row.calls.map(({ state, problem }) => ({ state, problem })),
});

const tagged = (row: automation.Shown) => ({ body: view(row), headers: { etag: etag(row.version) } });

export const automationRoutes = bind(automationContract)({
  'GET /automations': async ({ world, ...by }) => ({
    status: 200,
    body: { items: (await automation.list(world, by)).map(view), next: null },
  }),
  'POST /automations': async ({ world, body, ...by }) => {
    const outcome = await automation.add(world, body, by);
    if (outcome.kind === 'wrong') return wrongCustom(outcome);
    if (outcome.kind === 'too-many')
      return wrongCustom({ faults: [{ path: 'name', message: 'is one rule too many' }] });
    return { status: 201, ...tagged(outcome.rule) };
  },
  'POST /automations/preview': async ({ world, body, ...by }) => {
    const outcome = await automation.preview(world, body, by);
    if (outcome.kind === 'wrong') return wrongCustom(outcome);
    const { count, complete, items } = outcome;
    return { status: 200, body: { count, complete, items } };
  },
  'GET /automations/{id}': async ({ world, params, ...by }) => {
    const row = await automation.byId(world, params.id, by);
    return row ? { status: 200, ...tagged(row) } : refuse('not-found');
  },
  'PUT /automations/{id}': async ({ world, params, body, ifMatch: version, ...by }) => {
    const outcome = await automation.change(world, { id: params.id, input: body, version }, by);
    if (outcome.kind === 'wrong') return wrongCustom(outcome);
    if (outcome.kind === 'changed-meanwhile')
      return refuse(
        'changed-meanwhile',
        { members: { current: view(outcome.current), yours: body } },
        { headers: { etag: etag(outcome.current.version) } },
      );
    return outcome.kind === 'changed' ? { status: 200, ...tagged(outcome.rule) } : refuse('not-found');
  },
  'DELETE /automations/{id}': async ({ world, params, ...by }) => {
    const outcome = await automation.remove(world, params.id, by);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
  'GET /automations/{id}/runs': async ({ world, params, query, ...by }) => {
    const found = await automation.runs(world, { id: params.id, ...query }, by);
    return found
      ? { status: 200, body: { items: found.items.map(runView), next: found.next } }
      : refuse('not-found');
  },
  'POST /automations/{id}/runs/{run}/retry': async ({ world, params, ...by }) => {
    const outcome = await automation.retry(world, params, by);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
});
