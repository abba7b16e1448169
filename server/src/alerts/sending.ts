// One POST to a foreign system: 10 seconds, no redirects, at most 64 kB read of what it answers.
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Forbidden, guardedLookup, urlFault } from './destinations.ts';

export type Outgoing = {
  url: string;
  body: string;
  headers: Record<string, string>;
  ownNetwork: boolean;
  /** Asks for a name's addresses; the system does, unless a test stands in for it. */
  ask?: LookupFunction;
};
export type Came = { kind: 'reply'; status: number; body: string } | { kind: 'problem'; problem: string };

const timeoutMs = 10_000;
const readAtMost = 64 * 1_024;

/** Sends it once. A redirect is a reply like any other, as following it would lead where nobody agreed to. */
export async function send(outgoing: Outgoing): Promise<Came> {
  const { url, body, headers, ownNetwork, ask } = outgoing;
  const fault = urlFault(url, ownNetwork);
  if (fault) return { kind: 'problem', problem: fault };
  const request = url.startsWith('https:') ? requestTls : requestPlain;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise(resolve => {
    const fail = (error: Error) => resolve({ kind: 'problem', problem: problemOf(error, signal.aborted) });
    const call = request(url, {
      method: 'POST',
      agent: false,
      lookup: guardedLookup(ownNetwork, ask),
      signal,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'Latchkey-Webhook',
        ...headers,
      },
    });
    call.on('error', fail);
    call.on('response', response => {
      const chunks: Buffer[] = [];
      let read = 0;
      const finish = () =>
        resolve({
          kind: 'reply',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).subarray(0, readAtMost).toString('utf8'),
        });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        read += chunk.length;
        if (read < readAtMost) return;
        finish();
        response.destroy();
      });
      response.on('end', finish);
      response.on('error', fail);
    });
    call.end(body);
  });
}

function problemOf(error: Error, timedOut: boolean): string {
  if (timedOut) return 'timeout';
  if (error instanceof Forbidden) return error.fault;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no-such-host';
  return code ? `connection: ${code}` : 'connection';
}
