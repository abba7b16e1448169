// How an import stands in the journal, and how its problems are stored.
import type * as audit from '../audit/audit.ts';
import type { FileFault } from '../formats/faults.ts';
import { mappingOf, optionsOf } from './setting.ts';
import type { ImportRow } from './store.ts';

/** What is written to the journal about an import as a whole. */
export function entryOf(row: ImportRow, action: string): audit.Entry {
  const { object, file_name, total, done, created, updated, skipped, failed, removed, restored, kept } = row;
  return {
    action,
    object: { type: 'import', id: row.id },
    details: {
      object,
      fileName: file_name,
      total,
      done,
      created,
      updated,
      skipped,
      failed,
      removed,
      restored,
      kept,
    },
    ...(action === 'import.start' ? { after: { mapping: mappingOf(row), options: optionsOf(row) } } : {}),
  };
}

/** How a fault of the file is stored: its code and the row. */
export function problemOf(fault: FileFault): string {
  return fault.row === null ? fault.code : `${fault.code}:${fault.row}`;
}
