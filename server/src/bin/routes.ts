// The addresses of the bin.
import { bind, etag, refuse } from '../http.ts';
import type { By } from '../records/records.ts';
import { wrong } from '../records/routes.ts';
import type { World } from '../world.ts';
import * as bin from './bin.ts';
import { binContract } from './contract.ts';
import * as versions from './versions.ts';

const person = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

type Asked = By & { world: World; params: { id: string; entry: string }; ifMatch: number | null };

const putBack =
  (object: versions.Versioned) =>
  async ({ world, params, ifMatch: version, ...by }: Asked) => {
    const input = { object, id: params.id, entryId: params.entry, version };
    const outcome = await versions.putBack(world, input, by);
    switch (outcome.kind) {
      case 'done':
        return { status: 200 as const, body: { fields: outcome.fields, left: outcome.left } };
      case 'nothing':
        return wrong('params.entry', 'holds nothing that can be put back');
      case 'not-possible':
        return wrong('params.entry', 'holds values that the record can no longer take');
      default:
        return refuse(outcome.kind);
    }
  };

export const binRoutes = bind(binContract)({
  'POST /customers/{id}/history/{entry}/restore': putBack('customer'),
  'POST /contacts/{id}/history/{entry}/restore': putBack('contact'),
  'POST /deals/{id}/history/{entry}/restore': putBack('deal'),
  'POST /leads/{id}/history/{entry}/restore': putBack('lead'),
  'POST /orders/{id}/history/{entry}/restore': putBack('order'),
  'POST /products/{id}/history/{entry}/restore': putBack('product'),
  'POST /tasks/{id}/history/{entry}/restore': putBack('task'),
  'GET /bin': async ({ world, query, me }) => {
    const outcome = await bin.list(world, query, me);
    if (outcome.kind === 'bad-cursor') return wrong('query.after', 'is no cursor of this list');
    const items = outcome.items.map(item => ({
      object: item.object,
      id: item.id,
      name: item.name,
      customer: person(item.customer_id, item.customer_name),
      owner: person(item.owner_id, item.owner_name),
      deletedAt: item.deleted_at,
      deletedBy: person(item.deleted_by, item.deleted_by_name),
      until: item.until,
      restorable: item.restorable,
    }));
    return { status: 200, body: { items, next: outcome.next } };
  },
  'GET /bin/settings': async ({ world }) => {
    const settings = await bin.settings(world);
    return { status: 200, body: settings, headers: { etag: etag(settings.version) } };
  },
  'PUT /bin/settings': async ({ world, body, ifMatch: version, me, visitor }) => {
    const { kind, settings } = await bin.keep(world, { ...body, version }, { me, visitor });
    const headers = { etag: etag(settings.version) };
    return kind === 'kept'
      ? { status: 200, body: settings, headers }
      : refuse('changed-meanwhile', { members: { current: settings, yours: body } }, { headers });
  },
});
