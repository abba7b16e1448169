// The addresses of leads.
import type { WrongCustom } from '../custom-fields/custom-fields.ts';
import { bind, refuse, type Visitor } from '../http.ts';
import { answersOf, mergedAway, wrong, wrongCustom } from '../records/routes.ts';
import { leadsContract, UnqualifiedReason } from './contract.ts';
import * as leads from './leads.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** A lead as it travels. */
export function leadView(row: leads.Lead) {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    title: row.title,
    phone: row.phone,
    email: row.email,
    wechat: row.wechat,
    source: row.source,
    city: row.city,
    address: row.address,
    remark: row.remark,
    tags: row.tags,
    status: row.status,
    unqualifiedReason: UnqualifiedReason.nullable().catch('other').parse(row.unqualified_reason),
    unqualifiedRemark: row.unqualified_remark,
    score: row.score,
    custom: row.custom,
    owner: named(row.owner_id, row.owner_name),
    nextFollowUpAt: row.next_follow_up_at,
    lastActivityAt: row.last_activity_at,
    converted:
      row.converted_at === null
        ? null
        : {
            at: row.converted_at,
            by: named(row.converted_by, row.converter_name),
            customer: named(row.customer_id, row.customer_name),
            contactId: row.contact_id,
            deal: named(row.deal_id, row.deal_title),
          },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const answers = answersOf(leads.leads, leadView);

const isConverted = {
  en: 'the lead has become a customer; go on there',
  'zh-CN': '该线索已转为客户，请在客户中继续跟进',
};
const converted = (visitor: Visitor) =>
  refuse('wrong-state', { words: { state: isConverted[visitor.language] } });

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-owner': () => wrong('ownerId', 'is nobody who may own a lead'),
  'reason-missing': () => wrong('unqualifiedReason', 'is needed with the status unqualified'),
  'reason-surplus': () => wrong('unqualifiedReason', 'goes with the status unqualified only'),
};

type Refused = { kind: keyof typeof refusals } | WrongCustom;

const refusal = (outcome: Refused) =>
  outcome.kind === 'wrong-custom' ? wrongCustom(outcome) : refusals[outcome.kind]();

export const leadsRoutes = bind(leadsContract)({
  'GET /leads': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await leads.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /leads': async ({ world, body, ...by }) => {
    const outcome = await leads.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind !== 'added') return refusal(outcome);
    return answers.created('/leads', outcome.lead, by);
  },
  'GET /leads/duplicates': async ({ world, query, ...by }) => {
    if (!query.company && !query.phone && !query.email)
      return wrong('query', 'give a company, a phone or an email');
    const outcome = await leads.taken(world, query, by);
    if (outcome.kind === 'too-many') return refuse('slow-down', { words: { seconds: 600 }, retryAfter: 600 });
    const owner = outcome.ownerName === null ? null : { name: outcome.ownerName };
    return { status: 200, body: { taken: outcome.taken, owner } };
  },
  'POST /leads/bulk': async ({ world, body, ...by }) => {
    const outcome = await leads.changeMany(world, body, by);
    if (outcome.kind !== 'changed') return refusal(outcome);
    return { status: 200, body: { changed: outcome.changed, missing: outcome.missing } };
  },
  'GET /leads/{id}': answers.oneOrMerged,
  'PATCH /leads/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await leads.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'converted') return converted(by.visitor);
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.lead, by) };
  },
  'DELETE /leads/{id}': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await leads.bin(world, { ...params, version, deleted: true }, by);
    return outcome.kind === 'merged' ? refuse('not-found') : answers.binned(outcome, by);
  },
  'POST /leads/{id}/restore': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await leads.bin(world, { ...params, version, deleted: false }, by);
    return outcome.kind === 'merged' ? mergedAway(by) : answers.back(outcome, by);
  },
  'GET /leads/{id}/history': answers.history,
});
