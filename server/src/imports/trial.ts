// A trial of an import on its first rows: what it would do, without writing anything.
import {
  conflicts,
  type Decision,
  decideBatch,
  gathered,
  grouping,
  knownFor,
  linksFound,
  type Prepared,
  prepare,
} from '../landing/landing.ts';
import type { World } from '../world.ts';
import { dataRows } from './files.ts';
import { settingOf, sourceOf } from './setting.ts';
import type { ImportRow } from './store.ts';

const shown = 20;
const tried = 5_000;
const batch = 500;

export type Trial = {
  preview: {
    outcome: Decision['outcome'];
    row: Prepared;
    conflicts: { field: string; before: string; after: string }[];
  }[];
  counts: {
    rows: number;
    complete: boolean;
    create: number;
    update: number;
    part: number;
    skip: number;
    fault: number;
    conflict: number;
  };
};

/**
 * Tries the first 5,000 rows; null when the importer may no longer import. What is there already is looked for within
 * the importer's reach alone: a trial tells nobody whose customer somebody is (L43).
 */
export async function tryOut(world: World, row: ImportRow): Promise<Trial | null> {
  const setting = await settingOf(world, row);
  if (!setting) return null;
  const preview: Trial['preview'] = [];
  const counts = { rows: 0, complete: false, create: 0, update: 0, part: 0, skip: 0, fault: 0, conflict: 0 };
  const lined = setting.object?.lined === true;
  const belongs = grouping(lined);
  const seen = new Set<string>();
  let waiting: Prepared[] = [];
  const settle = async () => {
    const rows = await linksFound(world, setting, gathered(waiting, lined));
    const known = await knownFor(world, setting, rows, 'within-reach');
    const decisions = decideBatch(setting, rows, known, seen);
    const lost = await conflicts(world, setting, decisions);
    for (const decision of decisions) {
      const { outcome, row } = decision;
      const against = 'id' in decision ? (lost.get(decision.id) ?? []) : [];
      counts.rows++;
      counts[outcome]++;
      if (against.length > 0) counts.conflict++;
      if (preview.length < shown) preview.push({ outcome, row, conflicts: against });
    }
    waiting = [];
  };
  for await (const cells of dataRows(sourceOf(world, row))) {
    const row = prepare(setting, cells);
    if (!belongs(row)) {
      if (counts.rows + waiting.length >= tried) break;
      if (waiting.length >= batch) await settle();
    }
    waiting.push(row);
  }
  if (waiting.length > 0) await settle();
  return { preview, counts: { ...counts, complete: counts.rows >= row.total } };
}
