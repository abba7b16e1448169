// The rows that could not be imported, as a file: what is wrong in front, the original cells behind.

import { meant } from '../formats/cells.ts';
import { csvStream, type Line, saveAs } from '../formats/csv-stream.ts';
import type { RowFault } from '../mapping/mapping.ts';
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import { columnsOf } from './setting.ts';
import { faults, type ImportRow } from './store.ts';
import { faultHeadings, rowFaultWords } from './words.ts';

export function faultsFile(world: World, row: ImportRow, language: Language) {
  const base = row.file_name.replace(/\.(csv|txt|tsv)$/i, '');
  const name = language === 'zh-CN' ? `${base}-未导入.csv` : `${base}-not-imported.csv`;
  return { stream: csvStream(lines(world, row, language)), headers: saveAs(name) };
}

async function* lines(world: World, row: ImportRow, language: Language): AsyncGenerator<Line> {
  const columns = columnsOf(row).map(column => column.name);
  yield [...faultHeadings[language], ...columns];
  let after = 0;
  for (;;) {
    const page = await faults(world, row.id, { limit: 500, after });
    for (const { number, faults, cells } of page) {
      const reason = faults.map(fault => sentence(fault, language)).join(language === 'en' ? '; ' : '\uff1b');
      yield [String(number), reason, ...columns.map((_, at) => meant(cells[at] ?? ''))];
    }
    const last = page.at(-1);
    if (!last || page.length < 500) return;
    after = last.number;
  }
}

function sentence(fault: RowFault, language: Language): string {
  const words = rowFaultWords(fault.code, language);
  const where = fault.column ? `${fault.column}${language === 'en' ? ': ' : '\uff1a'}` : '';
  return `${where}${words}`;
}
