// From what was sent to columns, what a stage asks for, and what a pipeline has to be. Pure.
import type { z } from 'zod';
import type { StageKind } from '../db/deals-tables.ts';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import type {
  DealFilters as FilterSchema,
  PipelineInput as InputSchema,
  Move as MoveSchema,
  NewDeal as NewSchema,
  DealPatch as PatchSchema,
  RequiredField as RequiredSchema,
} from './contract.ts';
import type { DealFields, DealRow } from './store.ts';

export type NewDeal = z.output<typeof NewSchema>;
export type DealPatch = z.output<typeof PatchSchema>;
export type DealFilters = z.output<typeof FilterSchema>;
export type MoveInput = z.output<typeof MoveSchema>;
export type PipelineInput = z.output<typeof InputSchema>;
export type RequiredField = z.output<typeof RequiredSchema>;

/** Fields as they travel, and their columns; customer, contact, owner and stage are settled elsewhere. */
const columnOf = {
  title: 'title',
  amount: 'amount',
  currency: 'currency',
  probability: 'probability',
  expectedOn: 'expected_on',
  source: 'source',
  nextStep: 'next_step',
  lostReason: 'lost_reason',
  lostRemark: 'lost_remark',
  wonReason: 'won_reason',
} as const;

/** The columns that a patch sets. */
export function columnsIn(patch: DealPatch): Partial<DealFields> {
  const columns: Partial<DealFields> = {};
  if (patch.title !== undefined) columns.title = patch.title;
  if (patch.amount !== undefined) columns.amount = patch.amount;
  if (patch.currency !== undefined) columns.currency = patch.currency;
  if (patch.probability !== undefined) columns.probability = patch.probability;
  if (patch.expectedOn !== undefined) columns.expected_on = patch.expectedOn;
  if (patch.source !== undefined) columns.source = patch.source || null;
  if (patch.nextStep !== undefined) columns.next_step = patch.nextStep || null;
  return columns;
}

type Named = { id: string; name: string } | null;
/** The records that a deal points to, as the journal names them; undefined: it stays. */
export type Links = {
  customer?: Named | undefined;
  contact?: Named | undefined;
  owner?: Named | undefined;
  stage?: Named | undefined;
};

/** What the journal tells of a new deal. */
export function told(row: Partial<DealFields>, links: Links): Record<string, unknown> {
  const named = Object.entries(links).filter(([, link]) => link);
  const filled = filledIn(columnOf, row);
  if (filled.amount === 0) delete filled.amount;
  return { ...filled, ...Object.fromEntries(named) };
}

const linkColumns = {
  customer: ['customer_id', 'customer_name'],
  contact: ['contact_id', 'contact_name'],
  owner: ['owner_id', 'owner_name'],
  stage: ['stage_id', 'stage_name'],
} as const;

/** What really changes in `row`; null for nothing. */
export function difference(
  row: DealRow,
  wanted: Partial<DealFields>,
  links: Links,
): (Difference & { columns: Partial<DealFields> }) | null {
  const found = differenceIn(columnOf, row, wanted);
  for (const [field, [id, name]] of Object.entries(linkColumns)) {
    const link = links[field as keyof Links];
    if (link === undefined || (link?.id ?? null) === row[id]) continue;
    found.columns[id] = link?.id ?? null;
    found.before[field] = row[id] ? { id: row[id], name: row[name] } : null;
    found.after[field] = link;
  }
  return Object.keys(found.columns).length === 0 ? null : found;
}

const requiredColumns = {
  amount: 'amount',
  expectedOn: 'expected_on',
  contactId: 'contact_id',
  source: 'source',
  nextStep: 'next_step',
} as const satisfies Record<RequiredField, keyof DealFields>;

/** The fields that a stage asks for and a deal has not. */
export function missingFor(
  stage: { required_fields: string[] },
  deal: Pick<DealFields, (typeof requiredColumns)[RequiredField]>,
): RequiredField[] {
  return (Object.keys(requiredColumns) as RequiredField[]).filter(
    field => stage.required_fields.includes(field) && !deal[requiredColumns[field]],
  );
}

/** Those of them that a change itself empties: what was missing before may stay so. */
export function emptiedBy(
  stage: { required_fields: string[] },
  before: DealRow,
  after: DealRow,
): RequiredField[] {
  const had = new Set(missingFor(stage, before));
  return missingFor(stage, after).filter(field => !had.has(field));
}

export type PipelineFault = { path: string; message: string };

const kinds: StageKind[] = ['open', 'won', 'lost'];

/** What speaks against such stages. */
export function faultsOf(stages: PipelineInput['stages']): PipelineFault[] {
  const faults: PipelineFault[] = [];
  for (const kind of kinds)
    if (!stages.some(stage => stage.kind === kind))
      faults.push({ path: 'stages', message: `has no stage of the kind ${kind}` });
  const order = stages.map(stage => kinds.indexOf(stage.kind));
  if (order.some((place, i) => place < (order[i - 1] ?? 0)))
    faults.push({ path: 'stages', message: 'must have open stages first, then won, then lost' });
  const names = new Set<string>();
  const ids = new Set<string>();
  stages.forEach((stage, i) => {
    if (names.has(stage.name))
      faults.push({ path: `stages.${i}.name`, message: 'is used twice in this pipeline' });
    if (stage.id && ids.has(stage.id))
      faults.push({ path: `stages.${i}.id`, message: 'is used twice in this pipeline' });
    names.add(stage.name);
    if (stage.id) ids.add(stage.id);
  });
  return faults;
}

/** A won deal is certain and a lost one is not to come, whatever was typed. */
export function probabilityOf(stage: { kind: StageKind; probability: number }): number {
  return stage.kind === 'open' ? stage.probability : stage.kind === 'won' ? 100 : 0;
}

/** The pipeline that every workspace begins with. */
export function firstPipeline(language: string): PipelineInput {
  const chinese = language === 'zh-CN';
  const open = (zh: string, en: string, probability: number, ageingDays: number): Stage => ({
    name: chinese ? zh : en,
    kind: 'open',
    probability,
    requiredFields: [],
    ageingDays,
    tasks: [],
  });
  return {
    name: chinese ? '销售流程' : 'Sales',
    isDefault: true,
    stages: [
      open('初步接洽', 'First contact', 20, 14),
      open('需求确认', 'Needs confirmed', 40, 14),
      open('方案报价', 'Proposal and quote', 60, 21),
      open('商务谈判', 'Negotiation', 80, 21),
      { ...open('赢单', 'Won', 100, 1), kind: 'won', ageingDays: null },
      { ...open('输单', 'Lost', 0, 1), kind: 'lost', ageingDays: null },
    ],
  };
}

type Stage = PipelineInput['stages'][number];
