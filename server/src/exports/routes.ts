// The addresses of exports.
import { bind, type Me, refuse, type Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import { exportsContract, type Format, type Wanted } from './contract.ts';
import * as exports from './exports.ts';

export const exportsRoutes = bind(exportsContract)({
  'GET /exports/customer.csv': async ({ world, query, me, visitor }) =>
    atOnce(world, 'customer', query, { me, visitor }),
  'GET /exports/contact.csv': async ({ world, query, me, visitor }) =>
    atOnce(world, 'contact', query, { me, visitor }),
  'POST /exports': async ({ world, body, me, visitor }) => {
    const input = { ...body, language: body.language ?? visitor.language };
    const outcome = await exports.ask(world, input, { me, visitor });
    if (outcome.kind === 'not-allowed') return refuse('not-allowed');
    if (outcome.kind === 'invalid') return refuse('invalid', { members: { faults: outcome.faults } });
    const view = viewOf(outcome.row);
    return { status: 201, body: view, headers: { location: `/api/v1/exports/${view.id}` } };
  },
  'GET /exports': async ({ world, me, query }) => {
    const rows = await exports.list(world, me, { limit: query.limit + 1, after: query.after });
    const items = rows.slice(0, query.limit).map(viewOf);
    const next = rows.length > query.limit ? (items.at(-1)?.id ?? null) : null;
    return { status: 200, body: { items, next } };
  },
  'GET /exports/{id}': async ({ world, me, params }) => {
    const row = await exports.find(world, params.id, me);
    return row ? { status: 200, body: viewOf(row) } : refuse('not-found');
  },
  'GET /exports/{id}/file': async ({ world, me, params, visitor }) => {
    const row = await exports.find(world, params.id, me);
    if (!row) return refuse('not-found');
    const file = await exports.open(world, row, { me, visitor });
    return file ? { status: 200, ...file } : refuse('not-allowed');
  },
});

/** A CSV file under an address of its own. */
async function atOnce(
  world: World,
  object: 'customer' | 'contact',
  query: Record<string, unknown> & { language?: Language | undefined },
  hand: { me: Me; visitor: Visitor },
) {
  const { language = hand.visitor.language, ...rest } = query;
  const filters = Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, asText(value)]])),
  );
  const outcome = await exports.ask(world, { object, format: 'csv', filters, files: false, language }, hand);
  if (outcome.kind === 'not-allowed') return refuse('not-allowed');
  if (outcome.kind === 'invalid') return refuse('invalid', { members: { faults: outcome.faults } });
  const file = await exports.open(world, outcome.row, hand);
  return file ? { status: 200 as const, ...file } : refuse('not-allowed');
}

/** A filter as it stands in an address. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function viewOf(row: exports.Export) {
  return {
    id: row.id,
    object: row.object as Wanted,
    format: row.format as Format,
    filters: row.filters as Record<string, string>,
    files: row.with_files,
    state: row.state,
    done: Number(row.done),
    href: `/api/v1/exports/${row.id}/file`,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
