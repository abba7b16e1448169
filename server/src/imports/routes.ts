// The addresses of imports.

import { LIMITS } from '../formats/csv-reading.ts';
import { bind, refuse } from '../http.ts';
import { keptBy } from '../landing/landing.ts';
import { may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import { importsContract } from './contract.ts';
import { faultsFile } from './faults-file.ts';
import * as imports from './imports.ts';
import { draftView, faultView, importView, importViews } from './views.ts';
import { importProblem } from './words.ts';

const fileTypes =
  /^(?:text\/(?:csv|plain|tab-separated-values|x?-?vcard|directory)|application\/(?:octet-stream|csv|jsonl|ndjson|x-ndjson|vnd\.ms-excel|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet))\s*(?:;|$)/i;

const tooLarge = () => refuse('too-large', { words: { limit: LIMITS.fileBytes } });

export const importsRoutes = bind(importsContract)({
  'POST /imports': async ({ world, query, request, once, me, visitor }) => {
    if (may(me, 'import', query.object) === 'none') return refuse('not-allowed');
    if (!fileTypes.test(request.headers.get('content-type') ?? '')) return refuse('not-csv');
    if (Number(request.headers.get('content-length') ?? 0) > LIMITS.fileBytes) return tooLarge();
    const outcome = await imports.upload(world, query, request.body, { me, visitor });
    if (outcome.kind === 'too-large') return tooLarge();
    if (outcome.kind === 'faulty') {
      const fault = importProblem(outcome.problem, visitor.language);
      return refuse('file-unreadable', { words: { why: fault.message }, members: { fault: fault.code } });
    }
    const { draft } = outcome;
    try {
      return await once(async at => {
        const body = await draftView(at, await imports.keep(at, draft), visitor.language);
        return body ? { status: 201, body } : refuse('not-allowed');
      });
    } finally {
      // Repeated, the request was answered with the file that came first.
      await imports.tidy(world, draft);
    }
  },
  'GET /imports': async ({ world, me, query, visitor }) => {
    const rows = await imports.list(world, me, { limit: query.limit + 1, after: query.after });
    const page = rows.slice(0, query.limit);
    const items = await importViews(world, page, visitor.language);
    return {
      status: 200,
      body: { items, next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null },
    };
  },
  'GET /imports/{id}': async ({ world, params, me, visitor }) => {
    const row = await imports.find(world, params.id, me);
    if (!row) return refuse('not-found');
    return { status: 200, body: await importView(world, row, visitor.language) };
  },
  'GET /imports/{id}/preview': async ({ world, params, me, visitor }) => {
    const row = await imports.find(world, params.id, me);
    if (!row) return refuse('not-found');
    if (row.state !== 'uploaded') return wrongState(row.state);
    const body = await draftView(world, row, visitor.language);
    return body ? { status: 200, body } : refuse('not-allowed');
  },
  'PATCH /imports/{id}': async ({ world, params, body, me, visitor }) => {
    const outcome = await imports.change(world, params.id, body, me);
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'wrong-state') return wrongState(outcome.state);
    if (outcome.kind === 'invalid') return refuse('invalid', { members: { faults: outcome.faults } });
    const draft = await draftView(world, outcome.row, visitor.language);
    return draft ? { status: 200, body: draft } : refuse('not-allowed');
  },
  'DELETE /imports/{id}': async ({ world, params, me }) => {
    const outcome = await imports.throwAway(world, params.id, me);
    if (outcome.kind === 'not-found') return refuse('not-found');
    return outcome.kind === 'wrong-state' ? wrongState(outcome.state) : { status: 204 };
  },
  'POST /imports/{id}/start': async ({ world, params, me, visitor }) =>
    begun(world, await imports.start(world, params.id, { me, visitor }), visitor.language),
  'POST /imports/{id}/cancel': async ({ world, params, me, visitor }) =>
    begun(world, await imports.cancel(world, params.id, { me, visitor }), visitor.language),
  'POST /imports/{id}/undo': async ({ world, params, me, visitor }) =>
    begun(world, await imports.undo(world, params.id, { me, visitor }), visitor.language),
  'GET /imports/{id}/faults': async ({ world, params, query, me, visitor }) => {
    if (!(await imports.find(world, params.id, me))) return refuse('not-found');
    const page = { limit: query.limit + 1, after: query.after ?? 0 };
    const rows = await imports.faults(world, params.id, page);
    const items = rows.slice(0, query.limit).map(({ number, faults, cells }) => ({
      row: number,
      faults: faults.map(fault => faultView(fault, visitor.language)),
      cells,
    }));
    return {
      status: 200,
      body: { items, next: rows.length > query.limit ? (items.at(-1)?.row ?? null) : null },
    };
  },
  'GET /imports/{id}/faults.csv': async ({ world, params, me, visitor }) => {
    const row = await imports.find(world, params.id, me);
    if (!row) return refuse('not-found');
    const { stream, headers } = faultsFile(world, row, visitor.language);
    return { status: 200, stream, type: 'text/csv; charset=utf-8', headers };
  },
  'GET /imports/{id}/kept': async ({ world, params, query, me }) => {
    const row = await imports.find(world, params.id, me);
    if (!row) return refuse('not-found');
    if (row.state !== 'undone') return { status: 200, body: { items: [], next: null } };
    const records = await keptBy(world, row, { limit: query.limit + 1, after: query.after });
    const items = records.slice(0, query.limit);
    return {
      status: 200,
      body: { items, next: records.length > query.limit ? (items.at(-1)?.id ?? null) : null },
    };
  },
});

async function begun(world: World, outcome: Awaited<ReturnType<typeof imports.start>>, language: Language) {
  if (outcome.kind === 'not-found') return refuse('not-found');
  if (outcome.kind === 'wrong-state') return wrongState(outcome.state);
  if (outcome.kind === 'invalid') return refuse('invalid', { members: { faults: outcome.faults } });
  return { status: 202 as const, body: await importView(world, outcome.row, language) };
}

function wrongState(state: string) {
  return refuse('wrong-state', { words: { state } });
}
