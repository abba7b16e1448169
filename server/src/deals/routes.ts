// The addresses of deals and pipelines.
import { bind, etag, refuse, versionIn } from '../http.ts';
import type { By } from '../records/records.ts';
import { answersOf, wrong, wrongCustom } from '../records/routes.ts';
import type { World } from '../world.ts';
import { dealsContract, RequiredField } from './contract.ts';
import * as deals from './deals.ts';
import * as funnel from './funnel.ts';
import * as pipelines from './pipelines.ts';
import type { Outcome } from './reason-words.ts';
import * as reasons from './reasons.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** A deal as it travels. */
export function dealView(row: deals.Deal) {
  return {
    id: row.id,
    title: row.title,
    customer: { id: row.customer_id, name: row.customer_name },
    contact: named(row.contact_id, row.contact_name),
    amount: row.amount,
    currency: row.currency,
    pipelineId: row.pipeline_id,
    stage: { id: row.stage_id, name: row.stage_name, kind: row.kind, ageingDays: row.ageing_days },
    stageSince: row.stage_since,
    probability: row.probability ?? row.stage_probability,
    probabilityOwn: row.probability !== null,
    expectedOn: row.expected_on,
    source: row.source,
    lostReason: row.lost_reason,
    lostRemark: row.lost_remark,
    wonReason: row.won_reason,
    nextStep: row.next_step,
    custom: row.custom,
    owner: named(row.owner_id, row.owner_name),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

function pipelineView(row: pipelines.Pipeline) {
  return {
    id: row.id,
    name: row.name,
    isDefault: row.is_default,
    stages: row.stages.map(stage => ({
      id: stage.id,
      name: stage.name,
      kind: stage.kind,
      probability: stage.probability,
      requiredFields: RequiredField.array().parse(stage.required_fields),
      ageingDays: stage.ageing_days,
      tasks: stage.tasks,
    })),
    version: row.version,
  };
}

const answers = answersOf(deals.deals, dealView);
const taggedPipeline = (row: pipelines.Pipeline) => ({
  body: pipelineView(row),
  headers: { etag: etag(row.version) },
});

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-owner': () => wrong('ownerId', 'is nobody who may own a deal'),
  'no-such-customer': () => wrong('customerId', 'is no customer within your reach'),
  'no-such-contact': () => wrong('contactId', 'is no contact of this customer'),
  'no-such-stage': () => wrong('stageId', 'is no stage that a deal may come to so'),
  'reason-missing': () => wrong('lostReason', 'is needed for a lost deal'),
  'reason-surplus': () => wrong('lostReason', 'goes with a lost deal only'),
  'win-reason-surplus': () => wrong('wonReason', 'goes with a won deal only'),
  'no-such-reason': () => wrong('wonReason', 'is no reason that is offered'),
  'no-such-lost-reason': () => wrong('lostReason', 'is no reason that is offered'),
  'bad-moved': () => wrong('query.movedStage', 'goes together with moved'),
};

const missing = (fields: string[], within: string) =>
  refuse('invalid', {
    members: {
      faults: fields.map(field => ({ path: `${within}${field}`, message: 'is needed at this stage' })),
    },
  });

const pipelineConflict = (current: pipelines.Pipeline, yours: unknown) =>
  refuse(
    'changed-meanwhile',
    { members: { current: pipelineView(current), yours } },
    { headers: { etag: etag(current.version) } },
  );

async function reasonsOf(world: World, outcome: Outcome) {
  const body = await reasons.all(world, outcome);
  return { status: 200 as const, body, headers: { etag: etag(body.version) } };
}

async function setReasons(world: World, input: Parameters<typeof reasons.save>[1], by: By) {
  const outcome = await reasons.save(world, input, by);
  if (outcome.kind === 'wrong') return refuse('invalid', { members: { faults: outcome.faults } });
  const headers = { etag: etag(outcome.reasons.version) };
  return outcome.kind === 'saved'
    ? { status: 200 as const, body: outcome.reasons, headers }
    : refuse(
        'changed-meanwhile',
        { members: { current: outcome.reasons, yours: { items: input.items } } },
        { headers },
      );
}

const day = 86_400_000;

export const dealsRoutes = bind(dealsContract)({
  'GET /pipelines': async ({ world }) => ({
    status: 200,
    body: { items: (await pipelines.all(world)).map(pipelineView), next: null },
  }),
  'POST /pipelines': async ({ world, body, ...by }) => {
    const outcome = await pipelines.add(world, body, by);
    if (outcome.kind === 'saved') return { status: 201, ...taggedPipeline(outcome.pipeline) };
    return outcome.kind === 'wrong'
      ? refuse('invalid', { members: { faults: outcome.faults } })
      : refuse('not-found');
  },
  'PUT /pipelines/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await pipelines.save(world, { id: params.id, pipeline: body, version: ifMatch }, by);
    if (outcome.kind === 'saved') return { status: 200, ...taggedPipeline(outcome.pipeline) };
    if (outcome.kind === 'changed-meanwhile') return pipelineConflict(outcome.current, body);
    return outcome.kind === 'wrong'
      ? refuse('invalid', { members: { faults: outcome.faults } })
      : refuse('not-found');
  },
  'DELETE /pipelines/{id}': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await pipelines.remove(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'removed') return { status: 204 };
    if (outcome.kind === 'changed-meanwhile') return pipelineConflict(outcome.current, null);
    return outcome.kind === 'in-use'
      ? wrong('id', 'is the default pipeline, or holds deals')
      : refuse('not-found');
  },
  'GET /win-reasons': ({ world }) => reasonsOf(world, 'won'),
  'PUT /win-reasons': ({ world, body, ifMatch: version, ...by }) =>
    setReasons(world, { outcome: 'won', items: body.items, version }, by),
  'GET /lost-reasons': ({ world }) => reasonsOf(world, 'lost'),
  'PUT /lost-reasons': ({ world, body, ifMatch: version, ...by }) =>
    setReasons(world, { outcome: 'lost', items: body.items, version }, by),
  'GET /deals': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    const outcome = await deals.list(world, { filters, sort, after, limit }, by);
    return outcome.kind === 'bad-moved' ? refusals['bad-moved']() : answers.listed(outcome, by);
  },
  'POST /deals': async ({ world, body, ...by }) => {
    const outcome = await deals.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind === 'fields-missing') return missing(outcome.fields, '');
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    return answers.created('/deals', outcome.deal, by);
  },
  'GET /deals/board': async ({ world, query, ...by }) => {
    const board = await funnel.board(world, query, by);
    return board ? { status: 200, body: board } : refuse('not-found');
  },
  'GET /deals/funnel': async ({ world, query, ...by }) => {
    const found = await funnel.funnel(world, query, by);
    if (found.kind === 'no-such-pipeline') return refuse('not-found');
    if (found.kind === 'bad-window') return wrong('query.from', found.why);
    return { status: 200, body: found.told };
  },
  'GET /deals/{id}': answers.one,
  'PATCH /deals/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await deals.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'fields-missing') return missing(outcome.fields, '');
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.deal, by) };
  },
  'DELETE /deals/{id}': async ({ world, params, ifMatch: version, ...by }) =>
    answers.binned(await deals.bin(world, { ...params, version, deleted: true }, by), by),
  'POST /deals/{id}/restore': async ({ world, params, ifMatch: version, ...by }) =>
    answers.back(await deals.bin(world, { ...params, version, deleted: false }, by), by),
  'POST /deals/{id}/move': async ({ world, params, body, ifMatch, ...by }) => {
    const version = ifMatch ?? versionIn(body.ifMatch);
    const outcome = await deals.move(world, { id: params.id, move: body, version }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'fields-missing') return missing(outcome.fields, 'set.');
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.deal, by) };
  },
  'GET /deals/{id}/moves': async ({ world, params, ...by }) => {
    const rows = await deals.movesOf(world, params.id, by);
    if (!rows) return refuse('not-found');
    const items = rows.map(row => ({
      id: row.id,
      at: row.at,
      from: named(row.from_stage, row.from_name),
      to: { id: row.to_stage, name: row.to_name },
      by: named(row.by_id, row.by_name),
      days: row.since ? Math.round((Date.parse(row.at) - Date.parse(row.since)) / (day / 10)) / 10 : null,
    }));
    return { status: 200, body: { items, next: null } };
  },
  'GET /deals/{id}/history': answers.history,
});
