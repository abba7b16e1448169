// Analysis over HTTP: forecast against target, what changed, won and lost, sources, who did what.
import { z } from 'zod';
import { Kind } from '../activities/contract.ts';
import * as f from '../fields.ts';

/** `2026-03` or `2026-Q1` */
export const Period = z
  .string()
  .regex(/^(?:19|2[01])\d\d-(?:0[1-9]|1[0-2]|Q[1-4])$/)
  .describe('A month, `2026-03`, or a quarter, `2026-Q1`');

/** What a deal's movement since a moment may be called; one deal may have several. */
export const movements = ['new', 'won', 'lost', 'advanced', 'back', 'up', 'down', 'later', 'sooner'] as const;
export const Movement = z.enum(movements);

const Money = z.object({
  currency: z.string(),
  amount: z.number().describe('In minor units of the currency'),
});
const Tally = z.object({ count: z.int(), sums: z.array(Money).describe('Each currency by itself') });

const narrow = {
  pipeline: z.uuid().optional().describe('Left out: all pipelines'),
  owner: z
    .union([z.uuid(), z.enum(['me', 'none'])])
    .optional()
    .describe('An id, `me`, or `none`'),
  team: z.uuid().optional(),
};
const window = {
  from: f.time.optional().describe('Left out: 90 days before `to`; at most ten years before it'),
  to: f.time.optional().describe('Left out: now'),
};

const Outlook = z
  .object({
    currency: z.string(),
    target: z.number().nullable(),
    won: z.number(),
    wonCount: z.int(),
    sure: z.number().describe('Open and at least as likely as `levels.sure` per cent'),
    sureCount: z.int(),
    likely: z.number().describe('Open, less likely than that, but at least `levels.likely` per cent'),
    likelyCount: z.int(),
    open: z.number().describe('Open and less likely still'),
    openCount: z.int(),
    weighted: z.number().describe('All open ones by their probability'),
  })
  .meta({ id: 'Outlook' });

const Target = z
  .object({
    subject: z.enum(['person', 'team', 'everybody']),
    id: z.uuid().nullable(),
    period: Period,
    currency: z.string(),
    amount: z.number(),
  })
  .meta({ id: 'SalesTarget' });

export const TargetInput = z
  .strictObject({
    person: z.uuid().optional(),
    team: z.uuid().optional().describe('Neither: the whole company'),
    period: Period,
    currency: z.string().regex(/^[A-Z]{3}$/),
    amount: z
      .int()
      .min(1)
      .max(100_000_000_000_000)
      .nullable()
      .describe('In minor units; null takes the target away'),
  })
  .refine(input => !(input.person && input.team), { path: ['team'], message: 'goes without a person' })
  .meta({ id: 'SalesTargetInput' });

const MovedDeal = z
  .object({
    id: z.uuid(),
    title: z.string(),
    customer: f.Person,
    owner: f.Person.nullable(),
    currency: z.string(),
    amount: z.number().nullable(),
    amountBefore: z.number().nullable().describe('Null: as it is now'),
    stage: z.string(),
    stageBefore: z.string().nullable().describe('Null: as it is now'),
    expectedOn: z.string().nullable(),
    expectedBefore: z.string().nullable(),
    expectedMoved: z.boolean(),
  })
  .meta({ id: 'MovedDeal' });

const edges = z
  .string()
  .max(2_000)
  .transform(text => text.split(','))
  .pipe(z.array(f.time).min(2).max(61))
  .refine(times => times.every((time, i) => i === 0 || Date.parse(time) > Date.parse(times[i - 1] ?? '')), {
    message: 'must rise',
  })
  .describe('Two to 61 rising moments, separated by commas; each pair bounds one span');

export const analysisContract = {
  'GET /analysis/people': {
    summary: 'The teams and people within one’s reach, for choosing whose figures to look at',
    access: ['read', 'deal'],
    replies: {
      200: z.object({
        teams: z.array(f.Person),
        people: z.array(f.Person.extend({ teamId: z.uuid().nullable() })),
        maySetTargets: z.boolean(),
      }),
    },
  },
  'GET /analysis/forecast': {
    summary: 'What was won in a month or quarter, what open deals may still bring, and the target',
    access: ['read', 'deal'],
    query: z.strictObject({ ...narrow, period: Period.optional().describe('Left out: this month') }),
    replies: {
      200: z.object({
        period: Period,
        from: z.iso.date(),
        to: z.iso.date().describe('The first day after it'),
        wonFrom: z.iso.datetime().describe('The same in the time zone of the company'),
        wonTo: z.iso.datetime(),
        levels: z.object({ sure: z.int(), likely: z.int() }),
        whose: z
          .object({ owner: z.uuid().nullable(), team: z.uuid().nullable() })
          .describe('Whose deals these are at most, as filters of lists: those show what is shared as well'),
        total: z.array(Outlook),
        people: z.array(Outlook.extend({ owner: f.Person.nullable() })),
        undated: Tally.describe('Open deals without an expected close: in no forecast'),
        overdue: Tally.describe(
          'Open deals that were expected before this month: in no forecast of later ones',
        ),
      }),
    },
  },
  'GET /analysis/targets': {
    summary: 'The targets of a period within one’s reach; of a quarter, those of its months too',
    access: ['read', 'deal'],
    query: z.strictObject({ period: Period }),
    replies: { 200: z.object({ items: z.array(Target), next: z.null() }) },
  },
  'PUT /analysis/targets': {
    summary: 'Sets or takes away a target, for whoever may change the deals of a team or of everybody',
    access: ['update', 'deal'],
    body: TargetInput,
    replies: { 200: z.object({ items: z.array(Target), next: z.null() }) },
  },
  'GET /analysis/movement': {
    summary: 'What became of the pipeline since a moment: new, won, lost, moved, changed in amount or date',
    access: ['read', 'deal'],
    query: z.strictObject({ ...narrow, since: f.time }),
    replies: {
      200: z.object({
        since: z.iso.datetime(),
        kinds: z.array(Tally.extend({ kind: Movement }).describe('Of `up` and `down`: the differences')),
        before: Tally.describe('Open deals at that moment'),
        now: Tally.describe('Open deals now'),
      }),
    },
  },
  'GET /analysis/movement/deals': {
    summary: 'The deals behind one of these numbers, the largest first',
    access: ['read', 'deal'],
    query: z.strictObject({ ...narrow, since: f.time, kind: Movement, ...f.page }),
    replies: { 200: z.object({ items: z.array(MovedDeal), next: z.string().nullable() }) },
  },
  'GET /analysis/outcomes': {
    summary: 'Deals won and lost in a time: by reason, by source, by person; how long they took',
    access: ['read', 'deal'],
    query: z.strictObject({ ...narrow, ...window }),
    replies: {
      200: z.object({
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        won: Tally,
        lost: Tally,
        medianDays: z.number().nullable().describe('From the day a won deal was added to the day it was won'),
        averageDays: z.number().nullable(),
        reasons: z
          .array(Tally.extend({ reason: z.string().nullable() }))
          .describe('Of those lost, by the keys of GET /lost-reasons'),
        winReasons: z
          .array(Tally.extend({ reason: z.string().nullable() }))
          .describe('Of those won, by the keys of GET /win-reasons'),
        people: z.array(z.object({ owner: f.Person.nullable(), won: Tally, lost: Tally })),
        sources: z.array(
          z.object({
            source: z.string().nullable(),
            customers: z.int().describe('Customers added in that time'),
            added: z.int().describe('Deals added in that time'),
            won: Tally,
            lost: Tally,
          }),
        ),
      }),
    },
  },
  'GET /analysis/activity': {
    summary: 'Who did what between the first and the last of the moments given, with customers within reach',
    access: ['read', 'activity'],
    query: z.strictObject({ owner: narrow.owner, team: narrow.team, edges }),
    replies: {
      200: z.object({
        edges: z.array(z.iso.datetime()),
        people: z.array(
          z.object({
            author: f.Person.nullable(),
            count: z.int(),
            kinds: z.partialRecord(Kind, z.int()),
            spans: z.array(z.int()).describe('One for each pair of moments'),
          }),
        ),
      }),
    },
  },
} as const;
