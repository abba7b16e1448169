// The addresses of the day.
import * as customers from '../customers/customers.ts';
import * as deals from '../deals/deals.ts';
import { bind } from '../http.ts';
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
  'GET /today': async ({ world, query, ...by }) => {
    const found = await agenda.today(world, query, by);
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
      },
    };
  },
});
