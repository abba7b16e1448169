// Refuses what no page of ours and no honest client sends: foreign hosts, foreign origins, other content types.
import { isIP } from 'node:net';
import type { Problem } from '../problems.ts';

/**
 * Checks the Host header: the configured one, loopback names, and the very address the connection came in on. Links
 * never use it anyway; this keeps rebound names out (L20).
 */
export function hostGuard(url: string) {
  const own = new URL(url).host;
  const problem: Problem = { code: 'foreign-host', words: { url } };
  return (host: string | null | undefined, localAddress: string | undefined): Problem | null => {
    if (host === own || host === undefined || host === null) return null;
    const name = host.replace(/:\d{1,5}$/, '').toLowerCase();
    if (name === 'localhost' || name === '[::1]') return null;
    if (isIP(name) === 4 && (name.startsWith('127.') || name === localAddress?.replace(/^::ffff:/, '')))
      return null;
    return problem;
  };
}

/** A write may come from our own pages or from no browser at all (no Origin and no Sec-Fetch-Site). */
export function originGuard(url: string) {
  const own = new URL(url).origin;
  return (
    origin: string | null | undefined,
    fetchSite: string | null | undefined,
    host: string,
  ): Problem | null => {
    if (fetchSite && fetchSite !== 'same-origin' && fetchSite !== 'none') return { code: 'foreign-origin' };
    if (!origin || origin === own) return null;
    try {
      // The page came from the very host that it now speaks to, and the host guard has let that name through.
      if (new URL(origin).host === host) return null;
    } catch {
      // "null" and nonsense are foreign.
    }
    return { code: 'foreign-origin' };
  };
}

/** Whether a Content-Type says JSON. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

/** Reads a body as text, at most `limit` bytes; null when it is larger, whatever Content-Length says. */
export async function bodyText(request: Request, limit: number): Promise<string | null> {
  const declared = request.headers.get('content-length');
  if (declared !== null) {
    if (Number(declared) > limit) return null;
    return request.text();
  }
  return (await bodyBytes(request, limit))?.toString('utf8') ?? null;
}

/** Reads a body as bytes, at most `limit` of them; null when it is larger, whatever Content-Length says. */
export async function bodyBytes(request: Request, limit: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
