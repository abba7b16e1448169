// Deals, their pipelines, the board and the funnel over HTTP.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';

export const StageKind = z.enum(['open', 'won', 'lost']);
/** Fields that a stage may ask for before a deal comes to it. */
export const RequiredField = z.enum(['amount', 'expectedOn', 'contactId', 'source', 'nextStep']);

const StageView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: StageKind,
    probability: z.int(),
    requiredFields: z.array(RequiredField),
    ageingDays: z.int().nullable(),
    tasks: z.array(z.object({ title: z.string(), days: z.int() })),
  })
  .meta({ id: 'DealStage' });

const PipelineView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    isDefault: z.boolean(),
    stages: z.array(StageView),
    version: z.int(),
  })
  .meta({ id: 'Pipeline' });

const StageInput = z.strictObject({
  id: z.uuid().optional().describe('Left out: a new stage'),
  name: f.line(60).min(1),
  kind: StageKind,
  probability: z.int().min(0).max(100),
  requiredFields: z.array(RequiredField).max(5).default([]),
  ageingDays: z.int().min(1).max(3650).nullable().default(null),
  tasks: z
    .array(z.strictObject({ title: f.line(300).min(1), days: z.int().min(0).max(365) }))
    .max(5)
    .default([])
    .describe('What a deal coming here gives its owner to do, due so many days later'),
});

export const PipelineInput = z
  .strictObject({
    name: f.line(60).min(1),
    isDefault: z.boolean().default(false),
    stages: z.array(StageInput).min(3).max(20),
  })
  .meta({ id: 'PipelineInput' });

const DealView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    customer: f.Person,
    contact: f.Person.nullable(),
    amount: z
      .int()
      .nullable()
      .describe('In minor units of the currency; 0 while it is not known, null where it is hidden'),
    currency: z.string(),
    pipelineId: z.uuid(),
    stage: z.object({ id: z.uuid(), name: z.string(), kind: StageKind, ageingDays: z.int().nullable() }),
    stageSince: z.iso.datetime(),
    probability: z.int(),
    probabilityOwn: z.boolean().describe('Set for this deal; else it is that of the stage'),
    expectedOn: z.string().nullable(),
    source: z.string().nullable(),
    lostReason: z.string().nullable().describe('The key of one of the reasons in GET /lost-reasons'),
    lostRemark: z.string().nullable(),
    wonReason: z.string().nullable().describe('The key of one of the reasons in GET /win-reasons'),
    nextStep: z.string().nullable(),
    custom: own.CustomShown,
    owner: f.Person.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Deal' });

const { day } = f;
const reason = f.line(60).min(1).optional();
const reasons = {
  lostReason: reason.describe('Why it was lost: a key of GET /lost-reasons'),
  lostRemark: f.lines(2_000).nullish(),
};

/** What may be written; stage and lost reason change by a move only. */
const writable = {
  title: f.line(200).min(1),
  customerId: z.uuid(),
  contactId: z.uuid().nullish(),
  amount: z.int().min(0).max(1_000_000_000_000).optional().describe('In minor units'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('ISO 4217; left out: CNY'),
  probability: z.int().min(0).max(100).nullish().describe('Null: that of the stage'),
  expectedOn: day.nullish(),
  source: f.line(100).nullish(),
  nextStep: f.line(300).nullish(),
  custom: own.CustomValues.optional(),
  ownerId: z
    .uuid()
    .nullish()
    .describe('Left out: whoever is signed in. Null: nobody, where one may do that.'),
};

export const NewDeal = z
  .strictObject({
    ...writable,
    stageId: z.uuid().optional().describe('An open stage; left out: the first of the default pipeline'),
  })
  .meta({ id: 'NewDeal' });
export const DealPatch = z
  .strictObject({ ...writable, title: writable.title.optional(), customerId: z.uuid().optional() })
  .meta({ id: 'DealPatch' });

export const Move = z
  .strictObject({
    stageId: z.uuid(),
    ...reasons,
    wonReason: reason.describe('Why it was won: a key of GET /win-reasons'),
    set: DealPatch.pick({ amount: true, expectedOn: true, contactId: true, source: true, nextStep: true })
      .optional()
      .describe('Fields to fill in by the way, for instance those that the stage asks for'),
    ifMatch: z.string().max(20).optional().describe('The version one has seen, as its ETag: `"v3"`'),
  })
  .meta({ id: 'DealMoveInput' });

const owner = z
  .union([z.uuid(), z.enum(['me', 'none'])])
  .optional()
  .describe('An id, `me`, or `none`');
const window = { from: f.time.optional(), to: f.time.optional() };

/** What the figures of analysis lead to. */
const figures = {
  team: z.uuid().optional().describe('The team of the owner'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  source: f.line(100).min(1).optional().describe('`-`: none is named'),
  lostReason: reason.describe('`-`: none is named'),
  wonReason: reason.describe('`-`: none is named'),
  chanceFrom: z.coerce.number().int().min(0).max(100).optional(),
  chanceTo: z.coerce.number().int().min(0).max(101).optional().describe('Less likely than this'),
  createdFrom: f.time.optional(),
  createdTo: f.time.optional(),
  closedFrom: f.time.optional(),
  closedTo: f.time.optional(),
};

export const DealFilters = z.strictObject({
  q: f.line(200).optional().describe('Anywhere in the title'),
  stage: z.uuid().optional(),
  pipeline: z.uuid().optional(),
  owner,
  customer: z.uuid().optional(),
  state: StageKind.optional(),
  expectedFrom: day.optional(),
  expectedTo: day.optional().describe('This day not included'),
  moved: z
    .enum(['entered', 'onward', 'won', 'lost'])
    .optional()
    .describe('Those that the funnel counts so at `movedStage` between `from` and `to`'),
  movedStage: z.uuid().optional(),
  ...window,
  custom: own.CustomFilter,
  ...figures,
  deleted: z.enum(['true', 'false']).optional(),
});

export const dealSorts = [
  '-updatedAt',
  'updatedAt',
  '-expectedOn',
  'expectedOn',
  '-amount',
  'amount',
  '-deletedAt',
  'deletedAt',
] as const;

const Sums = z.array(z.object({ currency: z.string(), amount: z.number(), weighted: z.number() }));
const Tally = z.object({ count: z.int(), sums: Sums });

const MoveView = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    from: f.Person.nullable(),
    to: f.Person,
    by: f.Person.nullable(),
    days: z.number().nullable().describe('How long it had been at the stage it left'),
  })
  .meta({ id: 'DealMove' });

const narrow = { pipeline: z.uuid().optional(), owner, team: z.uuid().optional() };

const Reasons = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      label: z.string().nullable(),
      labelOther: z.string().nullable(),
      active: z.boolean(),
    }),
  ),
  version: z.int(),
});

const ReasonsInput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        key: f.line(60).min(1).optional(),
        label: f.line(60).min(1).nullable().describe('Null: the words that come with the product'),
        labelOther: f.line(60).nullish().describe('The same in the other of the two languages'),
        active: z.boolean().default(true),
      }),
    )
    .max(30),
});

export const dealsContract = {
  'GET /pipelines': {
    summary: 'The pipelines with their stages, the default one first',
    access: ['read', 'deal'],
    replies: { 200: z.object({ items: z.array(PipelineView), next: z.null() }) },
  },
  'POST /pipelines': {
    summary: 'Adds a pipeline',
    access: ['configure', 'deal'],
    body: PipelineInput,
    replies: { 201: PipelineView },
  },
  'PUT /pipelines/{id}': {
    summary: 'Sets a pipeline and its stages in their order; a stage that holds deals cannot be left out',
    access: ['configure', 'deal'],
    params: f.ById,
    body: PipelineInput,
    replies: { 200: PipelineView },
  },
  'DELETE /pipelines/{id}': {
    summary: 'Removes a pipeline that holds no deals and is not the default one',
    access: ['configure', 'deal'],
    params: f.ById,
    replies: { 204: null },
  },
  'GET /win-reasons': {
    summary: 'Why deals are won: the reasons in their order, with those that are no longer offered',
    access: ['read', 'deal'],
    replies: { 200: Reasons },
  },
  'PUT /win-reasons': {
    summary:
      'Sets the reasons in their order; one without a key is new, one left out is offered no more. With If-Match only over that version',
    access: ['configure', 'deal'],
    body: ReasonsInput,
    replies: { 200: Reasons },
  },
  'GET /lost-reasons': {
    summary: 'Why deals are lost: the reasons in their order, with those that are no longer offered',
    access: ['read', 'deal'],
    replies: { 200: Reasons },
  },
  'PUT /lost-reasons': {
    summary:
      'Sets the reasons for losing as PUT /win-reasons does those for winning; one at least is offered',
    access: ['configure', 'deal'],
    body: ReasonsInput,
    replies: { 200: Reasons },
  },
  'GET /deals': {
    summary: 'The deals within one’s reach',
    access: ['read', 'deal'],
    query: DealFilters.extend({ ...f.page, sort: own.sortOf(dealSorts) }),
    replies: { 200: records.listOf(DealView) },
  },
  'POST /deals': {
    summary: 'Adds a deal with a customer within one’s reach',
    access: ['create', 'deal'],
    body: NewDeal,
    replies: { 201: DealView },
  },
  'GET /deals/board': {
    summary: 'How many deals stand at each stage of a pipeline now, and their sums by currency',
    access: ['read', 'deal'],
    query: z.strictObject(narrow),
    replies: {
      200: z.object({ pipelineId: z.uuid(), stages: z.array(Tally.extend({ stageId: z.uuid() })) }),
    },
  },
  'GET /deals/funnel': {
    summary:
      'What moved between `from` and `to` (left out: the last 90 days), stage by stage, and what open deals are likely to bring by month',
    access: ['read', 'deal'],
    query: z.strictObject({ ...narrow, ...window }),
    replies: {
      200: z.object({
        pipelineId: z.uuid(),
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        stages: z.array(
          z.object({
            stageId: z.uuid(),
            entered: z.int(),
            onward: z.int(),
            won: z.int(),
            lost: z.int(),
            medianDays: z.number().nullable(),
            averageDays: z.number().nullable(),
            sums: Sums.describe('Of the deals that entered'),
          }),
        ),
        forecast: z.array(
          Tally.extend({ month: z.string().nullable().describe('`2026-03`; null: no date is expected') }),
        ),
      }),
    },
  },
  'GET /deals/{id}': records.one('deal', DealView, 'One deal'),
  'PATCH /deals/{id}': {
    summary: 'Changes a deal; with If-Match only the version named',
    access: ['update', 'deal'],
    params: f.ById,
    body: DealPatch,
    replies: { 200: DealView },
  },
  'DELETE /deals/{id}': records.removed('deal', 'Puts a deal into the bin'),
  'POST /deals/{id}/restore': records.restored(
    'deal',
    DealView,
    'Takes a deal back out of the bin; not while its customer lies there',
  ),
  'POST /deals/{id}/move': {
    summary: 'Moves a deal to another stage; a lost one needs a reason, and a stage may ask for fields',
    access: ['update', 'deal'],
    params: f.ById,
    body: Move,
    replies: { 200: DealView },
  },
  'GET /deals/{id}/moves': {
    summary: 'The stages a deal has come through, newest first',
    access: ['read', 'deal'],
    params: f.ById,
    replies: { 200: z.object({ items: z.array(MoveView), next: z.null() }) },
  },
  'GET /deals/{id}/history': records.history(
    'deal',
    'Every change to a deal with before and after, newest first; also of a deleted one',
  ),
} as const;
