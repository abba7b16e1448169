// The small parts of a spreadsheet (ECMA-376): which sheets there are, its shared texts, which styles are dates.
import { SaxesParser } from 'saxes';
import { FileFault } from './faults.ts';
import type { Zip } from './zip-reading.ts';

/** Letters that shared texts may come to, so that a file cannot fill the memory. */
const mostLetters = 96 * 1_048_576;

export type Handler = {
  open?: (name: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** Reads XML in pieces; `handler` hears of elements by their local names. True after every piece. */
export async function* elements(
  chunks: AsyncIterable<Uint8Array>,
  handler: Handler,
): AsyncGenerator<void, void> {
  const parser = new SaxesParser({ position: false });
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', () => {
    throw new FileFault('archive-broken');
  });
  parser.on('opentag', tag => handler.open?.(local(tag.name), tag.attributes as Record<string, string>));
  if (handler.text) parser.on('text', handler.text);
  parser.on('closetag', tag => handler.close?.(local(tag.name)));
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.close();
}

async function walk(chunks: AsyncIterable<Uint8Array> | null, handler: Handler): Promise<void> {
  if (!chunks) return;
  for await (const _ of elements(chunks, handler));
}

export type Workbook = { sheets: string[]; is1904: boolean; texts: string[]; isDate: boolean[] };

/** Everything but the rows; `sheets` are paths of those that can be seen, in their order. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const targets = new Map<string, string>();
  await walk(zip.read('xl/_rels/workbook.xml.rels'), {
    open(name, { Id = '', Target = '' }) {
      if (name === 'Relationship') targets.set(Id, Target);
    },
  });
  const sheets: string[] = [];
  let is1904 = false;
  await walk(zip.read('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const target = targets.get(id);
      if (target) sheets.push(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  if (sheets.length === 0) throw new FileFault('no-sheet');
  return { sheets, is1904, texts: await sharedTexts(zip), isDate: await dateStyles(zip) };
}

async function sharedTexts(zip: Zip): Promise<string[]> {
  const texts: string[] = [];
  let letters = 0;
  let text = '';
  let depth: 'none' | 'text' | 'reading' = 'none';
  await walk(zip.read('xl/sharedStrings.xml'), {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') depth = 'reading';
      else if (name === 't' && depth !== 'reading') depth = 'text';
    },
    text(piece) {
      if (depth === 'text') text += piece;
    },
    close(name) {
      if (name === 'rPh' || (name === 't' && depth === 'text')) depth = 'none';
      if (name !== 'si') return;
      letters += text.length;
      if (letters > mostLetters) throw new FileFault('too-large-inside');
      texts.push(text);
    },
  });
  return texts;
}

// ECMA-376 part 1, 18.8.30: numbers of formats that are dates or times everywhere or in East Asia.
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

async function dateStyles(zip: Zip): Promise<boolean[]> {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  await walk(zip.read('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt') {
        const code = (attributes.formatCode ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
        own.set(Number(attributes.numFmtId), /[ymdhs年月日时]/i.test(code) && !/general/i.test(code));
      }
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      styles.push(own.get(id) ?? isBuiltInDate(id));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}
