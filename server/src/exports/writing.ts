// Rows into bytes, format by format, piece by piece: no export is ever whole in memory.
import { calendarEvent, calendarFrame } from '../formats/calendar-writing.ts';
import { csvLine } from '../formats/cells.ts';
import { spreadsheet } from '../formats/spreadsheet-writing.ts';
import { vcard } from '../formats/vcard-writing.ts';
import type { By } from '../records/records.ts';
import type { Column, Style } from './columns.ts';
import type { Format } from './contract.ts';
import { type Exported, withoutHidden } from './objects.ts';

export type Source = { one: Exported; columns: Column[]; rows: AsyncIterable<unknown>; by: By; style: Style };

const piece = 65_536;

/** Lines of text put together into larger pieces. */
async function* gathered(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < piece) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

async function* cells({ columns, rows, style }: Source): AsyncGenerator<(string | null)[]> {
  yield columns.map(({ heading }) => heading[style.language]);
  for await (const row of rows) yield columns.map(({ cell }) => cell(row, style));
}

async function* csv(source: Source): AsyncGenerator<string> {
  // Spreadsheets take a file without the mark for one in their own character set.
  yield '\ufeff';
  for await (const line of cells(source)) yield csvLine(line);
}

async function* json({ one, columns, rows }: Source): AsyncGenerator<string> {
  for await (const row of rows) {
    const values: Record<string, unknown> = { object: one.object, id: (row as { id: string }).id };
    for (const { field, value } of columns) values[field] ??= value(row);
    yield `${JSON.stringify(values)}\n`;
  }
}

async function* cards({ one, rows, by }: Source): AsyncGenerator<string> {
  for await (const row of rows) if (one.card) yield vcard(one.card(withoutHidden(row, one, by)));
}

async function* calendar({ one, rows, by }: Source): AsyncGenerator<string> {
  yield calendarFrame.head;
  for await (const row of rows) {
    const planned = one.planned?.(withoutHidden(row, one, by));
    if (planned) yield calendarEvent(planned);
  }
  yield calendarFrame.tail;
}

/** The bytes of one object's rows in one format. */
export function written(format: Format, source: Source): AsyncGenerator<Buffer> {
  switch (format) {
    case 'csv':
      return gathered(csv(source));
    case 'jsonl':
      return gathered(json(source));
    case 'vcard':
      return gathered(cards(source));
    case 'ics':
      return gathered(calendar(source));
    case 'xlsx':
      return spreadsheet(
        source.one.names[source.style.language],
        source.columns.map(column => column.type),
        cells(source),
      );
  }
}

/** As a stream that is read as fast as it is taken; `closed` hears once whether the reader stayed to the end. */
export function streamed(
  chunks: AsyncIterable<Uint8Array>,
  closed: (complete: boolean) => Promise<void>,
): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let open = true;
  const close = async (complete: boolean) => {
    if (open) await closed(complete);
    open = false;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (!next.done) return controller.enqueue(next.value);
          await close(true);
          controller.close();
        } catch (error) {
          await close(false);
          throw error;
        }
      },
      async cancel() {
        await iterator.return?.(undefined);
        await close(false);
      },
    },
    { highWaterMark: 0 },
  );
}
