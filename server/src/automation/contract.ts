// Automation over HTTP: rules of the kind "when … if … then …", what they would do, and what they did.
import { z } from 'zod';
import * as f from '../fields.ts';

/** The kinds of record that rules work on. */
export const Subject = z.enum(['customer', 'lead', 'deal']);
export const Through = z.enum(['person', 'intake', 'import', 'automation']);

const field = z
  .string()
  .regex(/^[a-zA-Z]{1,40}$|^custom\.[a-z0-9_]{1,40}$/)
  .describe('A field of the record as it travels, `owner` and `stage` by id, or `custom.<key>`');
const days = z.int().min(-365).max(365);

export const Event = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), object: Subject, through: z.array(Through).min(1).max(4) }),
  z.strictObject({
    kind: z.literal('changed'),
    object: Subject,
    fields: z.array(field).max(20).describe('Any of these; none: whatever field'),
  }),
  z.strictObject({
    kind: z.literal('stage'),
    object: z.literal('deal'),
    stages: z.array(z.uuid()).min(1).max(30),
  }),
  z.strictObject({
    kind: z.literal('idle'),
    object: z.enum(['customer', 'lead']),
    days: z.int().min(1).max(365).describe('Without a follow-up'),
  }),
  z.strictObject({
    kind: z.literal('date'),
    object: Subject,
    field,
    days: days.describe('So many days after that date; below zero: before'),
  }),
]);

export const Test = z.strictObject({
  field,
  op: z.enum(['is', 'is-not', 'contains', 'above', 'below', 'filled', 'empty']),
  value: z
    .union([f.line(300), z.number(), z.boolean(), z.array(f.line(300)).max(50)])
    .nullish()
    .describe('With `is`, several mean any of them'),
});
const match = z.enum(['all', 'any']);
const Group = z.strictObject({ match, of: z.array(Test).min(1).max(20) });
export const Conditions = z.strictObject({ match, of: z.array(z.union([Test, Group])).max(20) });

const people = z.array(z.uuid()).max(100);

export const Action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('assign'),
    people: people.describe('One after the other; whoever is locked out or suspended is left out'),
    table: z
      .strictObject({
        field,
        rows: z
          .array(
            z.strictObject({ values: z.array(f.line(100).min(1)).min(1).max(50), people: people.min(1) }),
          )
          .min(1)
          .max(100),
      })
      .nullish()
      .describe('By what the field holds; `people` then are for what no row names'),
  }),
  z.strictObject({
    kind: z.literal('task'),
    title: f.line(300).min(1),
    days: z.int().min(0).max(365).describe('Due so many days later'),
    for: z.union([z.uuid(), z.literal('owner')]),
  }),
  z.strictObject({
    kind: z.literal('notify'),
    owner: z.boolean(),
    manager: z.boolean().describe('Whoever manages the team of the record'),
    people,
    words: f.line(300).min(1),
  }),
  z.strictObject({
    kind: z.literal('set'),
    field,
    value: z.union([
      f.line(300),
      z.number(),
      z.boolean(),
      z.null(),
      z.strictObject({ inDays: z.int().min(0).max(365) }),
    ]),
  }),
  z.strictObject({ kind: z.literal('move'), stageId: z.uuid() }),
  z.strictObject({ kind: z.literal('tag'), add: f.tags, remove: f.tags }),
  z.strictObject({ kind: z.literal('pool'), reason: f.line(300).min(1) }),
  z.strictObject({ kind: z.literal('webhook'), hookId: z.uuid() }),
]);

const rule = {
  name: f.line(100).min(1),
  active: z.boolean(),
  event: Event,
  conditions: Conditions,
  actions: z.array(Action).min(1).max(10),
};
export const RuleInput = z.strictObject(rule).meta({ id: 'AutomationRuleInput' });

const RuleView = z
  .object({
    id: z.uuid(),
    ...rule,
    owner: f.Person.describe('With whose rights it acts'),
    paused: z.enum(['loop', 'owner']).nullable().describe('Why it was switched off by itself'),
    lastRunAt: z.iso.datetime().nullable(),
    done: z.int().describe('Within seven days'),
    failed: z.int().describe('Within seven days'),
    mine: z.boolean().describe('Whether one may change it'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'AutomationRule' });

const Record = z.object({ type: Subject, id: z.uuid(), name: z.string().nullable() });
const Told = z.object({
  kind: z.string(),
  person: z.string().nullable().describe('Whom it was given to or told'),
  words: z.string().nullable(),
});

const RunView = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    record: Record.describe('No name: out of one’s reach, or in the bin'),
    state: z.enum(['waiting', 'done', 'skipped', 'failed']),
    problem: z.string().nullable(),
    outcome: z.array(Told),
    calls: z.array(z.object({ state: z.enum(['queued', 'sent', 'failed']), problem: z.string().nullable() })),
  })
  .meta({ id: 'AutomationRun' });

export const automationContract = {
  'GET /automations': {
    summary: 'The rules that one may see, by name',
    access: ['read', 'automation'],
    replies: { 200: z.object({ items: z.array(RuleView), next: z.null() }) },
  },
  'POST /automations': {
    summary: 'Adds a rule; it acts with the rights that its maker has whenever it acts',
    access: ['create', 'automation'],
    body: RuleInput,
    replies: { 201: RuleView },
  },
  'POST /automations/preview': {
    summary: 'What a rule would have done in the last days, by the log; nothing is written',
    access: ['create', 'automation'],
    body: z.strictObject({ rule: RuleInput, days: z.int().min(1).max(90) }),
    replies: {
      200: z.object({
        count: z.int(),
        complete: z.boolean().describe('False: more lies in the log than was looked at'),
        items: z.array(z.object({ at: z.iso.datetime(), record: Record, would: z.array(Told) })),
      }),
    },
  },
  'GET /automations/{id}': {
    summary: 'One rule',
    access: ['read', 'automation'],
    params: f.ById,
    replies: { 200: RuleView },
  },
  'PUT /automations/{id}': {
    summary: 'Changes a rule; with If-Match only the version named',
    access: ['update', 'automation'],
    params: f.ById,
    body: RuleInput,
    replies: { 200: RuleView },
  },
  'DELETE /automations/{id}': {
    summary: 'Removes a rule with the list of what it did; the log keeps what it did to records',
    access: ['delete', 'automation'],
    params: f.ById,
    replies: { 204: null },
  },
  'GET /automations/{id}/runs': {
    summary: 'What a rule did, newest first',
    access: ['read', 'automation'],
    params: f.ById,
    query: z.strictObject({
      state: z.enum(['waiting', 'done', 'skipped', 'failed']).optional(),
      limit: f.page.limit,
      after: z.uuid().optional(),
    }),
    replies: { 200: z.object({ items: z.array(RunView), next: z.uuid().nullable() }) },
  },
  'POST /automations/{id}/runs/{run}/retry': {
    summary: 'Tries again what failed',
    access: ['update', 'automation'],
    params: z.object({ id: z.uuid(), run: z.uuid() }),
    replies: { 204: null },
  },
} as const;
