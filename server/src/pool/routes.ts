// The addresses of the public pool.
import { customers } from '../customers/customers.ts';
import { bind, etag, refuse, type Visitor } from '../http.ts';
import { shown } from '../records/records.ts';
import { listRefusals, wrong } from '../records/routes.ts';
import { poolContract } from './contract.ts';
import * as pool from './pool.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** A customer as anybody may see it before it is his. */
function entryView(row: pool.Entry) {
  return {
    id: row.id,
    name: row.name,
    city: row.city,
    industry: row.industry,
    source: row.source,
    level: row.level,
    stage: row.stage,
    team: named(row.team_id, row.team_name),
    since: row.at,
    reason: row.reason,
    remark: row.remark,
    formerOwner: named(row.from_id, row.from_name),
  };
}

const holderView = (row: pool.Holder) => ({
  owner: { id: row.owner_id, name: row.owner_name ?? '' },
  since: row.since,
  until: row.until,
  why: row.why,
});

const states = {
  gone: {
    en: 'somebody else has taken this customer, or it has left the pool',
    'zh-CN': '该客户已被他人领取或已离开公海',
  },
  'holding-enough': {
    en: 'as many customers are held as the rules of the pool allow',
    'zh-CN': '持有的客户数已达公海规则的上限',
  },
  'claimed-enough': {
    en: 'as many customers have been claimed lately as the rules of the pool allow',
    'zh-CN': '近期领取的客户数已达公海规则的上限',
  },
  'no-pool': {
    en: 'the pool is not switched on for the team of this customer',
    'zh-CN': '该客户所在团队未启用公海',
  },
};

const stateRefusal = (kind: keyof typeof states, visitor: Visitor) =>
  refuse('wrong-state', { words: { state: states[kind][visitor.language] }, members: { state: kind } });

export const poolRoutes = bind(poolContract)({
  'GET /pool': async ({ world, query, ...by }) => {
    const { limit, after, ...filters } = query;
    const outcome = await pool.list(world, { filters, after, limit }, by);
    if (outcome.kind !== 'page') return listRefusals[outcome.kind]();
    const items = outcome.items.map(row => shown(customers, entryView(row), by));
    return { status: 200, body: { items, next: outcome.next } };
  },
  'POST /pool': async ({ world, body, ...by }) => {
    const outcome = await pool.release(world, body, by);
    if (outcome.kind === 'no-pool') return stateRefusal(outcome.kind, by.visitor);
    return outcome.kind === 'done'
      ? { status: 204 }
      : wrong('customerId', 'is no customer within your reach');
  },
  'GET /pool/mine': async ({ world, me }) => ({ status: 200, body: await pool.mine(world, me) }),
  'GET /pool/rules': async ({ world, ...by }) => {
    const all = await pool.allRules(world, by);
    return all ? { status: 200, body: all } : refuse('not-allowed');
  },
  'PUT /pool/rules/{team}': async ({ world, params, body, ifMatch: version, ...by }) => {
    const outcome = await pool.setRule(world, { team: params.team, rule: body, version }, by);
    if (outcome.kind === 'changed-meanwhile')
      return refuse('changed-meanwhile', { members: { current: outcome.current, yours: body } });
    if (outcome.kind !== 'saved') return refuse(outcome.kind);
    return { status: 200, body: outcome.rule, headers: { etag: etag(outcome.rule.version) } };
  },
  'DELETE /pool/rules/{team}': async ({ world, params, ...by }) => {
    const outcome = await pool.dropRule(world, params.team, by);
    return outcome.kind === 'done' ? { status: 204 } : refuse(outcome.kind);
  },
  'POST /pool/preview': async ({ world, body, ...by }) => {
    const outcome = await pool.preview(world, body, by);
    if (outcome.kind !== 'counted') return refuse(outcome.kind);
    return { status: 200, body: { due: outcome.due, soon: outcome.soon } };
  },
  'GET /pool/{id}': async ({ world, params, ...by }) => {
    const found = await pool.find(world, params.id, by);
    if (!found) return refuse('not-found');
    const view = { ...entryView(found.entry), holders: found.holders.map(holderView) };
    return { status: 200, body: shown(customers, view, by) };
  },
  'POST /pool/{id}/claim': async ({ world, params, ...by }) => {
    const outcome = await pool.claim(world, params.id, by);
    if (outcome.kind === 'done') return { status: 204 };
    return outcome.kind === 'not-found' ? refuse('not-found') : stateRefusal(outcome.kind, by.visitor);
  },
  'POST /pool/{id}/assign': async ({ world, params, body, ...by }) => {
    const outcome = await pool.assign(world, { id: params.id, ...body }, by);
    switch (outcome.kind) {
      case 'done':
        return { status: 204 };
      case 'no-such-owner':
        return wrong('ownerId', 'is nobody who may own a customer');
      case 'not-found':
      case 'not-allowed':
        return refuse(outcome.kind);
      default:
        return stateRefusal(outcome.kind, by.visitor);
    }
  },
  'GET /customers/{id}/holders': async ({ world, params, ...by }) => {
    const holders = await pool.holdersOf(world, params.id, by);
    return holders
      ? { status: 200, body: { items: holders.map(holderView), next: null } }
      : refuse('not-found');
  },
});
