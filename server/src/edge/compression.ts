// Compresses large replies for clients that take it; small ones are not worth it.
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Sent } from './exchange.ts';

const deflate = promisify(gzip);
const threshold = 4_096;
/** Not event streams: what waits to be compressed is not told yet. */
const worthwhile = /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]+\+)?json)/;

/** The reply in gzip where that is asked for and worth it; texts off the main thread, streams as they flow. */
export async function compressed(sent: Sent, acceptEncoding: string | undefined): Promise<Sent> {
  const { body } = sent;
  if (body === null || body instanceof Uint8Array || !takesGzip(acceptEncoding)) return sent;
  if (typeof body === 'string' && body.length < threshold) return sent;
  if (!worthwhile.test(String(sent.headers['content-type'] ?? ''))) return sent;
  const headers = { ...sent.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
  const { etag } = headers as Record<string, string | string[] | undefined>;
  // Two encodings of one record are equal in meaning, not byte by byte (RFC 9110 8.8.1).
  if (typeof etag === 'string' && !etag.startsWith('W/')) Object.assign(headers, { etag: `W/${etag}` });
  if (typeof body !== 'string') return { ...sent, headers, body: body.pipeThrough(gzipStream()) };
  return { ...sent, headers, body: await deflate(body, { level: constants.Z_BEST_SPEED }) };
}

/** Whether Accept-Encoding names gzip and does not refuse it with q=0. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  if (!acceptEncoding) return false;
  const found = /(?:^|[\s,])gzip\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/i.exec(acceptEncoding);
  return found !== null && Number(found[1] ?? 1) > 0;
}

// Node types the two ends of it for different kinds of bytes.
function gzipStream(): ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array> {
  return new CompressionStream('gzip') as unknown as ReadableWritablePair<
    Uint8Array<ArrayBuffer>,
    Uint8Array
  >;
}
