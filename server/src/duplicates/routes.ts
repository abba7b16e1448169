// The addresses of duplicates and merges.
import { contactView } from '../contacts/routes.ts';
import { customerView } from '../customers/routes.ts';
import { bind, etag, refuse, type Visitor } from '../http.ts';
import { leadView } from '../leads/routes.ts';
import type { Language } from '../problems.ts';
import type { Choices, Mergeable, MergeRow } from '../records/merging.ts';
import { type By, shown } from '../records/records.ts';
import { wrong } from '../records/routes.ts';
import type { World } from '../world.ts';
import { duplicatesContract } from './contract.ts';
import * as duplicates from './duplicates.ts';

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
  mergeable: member.mergeable,
});

const states: Record<'too-late' | 'undone-before' | duplicates.Why, Record<Language, string>> = {
  'in-bin': {
    en: 'the record that stayed lies in the bin, as its customer does, or was merged on',
    'zh-CN': '保留的记录或其所属客户在回收站中，或已被再次合并',
  },
  converted: {
    en: 'one of the leads has become a customer; go on there',
    'zh-CN': '其中一条线索已转为客户，请在该客户中继续跟进',
  },
  'too-late': { en: 'the 30 days are over', 'zh-CN': '已超过 30 天' },
  'undone-before': { en: 'undone already', 'zh-CN': '已撤销' },
};

const inState = (kind: keyof typeof states, by: { visitor: Visitor }) =>
  refuse('wrong-state', { words: { state: states[kind][by.visitor.language] } });

type Call = By & { world: World; visitor: Visitor; params: { id: string } };
type MergeBody = { otherId: string; otherVersion?: number | undefined; choices?: Choices | undefined };

/** The answers about merging one kind of record. */
function answersFor<Row extends MergeRow, View extends object>(
  of: Mergeable<Row, duplicates.Why>,
  view: (row: Row) => View,
) {
  const seen = (row: Row, by: By) => shown(of.kind, view(row), by);
  return {
    preview: async ({ world, params, query, ...by }: Call & { query: { other: string } }) => {
      const found = await duplicates.preview(world, of, { id: params.id, otherId: query.other }, by);
      if (!found) return refuse('not-found');
      if ('kind' in found) return inState(found.kind, by);
      const { survivor, other, choices, moves } = found;
      const body = { survivor: seen(survivor, by), other: seen(other, by), choices, moves };
      return { status: 200 as const, body, headers: { etag: etag(survivor.version) } };
    },
    merge: async ({
      world,
      params,
      body,
      ifMatch,
      ...by
    }: Call & { body: MergeBody; ifMatch: number | null }) => {
      const { otherId, otherVersion = null, choices = {} } = body;
      const input = { id: params.id, otherId, version: ifMatch, otherVersion, choices };
      const outcome = await duplicates.merge(world, of, input, by);
      if (outcome.kind === 'same') return wrong('otherId', 'is the same record');
      if (outcome.kind === 'changed-meanwhile')
        return refuse('changed-meanwhile', { members: { current: seen(outcome.current, by), yours: body } });
      if (outcome.kind === 'in-bin' || outcome.kind === 'converted') return inState(outcome.kind, by);
      if (outcome.kind !== 'merged') return refuse(outcome.kind);
      return {
        merge: mergeView(outcome.merge),
        record: seen(outcome.record, by),
        headers: { etag: etag(outcome.record.version) },
      };
    },
    pair: (both: { survivor: Row; other: Row }, by: By) => ({
      survivor: seen(both.survivor, by),
      other: seen(both.other, by),
    }),
  };
}

const ofCustomers = answersFor(duplicates.kinds.customer, customerView);
const ofContacts = answersFor(duplicates.kinds.contact, contactView);
const ofLeads = answersFor(duplicates.kinds.lead, leadView);

const isId = (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

export const duplicatesRoutes = bind(duplicatesContract)({
  'GET /customers/{id}/merge': ofCustomers.preview,
  'GET /contacts/{id}/merge': ofContacts.preview,
  'GET /leads/{id}/merge': ofLeads.preview,
  'POST /customers/{id}/merge': async call => {
    const done = await ofCustomers.merge(call);
    if ('problem' in done) return done;
    const { merge, record: customer, headers } = done;
    return { status: 200, body: { merge, customer }, headers };
  },
  'POST /contacts/{id}/merge': async call => {
    const done = await ofContacts.merge(call);
    if ('problem' in done) return done;
    const { merge, record: contact, headers } = done;
    return { status: 200, body: { merge, contact }, headers };
  },
  'POST /leads/{id}/merge': async call => {
    const done = await ofLeads.merge(call);
    if ('problem' in done) return done;
    const { merge, record: lead, headers } = done;
    return { status: 200, body: { merge, lead }, headers };
  },
  'GET /merges': async ({ world, query, ...by }) => {
    const { object = 'customer', survivor: survivorId, after, limit } = query;
    if (after && !isId(after)) return wrong('query.after', 'is no cursor of this list');
    const { items, next } = await duplicates.open(world, { object, survivorId, after, limit }, by);
    return { status: 200, body: { items: items.map(mergeView), next } };
  },
  'POST /merges/{id}/undo': async ({ world, params, ...by }) => {
    const outcome = await duplicates.undo(world, params.id, by);
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind !== 'undone') return inState(outcome.kind, by);
    const { object } = outcome;
    switch (object) {
      case 'customer':
        return { status: 200, body: { object, ...ofCustomers.pair(outcome, by) } };
      case 'contact':
        return { status: 200, body: { object, ...ofContacts.pair(outcome, by) } };
      case 'lead':
        return { status: 200, body: { object, ...ofLeads.pair(outcome, by) } };
    }
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
