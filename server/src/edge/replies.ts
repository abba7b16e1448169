// Turns a room's answer, or a problem, into a reply with the headers that all of them carry.
import type { Answer, Visitor } from '../http.ts';
import { type Problem, problemText, statusOf } from '../problems.ts';
import { version } from '../version.ts';
import type { Sent } from './exchange.ts';
import type { Stored } from './idempotency.ts';

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Pages compare it with their own, to know that they are older than the server (A19).
  'latchkey-version': version,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** The headers of every reply of the API. */
export function apiHeaders(secure: boolean): Record<string, string> {
  return secure ? { ...always, 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : always;
}

export type Replies = {
  answered: (answer: Answer, visitor: Visitor) => Sent;
  refused: (problem: Problem, visitor: Visitor, extra?: Record<string, string>, cookies?: string[]) => Sent;
};

/** How this installation replies. */
export function makeReplies(secure: boolean): Replies {
  const headers = apiHeaders(secure);

  const refused: Replies['refused'] = (problem, visitor, extra, cookies) => {
    const all: Sent['headers'] = {
      ...headers,
      ...extra,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': visitor.language,
    };
    if (problem.retryAfter !== undefined)
      all['retry-after'] = String(Math.max(1, Math.ceil(problem.retryAfter)));
    if (cookies && cookies.length > 0) all['set-cookie'] = cookies;
    const body = problemText(problem, visitor.language, visitor.correlationId);
    return { status: statusOf(problem.code), headers: all, body };
  };

  const answered: Replies['answered'] = (answer, visitor) => {
    if ('problem' in answer) return refused(answer.problem, visitor, answer.headers, answer.cookies);
    const all: Sent['headers'] = { ...headers, ...answer.headers };
    let body: Sent['body'] = null;
    if ('stream' in answer) {
      body = answer.stream as string | ReadableStream<Uint8Array>;
      all['content-type'] ??= (answer as { type?: string }).type ?? 'application/octet-stream';
    } else if ('body' in answer) {
      body = typeof answer.body === 'string' ? answer.body : textOf(answer.body);
      all['content-type'] = 'application/json; charset=utf-8';
    }
    if (answer.cookies && answer.cookies.length > 0) all['set-cookie'] = answer.cookies;
    return { status: answer.status, headers: all, body };
  };

  return { answered, refused };
}

const texts = new WeakMap<object, string>();

/** A body that is frozen is the same whenever it is sent, and is written out once. */
function textOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !Object.isFrozen(body)) return JSON.stringify(body);
  const known = texts.get(body);
  if (known !== undefined) return known;
  const text = JSON.stringify(body);
  texts.set(body, text);
  return text;
}

/** A reply as it is kept for a repeated request; cookies are for the first one alone. */
export async function kept({ status, headers, body }: Sent): Promise<Stored> {
  const single = Object.entries(headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  const text = body === null || typeof body === 'string' ? body : await new Response(body).text();
  return { status, headers: Object.fromEntries(single), body: text };
}
