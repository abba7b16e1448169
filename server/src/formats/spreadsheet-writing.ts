// Writes spreadsheets (XLSX, ECMA-376) as a stream: texts in their cells, dates and numbers as such, harmless (L51).
import { neutral } from './cells.ts';
import { type ZipEntry, zipped } from './zip-writing.ts';

/** How a column's texts are meant; `time` is `2024-05-06 13:04:05…`, `day` its first part. */
export type CellType = 'text' | 'number' | 'time' | 'day';

const rowsOfSheet = 1_048_576;
const mostLetters = 32_767;
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNs = 'http://schemas.openxmlformats.org/package/2006';
const styleOf = { text: '', number: '', day: ' s="2"', time: ' s="3"' };

/** One spreadsheet of these lines, headings first; a further sheet begins where one is full. */
export function spreadsheet(
  title: string,
  types: CellType[],
  lines: AsyncIterable<readonly (string | null | undefined)[]>,
): AsyncGenerator<Buffer> {
  return zipped(parts(title, types, lines));
}

async function* parts(
  title: string,
  types: CellType[],
  lines: AsyncIterable<readonly (string | null | undefined)[]>,
): AsyncGenerator<ZipEntry> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const headings = first.done ? [] : first.value;
  let count = 0;
  let more = true;
  try {
    while (more) {
      count++;
      const sheet = sheetOf(types, headings, iterator, rest => {
        more = rest;
      });
      yield { name: `xl/worksheets/sheet${count}.xml`, chunks: sheet };
    }
  } finally {
    await iterator.return?.(undefined);
  }
  for (const [name, text] of Object.entries(frame(title, count))) yield { name, chunks: only(head + text) };
}

async function* only(text: string) {
  yield text;
}

async function* sheetOf(
  types: CellType[],
  headings: readonly (string | null | undefined)[],
  lines: AsyncIterator<readonly (string | null | undefined)[]>,
  more: (rest: boolean) => void,
): AsyncGenerator<string> {
  let text = `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">`;
  text +=
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  text += `<cols><col min="1" max="${Math.max(1, headings.length)}" width="18" customWidth="1"/></cols><sheetData>`;
  text += `<row r="1">${headings.map((cell, at) => textCell(`${letters(at)}1`, cell ?? '', ' s="1"')).join('')}</row>`;
  for (let row = 2; row <= rowsOfSheet; row++) {
    const next = await lines.next();
    if (next.done) {
      more(false);
      break;
    }
    text += `<row r="${row}">`;
    for (const [at, cell] of next.value.entries())
      if (cell) text += cellOf(`${letters(at)}${row}`, cell, types[at] ?? 'text');
    text += '</row>';
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData></worksheet>`;
}

function cellOf(reference: string, cell: string, type: CellType): string {
  const number = type === 'number' ? Number(cell) : type === 'text' ? Number.NaN : serialOf(cell);
  return Number.isFinite(number)
    ? `<c r="${reference}"${styleOf[type]}><v>${number}</v></c>`
    : textCell(reference, cell, '');
}

function textCell(reference: string, cell: string, style: string): string {
  const text = escaped(neutral(cell).slice(0, mostLetters));
  return `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** The days since the end of 1899 that a spreadsheet counts in, of the time as it is written. */
function serialOf(text: string): number {
  const at = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19) || '00:00:00'}Z`);
  return at / 86_400_000 + 25_569;
}

function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/_x([\dA-Fa-f]{4})_/g, '_x005F_x$1_')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '_x000D_')
  );
}

function letters(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26);
}

function frame(title: string, count: number): Record<string, string> {
  const sheets = Array.from({ length: count }, (_, at) => at + 1);
  const name = (at: number) =>
    escaped(`${title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 25)}${at > 1 ? ` ${at}` : ''}`);
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets
      .map(at => `<sheet name="${name(at)}" sheetId="${at}" r:id="rId${at}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageNs}/relationships">${sheets
      .map(
        at => `<Relationship Id="rId${at}" Type="${office}/worksheet" Target="worksheets/sheet${at}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="rId${count + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    '_rels/.rels': `<Relationships xmlns="${packageNs}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${sheets
      .map(
        at => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${sheetType}.worksheet+xml"/>`,
      )
      .join('')}</Types>`,
  };
}
