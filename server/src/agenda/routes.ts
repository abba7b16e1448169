// The addresses of the day.
import { createHash } from 'node:crypto';
import * as customers from '../customers/customers.ts';
import * as deals from '../deals/deals.ts';
import { bind, refuse } from '../http.ts';
import * as leads from '../leads/leads.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { answers as taskAnswers } from '../tasks/routes.ts';
import * as agenda from './agenda.ts';
import { agendaContract } from './contract.ts';

type Today = agenda.Today;

function customerView(row: Today['customers']['items'][number], by: By) {
  const { id, name, phone, version } = row;
  const view = {
    type: 'customer' as const,
    id,
    name,
    company: null,
    phone,
    nextFollowUpAt: row.next_follow_up_at,
    lastActivityAt: row.last_activity_at,
    version,
  };
  return { ...records.shown(customers.customers, view, by), id, name };
}

function leadView(row: Today['leads']['items'][number], by: By) {
  const { id, name, company, phone, version } = row;
  const view = {
    type: 'lead' as const,
    id,
    name,
    company,
    phone,
    nextFollowUpAt: row.next_follow_up_at,
    lastActivityAt: row.last_activity_at,
    version,
  };
  return { ...records.shown(leads.leads, view, by), id, name };
}

function dealView(row: Today['deals']['items'][number], by: By) {
  const { id, title, currency, version } = row;
  const view = {
    id,
    title,
    customer: { id: row.customer_id, name: row.customer_name },
    amount: row.amount as number | null,
    currency,
    stage: { id: row.stage_id, name: row.stage_name, ageingDays: row.ageing_days },
    stageSince: row.stage_since,
    expectedOn: row.expected_on,
    nextStep: row.next_step,
    version,
  };
  const seen = records.shown(deals.deals, view, by);
  const { customer, stage, stageSince } = view;
  return { ...seen, id, title, currency, customer, stage, stageSince };
}

const paymentView = (row: Today['payments']['items'][number]) => ({
  id: row.id,
  order: { id: row.order_id, number: row.number, title: row.title },
  customer: { id: row.customer_id, name: row.customer_name },
  dueOn: row.due_on,
  open: row.open,
  currency: row.currency,
});

export const agendaRoutes = bind(agendaContract)({
  'GET /today/settings': async ({ world, me }) => ({
    status: 200,
    body: await agenda.settingsOf(world, me.id),
  }),
  'PUT /today/settings': async ({ world, me, body }) => {
    await agenda.choose(world, me.id, body);
    return { status: 200, body: await agenda.settingsOf(world, me.id) };
  },
  'DELETE /today/pause': async ({ world, me, visitor }) =>
    (await agenda.resume(world, me.id, { me, visitor })) ? { status: 204 } : refuse('not-found'),
  'GET /calendar': async ({ world, me }) => {
    const feed = await agenda.feedOf(world, me.id);
    return {
      status: 200,
      body: { feed: feed ? { createdAt: feed.created_at, readAt: feed.read_at } : null },
    };
  },
  'POST /calendar': async ({ world, ...by }) => ({
    status: 201,
    body: { address: `${world.config.url}/api/v1/calendar/${await agenda.makeFeed(world, by)}` },
  }),
  'DELETE /calendar': async ({ world, ...by }) =>
    (await agenda.endFeed(world, by)) ? { status: 204 } : refuse('not-found'),
  'GET /calendar/{token}': async ({ world, params, header }) => {
    const found = await agenda.open(world, params.token);
    if (found.kind !== 'calendar')
      return found.kind === 'slow-down'
        ? refuse('slow-down', { words: { seconds: 60 }, retryAfter: 60 })
        : refuse('not-found');
    const tag = `"${createHash('sha256').update(found.text).digest('base64url').slice(0, 22)}"`;
    const headers = { etag: tag, 'cache-control': 'private, no-cache' };
    if (header('if-none-match')?.includes(tag)) return { status: 304, headers };
    return { status: 200, stream: found.text, type: 'text/calendar; charset=utf-8', headers };
  },
  'GET /today': async ({ world, query, ...by }) => {
    const [found, pause] = await Promise.all([
      agenda.today(world, query, by),
      agenda.pauseOf(world, by.me.id),
    ]);
    const followUps = [
      ...found.customers.items.map(row => customerView(row, by)),
      ...found.leads.items.map(row => leadView(row, by)),
    ].sort((a, b) => (a.nextFollowUpAt ?? '').localeCompare(b.nextFollowUpAt ?? ''));
    return {
      status: 200,
      body: {
        until: found.until,
        followUps: { items: followUps, more: found.customers.more || found.leads.more },
        tasks: { ...found.tasks, items: found.tasks.items.map(row => taskAnswers.tagged(row, by).body) },
        deals: { ...found.deals, items: found.deals.items.map(row => dealView(row, by)) },
        payments: { ...found.payments, items: found.payments.items.map(paymentView) },
        pause: pause ? { at: pause.at, untilOn: pause.until_on, reason: pause.reason } : null,
      },
    };
  },
});
