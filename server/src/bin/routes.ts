// The addresses of the bin.
import { bind, etag, refuse } from '../http.ts';
import { wrong } from '../records/routes.ts';
import * as bin from './bin.ts';
import { binContract } from './contract.ts';

const person = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

export const binRoutes = bind(binContract)({
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
