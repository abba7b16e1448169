// The addresses of batches.
import { bind, type Refusal, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import * as batches from './batches.ts';
import { BatchObject, batchesContract } from './contract.ts';

const notNow: Record<Language, string> = {
  en: 'it is under way, was taken back already, changed nothing, or is older than 30 days',
  'zh-CN': '仍在进行、已撤销、没有改动，或已超过 30 天',
};

async function viewsOf(world: World, rows: batches.Batch[]) {
  const names = new Map((await staff.names(world)).map(one => [one.id, one.name]));
  const skipped = rows.filter(row => row.skipped > 0).map(row => row.id);
  const reasons = await batches.reasons(world, skipped);
  return rows.map(row => ({
    id: row.id,
    object: BatchObject.parse(row.object),
    action: row.action,
    fields: batches.fieldsOf(row),
    state: row.state,
    total: row.total,
    done: row.done,
    changed: row.changed,
    skipped: row.skipped,
    reasons: reasons.get(row.id) ?? {},
    restored: row.restored,
    kept: row.kept,
    by: { id: row.by_id, name: names.get(row.by_id) ?? '' },
    at: row.at,
    settledAt: row.settled_at,
    undoableUntil: batches.undoableUntil(world, row),
  }));
}

async function answered(world: World, row: batches.Batch) {
  const [body] = await viewsOf(world, [row]);
  if (!body) throw new Error('a batch has no view');
  const settled = row.state === 'done' || row.state === 'undone';
  return { body, settled };
}

type Refused = { kind: 'invalid'; faults: { path: string; message: string }[] } | { kind: 'not-allowed' };

const refused = (outcome: Refused): Refusal =>
  outcome.kind === 'invalid'
    ? refuse('invalid', { members: { faults: outcome.faults } })
    : refuse(outcome.kind);

export const batchesRoutes = bind(batchesContract)({
  'POST /batches': async ({ world, body, me, visitor }) => {
    const outcome = await batches.begin(world, body, { me, visitor });
    if (outcome.kind !== 'begun') return refused(outcome);
    const answer = await answered(world, outcome.batch);
    return { status: answer.settled ? 201 : 202, body: answer.body };
  },
  'POST /batches/count': async ({ world, body, me, visitor }) => {
    const outcome = await batches.count(world, body, { me, visitor });
    if (outcome.kind !== 'counted') return refused(outcome);
    return { status: 200, body: { count: outcome.count, more: outcome.more } };
  },
  'GET /batches': async ({ world, query, me }) => {
    const rows = await batches.list(world, me, { limit: query.limit + 1, after: query.after });
    const page = rows.slice(0, query.limit);
    const next = rows.length > query.limit ? (page.at(-1)?.id ?? null) : null;
    return { status: 200, body: { items: await viewsOf(world, page), next } };
  },
  'GET /batches/{id}': async ({ world, params, me }) => {
    const row = await batches.find(world, params.id, me);
    return row ? { status: 200, body: (await answered(world, row)).body } : refuse('not-found');
  },
  'POST /batches/{id}/undo': async ({ world, params, me, visitor }) => {
    const outcome = await batches.undo(world, params.id, { me, visitor });
    if (outcome.kind === 'wrong-state')
      return refuse('wrong-state', { words: { state: notNow[visitor.language] } });
    if (outcome.kind !== 'begun') return refuse(outcome.kind);
    const answer = await answered(world, outcome.batch);
    return { status: answer.settled ? 200 : 202, body: answer.body };
  },
});
