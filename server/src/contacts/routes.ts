// The addresses of contacts.
import { bind, etag, refuse, type Visitor } from '../http.ts';
import * as contacts from './contacts.ts';
import { contactsContract } from './contract.ts';

/** A contact as it travels. */
export function contactView(row: contacts.Contact) {
  return {
    id: row.id,
    name: row.name,
    customer: row.customer_id ? { id: row.customer_id, name: row.customer_name ?? '' } : null,
    title: row.title,
    phone: row.phone,
    email: row.email,
    wechat: row.wechat,
    isPrimary: row.is_primary,
    remark: row.remark,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const tagged = (row: contacts.Contact) => ({ body: contactView(row), headers: { etag: etag(row.version) } });

const wrong = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

const refusals = {
  'not-found': () => refuse('not-found'),
  'no-such-customer': () => wrong('customerId', 'is no customer within your reach'),
  'bad-cursor': () => wrong('query.after', 'is no cursor of this list'),
  'bad-sort': () =>
    wrong('query.sort', 'goes with the other side of the bin: deletedAt with deleted=true only'),
};

const inBin = {
  en: 'its customer is in the bin; restore the customer first',
  'zh-CN': '所属客户在回收站中,请先恢复客户',
};
const customerInBin = (visitor: Visitor) =>
  refuse('wrong-state', { words: { state: inBin[visitor.language] } });

const conflict = (current: contacts.Contact, yours: unknown) =>
  refuse(
    'changed-meanwhile',
    { members: { current: contactView(current), yours } },
    { headers: { etag: etag(current.version) } },
  );

export const contactsRoutes = bind(contactsContract)({
  'GET /contacts': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    const outcome = await contacts.list(world, { filters, sort, after, limit }, by);
    if (outcome.kind !== 'page') return refusals[outcome.kind]();
    return { status: 200, body: { items: outcome.items.map(contactView), next: outcome.next } };
  },
  'POST /contacts': async ({ world, body, ...by }) => {
    const outcome = await contacts.add(world, body, by);
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    const { body: view, headers } = tagged(outcome.contact);
    return { status: 201, body: view, headers: { ...headers, location: `/api/v1/contacts/${view.id}` } };
  },
  'GET /contacts/{id}': async ({ world, params, ...by }) => {
    const row = await contacts.byId(world, params.id, by);
    return row ? { status: 200, ...tagged(row) } : refuse('not-found');
  },
  'PATCH /contacts/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await contacts.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, body);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...tagged(outcome.contact) };
  },
  'DELETE /contacts/{id}': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await contacts.remove(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
  'POST /contacts/{id}/restore': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await contacts.restore(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return conflict(outcome.current, null);
    if (outcome.kind === 'customer-in-bin') return customerInBin(by.visitor);
    return outcome.kind === 'done' ? { status: 200, ...tagged(outcome.contact) } : refuse('not-found');
  },
  'GET /contacts/{id}/history': async ({ world, params, query, ...by }) => {
    const page = await contacts.history(world, { id: params.id, ...query }, by);
    return page ? { status: 200, body: page } : refuse('not-found');
  },
});
