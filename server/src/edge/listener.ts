// Serves the API straight from the socket: what every request would pay for a framework's wrappings is saved. Anything
// out of the ordinary goes to the application, which knows every case; both ask the same gates.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { getQueryParam } from 'hono/utils/url';
import type { Gate, Gates } from '../gates.ts';
import type { Asked, Sent } from './exchange.ts';

/** Only paths that mean the same before and after decoding. */
const plainPath = /^\/api\/v1(?:\/[\w-]+)+$/;
const withoutBody = new Set(['GET', 'DELETE']);

type Found = { gate: Gate; params: Record<string, string> };

/** A listener for node:http in front of `application`. */
export function listener(gates: Gates, application: RequestListener): RequestListener {
  const find = finder(gates);
  return (incoming, outgoing) => {
    const url = incoming.url ?? '';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const found = plainPath.test(path) && isPlain(incoming) ? find(incoming.method ?? '', path) : null;
    if (!found || found.gate.raw) return application(incoming, outgoing);
    const asked = askedOf(incoming, { url, path, params: found.params });
    const { method } = found.gate.route;
    const attempt = (sent: Sent) => {
      try {
        send(outgoing, sent);
      } catch (error) {
        if (outgoing.headersSent) outgoing.destroy();
        else send(outgoing, gates.failed(error, { path, method }, gates.visitorOf(asked)));
      }
    };
    return found.gate.pass(asked).then(sent => together(() => attempt(sent)));
  };
}

let waiting: (() => void)[] = [];

/**
 * Writes the replies of one turn of the event loop in one go. A client that sleeps is woken once for all of them
 * rather than for each; on a small machine waking costs more than most requests.
 */
function together(write: () => void): void {
  if (waiting.push(write) === 1) setImmediate(writeAll);
}

function writeAll(): void {
  const now = waiting;
  waiting = [];
  for (const write of now) write();
}

/** No body, or one whose length is told. */
function isPlain(incoming: IncomingMessage): boolean {
  const { headers } = incoming;
  if (headers['transfer-encoding'] !== undefined || headers.host === undefined) return false;
  return headers['content-length'] !== undefined || withoutBody.has(incoming.method ?? '');
}

/** Finds gates by method and path: whole paths first, then those with parameters. */
function finder(gates: Gates): (method: string, path: string) => Found | null {
  const whole = new Map<string, Gate>();
  const parted = new Map<string, { gate: Gate; parts: string[] }[]>();
  for (const gate of gates.all) {
    const path = `/api/v1${gate.route.path}`;
    if (!path.includes('{')) whole.set(`${gate.route.method} ${path}`, gate);
    else {
      const parts = path.split('/');
      const key = `${gate.route.method} ${parts.length}`;
      parted.set(key, [...(parted.get(key) ?? []), { gate, parts }]);
    }
  }
  return (method, path) => {
    const gate = whole.get(`${method} ${path}`);
    if (gate) return { gate, params: {} };
    const given = path.split('/');
    for (const candidate of parted.get(`${method} ${given.length}`) ?? []) {
      const params = paramsIn(candidate.parts, given);
      if (params) return { gate: candidate.gate, params };
    }
    return null;
  };
}

function paramsIn(parts: string[], given: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

function askedOf(
  incoming: IncomingMessage,
  at: { url: string; path: string; params: Record<string, string> },
): Asked {
  return {
    path: at.path,
    header: name => {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    peer: incoming.socket.remoteAddress,
    local: incoming.socket.localAddress,
    query: () =>
      at.url.length === at.path.length ? {} : ((getQueryParam(at.url) ?? {}) as Record<string, string>),
    params: at.params,
    text: limit => textOf(incoming, limit),
    request: () => {
      throw new Error('a raw body is read by the application');
    },
  };
}

/** A body whose length was told; node:http lets no more of it through. */
function textOf(incoming: IncomingMessage, limit: number): Promise<string | null> {
  const length = Number(incoming.headers['content-length'] ?? 0);
  if (length > limit) return Promise.resolve(null);
  if (length === 0) return Promise.resolve('');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () =>
      resolve(decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))),
    );
    incoming.on('error', reject);
  });
}

const decoder = new TextDecoder();

function send(outgoing: ServerResponse, { status, headers, body }: Sent): void {
  if (body instanceof ReadableStream) {
    outgoing.writeHead(status, headers);
    const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    source.on('error', () => outgoing.destroy());
    outgoing.on('close', () => source.destroy());
    source.pipe(outgoing);
  } else if (body === null) {
    outgoing.writeHead(
      status,
      status === 204 || status === 304 ? headers : { ...headers, 'content-length': '0' },
    );
    outgoing.end();
  } else {
    const length = Buffer.byteLength(body);
    outgoing.writeHead(status, { ...headers, 'content-length': String(length) });
    // As one byte per character a text goes out in one piece with the head; large ones are not worth the copy.
    if (typeof body !== 'string') outgoing.end(body);
    else if (length === body.length) outgoing.end(body, 'latin1');
    else if (length > 16_384) outgoing.end(Buffer.from(body));
    else outgoing.end(Buffer.from(body).toString('latin1'), 'latin1');
  }
}
