// Exports (导出): everything within reach that meets the filters, without a cap, on record with the number of rows.
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customers from '../customers/customers.ts';
import { csvStream, saveAs } from '../formats/csv-stream.ts';
import type { Me, Visitor } from '../http.ts';
import type { Reach } from '../permissions.ts';
import type { Language } from '../problems.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import type { World } from '../world.ts';
import { type Cells, contactCells, customerCells, linesOf, seenBy } from './columns.ts';

export type ExportBy = { me: Me; reach: Reach; visitor: Visitor };
export type Exported = { stream: ReadableStream<Uint8Array>; headers: Record<string, string> };

const names: Record<'customer' | 'contact', Record<Language, string>> = {
  customer: { en: 'customers', 'zh-CN': '客户' },
  contact: { en: 'contacts', 'zh-CN': '联系人' },
};

/** All customers within reach that meet the filters. */
export async function customersFile(
  world: World,
  filters: customers.CustomerFilters,
  by: ExportBy,
  language: Language,
): Promise<Exported> {
  return file(world, 'customer', customerCells, customers.stream(world, filters, by), filters, by, language);
}

/** All contacts within reach that meet the filters, each with its customer. */
export async function contactsFile(
  world: World,
  filters: contacts.ContactFilters,
  by: ExportBy,
  language: Language,
): Promise<Exported> {
  const records = contacts.stream(world, filters, by);
  return file(world, 'contact', contactCells, records, filters, by, language);
}

/** On record when it begins, as a copy may be taken from then on, and when it ends, with the number of rows. */
async function file<Row>(
  world: World,
  object: 'customer' | 'contact',
  cells: Cells<Row>,
  records: AsyncIterable<Row>,
  filters: object,
  by: ExportBy,
  language: Language,
): Promise<Exported> {
  const id = world.random.id();
  const entry = (action: string, details: Record<string, unknown>) => ({
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'export', id },
    details: { object, filters, ...details },
  });
  await audit.record(world, entry('export.start', {}));
  const style = { language, timeZone: await workspaces.timeZone(world) };
  const stream = csvStream(linesOf(seenBy(by.me, object, cells), records, style), async (lines, complete) =>
    audit.record(world, entry('export.end', { rows: Math.max(0, lines - 1), complete })),
  );
  const day = new Date(world.now()).toISOString().slice(0, 10);
  return { stream, headers: saveAs(`${names[object][language]}-${day}.csv`) };
}
