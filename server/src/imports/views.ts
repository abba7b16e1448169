// How imports travel: rows of the table as the contract has them, words in the reader's language.

import type { Delimiter } from '../formats/delimiter.ts';
import type { Encoding } from '../formats/encoding.ts';
import { isPlaced } from '../landing/landing.ts';
import type { RowFault } from '../mapping/mapping.ts';
import type { Language } from '../problems.ts';
import * as rights from '../rights/rights.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import { offeredFor } from './offered.ts';
import { columnsOf, mappingOf, optionsOf } from './setting.ts';
import type { ImportRow } from './store.ts';
import { tryOut } from './trial.ts';
import { importProblem, rowFaultWords } from './words.ts';

/** Imports as they travel, with the names of those who made them. */
export async function importViews(world: World, rows: ImportRow[], language: Language) {
  const names = new Map<string, string>();
  for (const id of new Set(rows.map(row => row.created_by))) {
    const person = id ? await staff.byId(world, id) : undefined;
    if (person) names.set(person.id, person.name);
  }
  return rows.map(row => ({
    id: row.id,
    object: row.object,
    fileName: row.file_name,
    format: row.format,
    encoding: row.encoding as Encoding,
    delimiter: row.delimiter as Delimiter,
    columns: columnsOf(row),
    rows: row.total,
    mapping: mappingOf(row),
    options: optionsOf(row),
    state: row.state,
    total: row.total,
    done: row.done,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    failed: row.failed,
    removed: row.removed,
    restored: row.restored,
    kept: row.kept,
    problem: row.problem ? importProblem(row.problem, language) : null,
    createdBy: { id: row.created_by, name: names.get(row.created_by ?? '') ?? null },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }));
}

export async function importView(world: World, row: ImportRow, language: Language) {
  const [view] = await importViews(world, [row], language);
  if (!view) throw new Error('one row makes one view');
  return view;
}

/** An import with its preview; null when the importer may no longer import. */
export async function draftView(world: World, row: ImportRow, language: Language) {
  const trial = await tryOut(world, row);
  const importer = row.created_by ? await staff.byId(world, row.created_by) : undefined;
  if (!trial || !importer) return null;
  const hand = await rights.handOf(world, importer);
  return {
    ...(await importView(world, row, language)),
    fields: await offeredFor(world, row.object, hand, language),
    placed: isPlaced(row.object),
    preview: trial.preview.map(({ row: { number, values, faults }, outcome, conflicts }) => ({
      row: number,
      // What rooms have worked out for themselves has names with a space.
      values: Object.fromEntries(
        Object.entries(values).flatMap(([f, v]) => (v === undefined || f.includes(' ') ? [] : [[f, v]])),
      ),
      faults: faults.map(fault => faultView(fault, language)),
      outcome,
      conflicts,
    })),
    dryRun: trial.counts,
  };
}

export function faultView(fault: RowFault, language: Language) {
  return { ...fault, message: rowFaultWords(fault.code, language) };
}
