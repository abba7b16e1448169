// The addresses of duplicates and merges.
import * as customers from '../customers/customers.ts';
import { customerView } from '../customers/routes.ts';
import { bind, etag, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import { type By, shown } from '../records/records.ts';
import { wrong } from '../records/routes.ts';
import { duplicatesContract } from './contract.ts';
import * as duplicates from './duplicates.ts';

const seen = (row: customers.Customer, by: By) => shown(customers.customers, customerView(row), by);

const mergeView = (merge: duplicates.Merge) => ({
  id: merge.id,
  object: merge.object,
  survivor: { id: merge.survivor_id, name: merge.survivor_name },
  other: { id: merge.other_id, name: merge.other_name },
  by: { id: merge.by_id, name: merge.by_name ?? '' },
  at: merge.at,
  until: merge.until,
  moved: merge.moved ?? {},
});

const memberView = (member: duplicates.Member) => ({
  id: member.id,
  name: member.name,
  detail: member.detail,
  phone: member.phone,
  email: member.email,
  owner: member.owner_id ? { id: member.owner_id, name: member.owner_name ?? '' } : null,
  createdAt: member.created_at,
});

const states: Record<'in-bin' | 'too-late' | 'undone-before', Record<Language, string>> = {
  'in-bin': {
    en: 'the customer that stayed lies in the bin or was merged on',
    'zh-CN': '保留的客户在回收站中或已被再次合并',
  },
  'too-late': { en: 'the 30 days are over', 'zh-CN': '已超过 30 天' },
  'undone-before': { en: 'undone already', 'zh-CN': '已撤销' },
};

const isId = (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

export const duplicatesRoutes = bind(duplicatesContract)({
  'GET /customers/{id}/merge': async ({ world, params, query, ...by }) => {
    const found = await duplicates.preview(world, { id: params.id, otherId: query.other }, by);
    if (!found) return refuse('not-found');
    const { survivor, other, choices, moves } = found;
    const body = { survivor: seen(survivor, by), other: seen(other, by), choices, moves };
    return { status: 200, body, headers: { etag: etag(survivor.version) } };
  },
  'POST /customers/{id}/merge': async ({ world, params, body, ifMatch, ...by }) => {
    const { otherId, otherVersion = null, choices = {} } = body;
    const input = { id: params.id, otherId, version: ifMatch, otherVersion, choices };
    const outcome = await duplicates.merge(world, input, by);
    if (outcome.kind === 'same') return wrong('otherId', 'is the same customer');
    if (outcome.kind === 'changed-meanwhile')
      return refuse('changed-meanwhile', { members: { current: seen(outcome.current, by), yours: body } });
    if (outcome.kind !== 'merged') return refuse(outcome.kind);
    const { merge, customer } = outcome;
    return {
      status: 200,
      body: { merge: mergeView(merge), customer: seen(customer, by) },
      headers: { etag: etag(customer.version) },
    };
  },
  'GET /merges': async ({ world, query, ...by }) => {
    const { survivor: survivorId, after, limit } = query;
    if (after && !isId(after)) return wrong('query.after', 'is no cursor of this list');
    const { items, next } = await duplicates.open(world, { survivorId, after, limit }, by);
    return { status: 200, body: { items: items.map(mergeView), next } };
  },
  'POST /merges/{id}/undo': async ({ world, params, ...by }) => {
    const outcome = await duplicates.undo(world, params.id, by);
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind !== 'undone')
      return refuse('wrong-state', { words: { state: states[outcome.kind][by.visitor.language] } });
    return { status: 200, body: { survivor: seen(outcome.survivor, by), other: seen(outcome.other, by) } };
  },
  'GET /duplicates': async ({ world, query, ...by }) => {
    const { object = 'customer', after, limit } = query;
    if (after && !isId(after)) return wrong('query.after', 'is no cursor of this list');
    const { items, next } = await duplicates.list(world, { object, after, limit }, by);
    const body = {
      items: items.map(group => ({
        ...group,
        members: group.members.map(member => shown({ object }, memberView(member), by)),
      })),
      next,
    };
    return { status: 200, body };
  },
  'POST /duplicates/apart': async ({ world, body, ...by }) => {
    const outcome = await duplicates.keepApart(world, body, by);
    return outcome.kind === 'done' ? { status: 204 } : refuse('not-found');
  },
});
