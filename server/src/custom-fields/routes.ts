// The addresses of the fields that a workspace adds.
import { bind, etag, refuse } from '../http.ts';
import { customFieldsContract, Extended } from './contract.ts';
import * as fields from './custom-fields.ts';

const view = (field: fields.Field) => ({ ...field, object: Extended.parse(field.object) });
const tagged = (field: fields.Field) => ({ body: view(field), headers: { etag: etag(field.version) } });

const wrong = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

const refusals = {
  'key-taken': () => wrong('key', 'is taken by another field of this object'),
  'too-many': () => wrong('object', 'has sixty fields, which is all it takes'),
  'choices-missing': () => wrong('choices', 'are needed: at least one'),
  'target-missing': () => wrong('target', 'is needed: which kind of record it links to'),
  'file-required': () =>
    wrong('required', 'cannot be asked of a file, which is attached once the record is there'),
};

export const customFieldsRoutes = bind(customFieldsContract)({
  'GET /custom-fields': async ({ world, query }) => {
    const found = (await fields.all(world)).filter(
      field =>
        (!query.object || field.object === query.object) && (query.archived === 'true' || !field.archivedAt),
    );
    return { status: 200, body: { items: found.map(view), next: null } };
  },
  'POST /custom-fields': async ({ world, body, ...by }) => {
    const outcome = await fields.add(world, body, by);
    return outcome.kind === 'added' ? { status: 201, ...tagged(outcome.field) } : refusals[outcome.kind]();
  },
  'GET /custom-fields/names': async ({ world, query, me }) => ({
    status: 200,
    body: { items: await fields.namesOf(world, query.refs, me), next: null },
  }),
  'PATCH /custom-fields/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await fields.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed') return { status: 200, ...tagged(outcome.field) };
    if (outcome.kind === 'not-found') return refuse('not-found');
    const current = view(outcome.current);
    return refuse('changed-meanwhile', { members: { current, yours: body } });
  },
});
