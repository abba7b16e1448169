// The addresses of contacts.
import { bind, refuse, type Visitor } from '../http.ts';
import { answersOf, mergedAway, wrong, wrongCustom } from '../records/routes.ts';
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
    custom: row.custom,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const answers = answersOf(contacts.contacts, contactView);

const refusals = {
  'not-found': () => refuse('not-found'),
  'no-such-customer': () => wrong('customerId', 'is no customer within your reach'),
};

const inBin = {
  en: 'its customer is in the bin; restore the customer first',
  'zh-CN': '所属客户在回收站中，请先恢复客户',
};
const stuck = (kind: 'merged' | 'customer-in-bin', by: { visitor: Visitor }) =>
  kind === 'merged'
    ? mergedAway(by)
    : refuse('wrong-state', { words: { state: inBin[by.visitor.language] } });

export const contactsRoutes = bind(contactsContract)({
  'GET /contacts': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await contacts.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /contacts': async ({ world, body, ...by }) => {
    const outcome = await contacts.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    return answers.created('/contacts', outcome.contact, by);
  },
  'GET /contacts/{id}': answers.oneOrMerged,
  'PATCH /contacts/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await contacts.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.contact, by) };
  },
  'DELETE /contacts/{id}': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await contacts.bin(world, { ...params, version, deleted: true }, by);
    if (outcome.kind === 'merged' || outcome.kind === 'customer-in-bin') return stuck(outcome.kind, by);
    return answers.binned(outcome, by);
  },
  'POST /contacts/{id}/restore': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await contacts.bin(world, { ...params, version, deleted: false }, by);
    if (outcome.kind === 'merged' || outcome.kind === 'customer-in-bin') return stuck(outcome.kind, by);
    return answers.back(outcome, by);
  },
  'GET /contacts/{id}/history': answers.history,
});
