// Deals as imports write them: stages by their names or by what other systems call them, amounts in major units.
import { type Custom, customColumns, toldOf } from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import { folded } from '../folding.ts';
import { minorUnits } from '../money.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { moment, type World } from '../world.ts';
import { lostIn, stageIn, wonIn } from './imported-rules.ts';
import * as store from './imported-store.ts';
import { keysOf } from './keys.ts';
import * as pipelines from './pipelines.ts';
import * as reasons from './reasons.ts';

const told = {
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

const target: imported.Target = {
  object: 'deal',
  table: 'deals',
  keys: 'deal_keys',
  keysOf: (world, row) =>
    keysOf(world, { title: String(row.title ?? ''), custom: row.custom as Custom | undefined }),
  name: 'title',
  inUse: store.inUse,
  told,
  days: ['expected_on'],
  columns: [
    ...Object.values(told),
    'contact_id',
    'pipeline_id',
    'stage_id',
    'kind',
    'stage_since',
    'owner_id',
    'team_id',
    'foreign_id',
    'custom',
    'custom_sort',
  ],
  async written(world, rows, by) {
    const moved = rows.filter(({ columns }) => columns.stage_id !== undefined);
    const at = moment(world);
    await store.addMoves(
      world,
      moved.map(({ row, columns }) => ({
        id: world.random.id(),
        deal_id: row.id,
        from_stage: String(row.stage_id),
        to_stage: String(columns.stage_id),
        since: String(row.stage_since),
        at,
        by_id: by.me.id,
      })),
    );
  },
};

/** What names of stages and reasons mean here. */
type Known = { stages: pipelines.Pipeline[]; lost: reasons.Reason[]; won: reasons.Reason[] };

const textOf = (value: imported.Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : null;

/** The columns that a row sets; those it says nothing about are left out. */
function columnsOf({ stages, ...known }: Known, row: imported.PlacedRow): Record<string, unknown> {
  const { values } = row;
  const columns: Record<string, unknown> = {};
  const set = (column: string, value: unknown) => {
    if (value !== null && value !== undefined) columns[column] = value;
  };
  set('title', textOf(values.name));
  set('currency', textOf(values.currency));
  const amount = textOf(values.amount);
  if (amount !== null) set('amount', minorUnits(amount, textOf(values.currency) ?? 'CNY'));
  set('expected_on', textOf(values.expectedOn));
  set('source', textOf(values.source));
  set('next_step', textOf(values.nextStep)?.slice(0, 300));
  const probability = textOf(values.probability);
  if (probability !== null) set('probability', Number(probability));
  set('contact_id', row.contact?.id);
  set('foreign_id', textOf(values.foreignId));
  const stage = stageIn(stages, textOf(values.pipeline), textOf(values.stage));
  if (stage && textOf(values.stage)) {
    Object.assign(columns, { pipeline_id: stage.pipeline_id, stage_id: stage.id, kind: stage.kind });
    const since = textOf(values.closedAt);
    if (since && stage.kind !== 'open') columns.stage_since = since;
    const reason = textOf(values.lostReason);
    const lost = stage.kind === 'lost' ? lostIn(reason, known.lost) : { code: null, remark: null };
    Object.assign(columns, { lost_reason: lost.code, lost_remark: lost.remark });
    const won = textOf(values.wonReason);
    if (stage.kind !== 'won') columns.won_reason = null;
    else if (won) columns.won_reason = wonIn(won, known.won);
  }
  return columns;
}

async function add(
  world: World,
  known: Known,
  input: { rows: imported.PlacedRow[]; importId: string },
  by: By,
): Promise<string[]> {
  const at = moment(world);
  const moves: store.Move[] = [];
  const entries: Parameters<typeof imported.addRows>[3] = [];
  const { stages } = known;
  const rows = input.rows.flatMap(row => {
    const first = stageIn(stages, textOf(row.values.pipeline), null);
    if (!row.customer || !first) return [];
    const createdAt = textOf(row.values.createdAt) ?? at;
    const deal: Record<string, unknown> & { id: string } = {
      ...blank,
      pipeline_id: first.pipeline_id,
      stage_id: first.id,
      kind: first.kind,
      stage_since: createdAt,
      ...columnsOf(known, row),
      ...customColumns(row.own ?? {}),
      id: world.random.id(),
      customer_id: row.customer.id,
      owner_id: row.owner.id,
      team_id: row.owner.teamId,
      import_id: input.importId,
      created_at: createdAt,
      created_by: by.me.id,
      updated_at: at,
      updated_by: by.me.id,
      version: 1,
    };
    const stage = stages.flatMap(one => one.stages).find(one => one.id === deal.stage_id);
    moves.push({
      id: world.random.id(),
      deal_id: deal.id,
      from_stage: null,
      to_stage: String(deal.stage_id),
      since: null,
      at: String(deal.stage_since),
      by_id: by.me.id,
    });
    const links = {
      customer: { id: row.customer.id, name: row.customer.name },
      ...(row.contact ? { contact: row.contact } : {}),
      owner: { id: row.owner.id, name: row.owner.name },
      ...(stage ? { stage: { id: stage.id, name: stage.name } } : {}),
    };
    const filled = Object.entries(told).flatMap(([field, column]) =>
      deal[column] === null || (column === 'amount' && deal.amount === 0) ? [] : [[field, deal[column]]],
    );
    entries.push(
      records.entryOf(world, target, 'add', deal.id, by, {
        after: { ...Object.fromEntries(filled), ...toldOf(row.own ?? {}), ...links },
        details: { import: input.importId },
      }),
    );
    return [deal];
  });
  await imported.addRows(world, target, rows, entries);
  await store.addMoves(world, moves);
  return rows.map(row => row.id);
}

const blank = {
  contact_id: null,
  amount: 0,
  currency: 'CNY',
  probability: null,
  expected_on: null,
  source: null,
  lost_reason: null,
  lost_remark: null,
  won_reason: null,
  next_step: null,
  foreign_id: null,
};

/** Deals, for imports. */
export const importedDeals: imported.ImportedObject = {
  target,
  placed: 'always',
  async open(world) {
    const stages = await pipelines.all(world);
    const [lost, won] = [await reasons.all(world, 'lost'), await reasons.all(world, 'won')];
    const known = { stages, lost: lost.items, won: won.items };
    return {
      faults: values =>
        textOf(values.stage) && !stageIn(stages, textOf(values.pipeline), textOf(values.stage))
          ? [{ field: 'stage', code: 'choice' }]
          : [],
      keyOf: (values, customerKey) => `${customerKey} ${folded(textOf(values.name) ?? '')}`,
      async met(tx, wanted, by) {
        const fence = fenceOf(by.me, by.reach);
        const there = await store.dealsOf(tx, fence, [...wanted.customerKeys.keys()]);
        const foreign = await imported.byForeignId(tx, 'deals', fence, wanted.foreignIds);
        return [
          ...there.map(({ id, title, customerId, foreignId, withinReach }) => ({
            id,
            key: `${wanted.customerKeys.get(customerId)} ${folded(title)}`,
            foreignId,
            withinReach,
          })),
          ...foreign.map(one => ({ ...one, key: '' })),
        ];
      },
      add: (tx, input, by) => add(tx, known, input, by),
      async overwrite(tx, { changes, importId, dry }, by) {
        const ids = changes.map(({ id }) => id);
        const lost = await store.lostAmong(tx, ids);
        const wanted = changes.map(({ id, row, namesOwner }) => {
          const columns = columnsOf(known, row);
          // Lost it stays, for the reason that is known, where the row names none.
          if (lost.has(id) && columns.kind === 'lost' && !textOf(row.values.lostReason)) {
            delete columns.lost_reason;
            delete columns.lost_remark;
          }
          if (namesOwner) Object.assign(columns, { owner_id: row.owner.id, team_id: row.owner.teamId });
          return { id, own: row.own, columns, owner: row.owner };
        });
        return imported.overwrite(tx, target, { importId, dry, changes: wanted }, by);
      },
    };
  },
};
