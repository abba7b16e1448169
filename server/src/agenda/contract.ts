// The day over HTTP: what waits for whoever asks, in the order to do it.
import { z } from 'zod';
import * as f from '../fields.ts';
import { TaskView } from '../tasks/contract.ts';

const section = <V extends z.ZodType>(item: V) => z.object({ items: z.array(item), more: z.boolean() });

const FollowUp = z
  .object({
    type: z.enum(['customer', 'lead']),
    id: z.uuid(),
    name: z.string(),
    company: z.string().nullable(),
    phone: z.string().nullable(),
    nextFollowUpAt: z.iso.datetime().nullable(),
    lastActivityAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'FollowUp' });

const WaitingDeal = z
  .object({
    id: z.uuid(),
    title: z.string(),
    customer: f.Person,
    amount: z.int().nullable(),
    currency: z.string(),
    stage: z.object({ id: z.uuid(), name: z.string(), ageingDays: z.int().nullable() }),
    stageSince: z.iso.datetime(),
    expectedOn: z.string().nullable(),
    nextStep: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'WaitingDeal' });

const Payment = z
  .object({
    id: z.uuid(),
    order: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
    customer: f.Person,
    dueOn: z.string(),
    open: z.int(),
    currency: z.string(),
  })
  .meta({ id: 'PaymentToday' });

const Today = z
  .object({
    until: z.iso.datetime().describe('The end of the day that was asked for'),
    followUps: section(FollowUp).describe('Customers and leads of one’s own, overdue and due by then'),
    tasks: section(TaskView).describe('One’s own open tasks, overdue and due by then'),
    deals: section(WaitingDeal).describe('Past the expected day, or standing still'),
    payments: section(Payment).describe('Due by then, of one’s own orders'),
    pause: z
      .object({ at: z.iso.datetime(), untilOn: z.string().nullable(), reason: z.string() })
      .nullable()
      .describe('Somebody has let one’s reminders stand still'),
  })
  .meta({ id: 'Today' });

const Settings = z
  .strictObject({
    zone: f.zone.nullish().describe('Time zone (IANA) of the hours; null: the company’s'),
    quietFrom: z.int().min(0).max(1439).describe('Minutes since midnight'),
    quietTo: z.int().min(0).max(1439).describe('The same as `quietFrom`: no quiet hours'),
  })
  .meta({ id: 'ReminderSettings' });

export const agendaContract = {
  'GET /today': {
    summary: 'What waits for whoever is signed in: own follow-ups, tasks, deals and payments due',
    access: 'person',
    query: z.strictObject({
      day: f.day.optional().describe('The caller’s day; left out: the server’s'),
      until: f.time.optional().describe('Where that day ends; left out: midnight of the server'),
    }),
    replies: { 200: Today },
  },
  'GET /today/settings': {
    summary: 'In which hours one wants no reminders; what one is reminded of is chosen with the notices',
    access: 'person',
    replies: { 200: Settings },
  },
  'PUT /today/settings': {
    summary: 'Chooses the hours without reminders',
    access: 'person',
    body: Settings,
    replies: { 200: Settings },
  },
  'DELETE /today/pause': {
    summary: 'One is back: the pause of one’s reminders ends, and what came due meanwhile is due today',
    access: 'person',
    replies: { 204: null },
  },
  'GET /calendar': {
    summary: 'Whether one has a calendar address, and when it was read',
    access: 'person',
    replies: {
      200: z.object({
        feed: z.object({ createdAt: z.iso.datetime(), readAt: z.iso.datetime().nullable() }).nullable(),
      }),
    },
  },
  'POST /calendar': {
    summary: 'Makes a private calendar address, shown this once; the one before ends',
    access: 'person',
    unkept: true,
    replies: { 201: z.object({ address: z.url() }) },
  },
  'DELETE /calendar': {
    summary: 'Ends one’s calendar address',
    access: 'person',
    replies: { 204: null },
  },
  'GET /calendar/{token}': {
    summary:
      'Own tasks and follow-ups as iCalendar (RFC 5545), by the private address alone; honours If-None-Match',
    access: 'public',
    params: z.object({ token: z.string().max(200) }),
    replies: { 200: 'text/calendar', 304: null },
  },
} as const;
