// CSV files on their way out: in pieces, as fast as they are read, with a byte order mark for spreadsheets.
import { csvLine } from './cells.ts';

export type Line = readonly (string | null | undefined)[];

const piece = 32_768;

/** The lines as UTF-8; `closed` hears once how many lines went out and whether the reader stayed to the end. */
export function csvStream(
  lines: AsyncIterable<Line>,
  closed: (count: number, complete: boolean) => Promise<void> = async () => {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
  let text = '\ufeff';
  let count = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (text.length < piece) {
          const next = await iterator.next().catch(async error => {
            await closed(count, false);
            throw error;
          });
          if (next.done) {
            await closed(count, true);
            if (text) controller.enqueue(encoder.encode(text));
            controller.close();
            return;
          }
          text += csvLine(next.value);
          count++;
        }
        controller.enqueue(encoder.encode(text));
        text = '';
      },
      async cancel() {
        await iterator.return?.(undefined);
        await closed(count, false);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Headers for a file to be saved under that name, which may hold any character (RFC 6266, RFC 8187). */
export function saveAs(name: string): Record<string, string> {
  const ascii = name.replace(/[^\w. -]+/g, '_');
  return {
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
  };
}
