// All SQL of deals and their moves.
import { type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import type { StageKind } from '../db/deals-tables.ts';
import type { NewEntry } from '../db/journal.ts';
import { type Texts, textConditions } from '../db/key-search.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import { insertRecord, type Shape, type Stamp, updateRecord } from '../db/records.ts';
import type { World } from '../world.ts';
import { keysOf } from './keys.ts';

/** A deal's own columns. */
export type DealFields = {
  title: string;
  customer_id: string;
  contact_id: string | null;
  amount: number;
  currency: string;
  pipeline_id: string;
  stage_id: string;
  kind: StageKind;
  stage_since: string;
  probability: number | null;
  expected_on: string | null;
  source: string | null;
  lost_reason: string | null;
  lost_remark: string | null;
  won_reason: string | null;
  next_step: string | null;
  owner_id: string | null;
  team_id: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type DealRow = DealFields & {
  id: string;
  customer_name: string;
  customer_deleted: boolean;
  contact_name: string | null;
  owner_name: string | null;
  stage_name: string;
  stage_probability: number;
  ageing_days: number | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  version: number;
};

export type MoveKind = 'entered' | 'onward' | 'won' | 'lost';

export type Conditions = {
  texts?: (Texts & { ways: string[][] }) | undefined;
  stageId?: string | undefined;
  pipelineId?: string | undefined;
  ownerId?: string | null | undefined;
  customerId?: string | undefined;
  kind?: StageKind | undefined;
  expectedFrom?: string | undefined;
  expectedTo?: string | undefined;
  moved?: { kind: MoveKind; stageId: string; from: string; to: string } | undefined;
  team?: string | undefined;
  currency?: string | undefined;
  source?: string | undefined;
  lostReason?: string | undefined;
  wonReason?: string | undefined;
  chanceFrom?: number | undefined;
  chanceTo?: number | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  closedFrom?: string | undefined;
  closedTo?: string | undefined;
  deleted: boolean;
};

const d = sql`d`;
const columns = sql`d.id, d.title, d.customer_id, d.contact_id, d.amount, d.currency, d.pipeline_id, d.stage_id, d.kind,
  d.stage_since, d.probability, d.expected_on::text as expected_on, d.source, d.lost_reason, d.lost_remark, d.won_reason, d.next_step,
  d.owner_id, d.team_id, d.custom, d.custom_sort, d.created_at, d.updated_at, d.deleted_at, d.version, c.name as customer_name,
  c.deleted_at is not null as customer_deleted, k.name as contact_name, p.name as owner_name, s.name as stage_name,
  s.probability as stage_probability, s.ageing_days`;
const source = sql`deals d
  join customers c on c.workspace_id = d.workspace_id and c.id = d.customer_id
  join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
  left join contacts k on k.workspace_id = d.workspace_id and k.id = d.contact_id
  left join people p on p.workspace_id = d.workspace_id and p.id = d.owner_id`;

const orders: Record<string, Order<DealRow>> = {
  ...bothWays<DealRow>('updatedAt', sql`d.updated_at`, 'time', row => row.updated_at),
  ...bothWays<DealRow>('expectedOn', sql`d.expected_at`, 'time', row =>
    row.expected_on ? `${row.expected_on}T00:00:00.000Z` : 'infinity',
  ),
  ...bothWays<DealRow>('amount', sql`d.amount`, 'number', row => String(row.amount)),
  ...bothWays<DealRow>('createdAt', sql`d.created_at`, 'time', row => row.created_at),
  ...bothWays<DealRow>('deletedAt', sql`d.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

const brief = {
  columns: sql`d.id, d.title, d.owner_id, d.customer_id, d.updated_at, c.name as customer_name, p.name as owner_name,
    s.name as stage_name`,
  source: sql`deals d join customers c on c.workspace_id = d.workspace_id and c.id = d.customer_id
    join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
    left join people p on p.workspace_id = d.workspace_id and p.id = d.owner_id`,
};

export const shape: Shape<DealRow> = {
  table: 'deals',
  keys: 'deal_keys',
  t: d,
  customer: sql`d.customer_id`,
  columns,
  source,
  brief,
  orders,
};

/** What makes a move count so; `m` leads from or to the stage named, `t` is the stage it leads to. */
export const countsAs = {
  entered: sql<boolean>`true`,
  onward: sql<boolean>`(t.kind = 'won' or (t.kind = 'open' and t.pipeline_id = f.pipeline_id and t.position > f.position))`,
  won: sql<boolean>`t.kind = 'won'`,
  lost: sql<boolean>`t.kind = 'lost'`,
};

function movedCondition(world: World, moved: NonNullable<Conditions['moved']>): RawBuilder<boolean> {
  const side = moved.kind === 'entered' ? sql`m.to_stage` : sql`m.from_stage`;
  // A look at the moves of that stage first: an index has them together, however many deals there are.
  return sql`d.id in (select m.deal_id from deal_moves m
    join deal_stages t on t.workspace_id = m.workspace_id and t.id = m.to_stage
    left join deal_stages f on f.workspace_id = m.workspace_id and f.id = m.from_stage
    where m.workspace_id = ${world.workspaceId} and ${side} = ${moved.stageId}
      and m.at >= ${moved.from}::timestamptz and m.at < ${moved.to}::timestamptz and ${countsAs[moved.kind]})`;
}

/** What filters ask of `deals d`, without a look at the keys. */
export function filtered(world: World, f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.ownerId !== undefined)
    all.push(f.ownerId === null ? sql`d.owner_id is null` : sql`d.owner_id = ${f.ownerId}`);
  if (f.stageId) all.push(sql`d.stage_id = ${f.stageId}`);
  if (f.pipelineId) all.push(sql`d.pipeline_id = ${f.pipelineId}`);
  if (f.customerId) all.push(sql`d.customer_id = ${f.customerId}`);
  if (f.kind) all.push(sql`d.kind = ${f.kind}`);
  if (f.expectedFrom) all.push(sql`d.expected_on >= ${f.expectedFrom}::date`);
  if (f.expectedTo) all.push(sql`d.expected_on < ${f.expectedTo}::date`);
  if (f.moved) all.push(movedCondition(world, f.moved));
  if (f.texts) all.push(...textConditions(d, 'deal_keys', f.texts, sql`d.title`));
  return [...all, ...counted(f)];
}

/** What the figures of analysis lead to. */
function counted(f: Conditions): RawBuilder<boolean>[] {
  const named = (column: RawBuilder<unknown>, value: string) =>
    value === '-' ? sql<boolean>`${column} is null` : sql<boolean>`${column} = ${value}`;
  const chance = sql`coalesce(d.probability, s.probability)`;
  const all: RawBuilder<boolean>[] = [];
  if (f.team) all.push(sql`d.team_id = ${f.team}`);
  if (f.currency) all.push(sql`d.currency = ${f.currency}`);
  if (f.source) all.push(named(sql`d.source`, f.source));
  if (f.lostReason) all.push(named(sql`d.lost_reason`, f.lostReason));
  if (f.wonReason) all.push(named(sql`d.won_reason`, f.wonReason));
  if (f.chanceFrom !== undefined) all.push(sql`${chance} >= ${f.chanceFrom}`);
  if (f.chanceTo !== undefined) all.push(sql`${chance} < ${f.chanceTo}`);
  if (f.createdFrom) all.push(sql`d.created_at >= ${f.createdFrom}::timestamptz`);
  if (f.createdTo) all.push(sql`d.created_at < ${f.createdTo}::timestamptz`);
  if (f.closedFrom || f.closedTo) all.push(sql`d.kind <> 'open'`);
  if (f.closedFrom) all.push(sql`d.stage_since >= ${f.closedFrom}::timestamptz`);
  if (f.closedTo) all.push(sql`d.stage_since < ${f.closedTo}::timestamptz`);
  return all;
}

/** Whether the best plan depends on the values looked for. */
export const isParticular = (f: Conditions): boolean =>
  Boolean(f.moved || f.expectedFrom || f.expectedTo || counted(f).length > 0);

export type NewMove = {
  id: string;
  deal_id: string;
  from_stage: string | null;
  to_stage: string;
  since: string | null;
  at: string;
  by_id: string;
};

const insertMove = (world: World, m: NewMove) =>
  sql`insert into deal_moves (workspace_id, id, deal_id, from_stage, to_stage, since, at, by_id)
    values (${world.workspaceId}, ${m.id}, ${m.deal_id}, ${m.from_stage}, ${m.to_stage}, ${m.since}, ${m.at},
      ${m.by_id})`;

/** Record, first move and journal entry. */
export async function insert(
  world: World,
  row: DealFields & { id: string },
  move: NewMove,
  stamp: Stamp,
  entry: NewEntry,
): Promise<void> {
  await insertRecord(world, shape, row, stamp, entry, keysOf(world, row));
  await insertMove(world, move).execute(world.db);
}

/** Changes one record that is locked already, with its journal entry. */
export async function update(
  world: World,
  row: Pick<DealRow, 'id' | 'title' | 'custom'>,
  set: Partial<DealFields>,
  stamp: Stamp,
  entry: NewEntry,
  move: NewMove | null = null,
): Promise<void> {
  const keys = 'title' in set || 'custom' in set ? keysOf(world, { ...row, ...set }) : null;
  await updateRecord(world, shape, { id: row.id, columns: set, keys, entry }, stamp);
  if (move) await insertMove(world, move).execute(world.db);
}

export type MoveRow = {
  id: string;
  at: string;
  since: string | null;
  from_stage: string | null;
  from_name: string | null;
  to_stage: string;
  to_name: string;
  by_id: string | null;
  by_name: string | null;
};

/** The moves of one deal, newest first. */
export async function moves(world: World, dealId: string): Promise<MoveRow[]> {
  const { rows } =
    await sql<MoveRow>`select m.id, m.at, m.since, m.from_stage, f.name as from_name, m.to_stage,
      t.name as to_name, m.by_id, p.name as by_name
    from deal_moves m
    join deal_stages t on t.workspace_id = m.workspace_id and t.id = m.to_stage
    left join deal_stages f on f.workspace_id = m.workspace_id and f.id = m.from_stage
    left join people p on p.workspace_id = m.workspace_id and p.id = m.by_id
    where m.workspace_id = ${world.workspaceId} and m.deal_id = ${dealId}
    order by m.at desc, m.id desc limit 200`.execute(world.db);
  return rows;
}
