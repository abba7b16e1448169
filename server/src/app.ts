// The HTTP application: every request passes the same gates in the same order before it reaches a room.
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { DatabaseError } from 'pg';
import type { ZodError, ZodType } from 'zod';
import { cookieNames } from './cookies.ts';
import { bodyText, hostGuard, isJson, originGuard } from './edge/guard.ts';
import { once, type Stored } from './edge/idempotency.ts';
import { openApi } from './edge/openapi.ts';
import { addressReader, browserHash, cookieIn, languageOf } from './edge/visitor.ts';
import { type Answer, type Call, type Me, MintPermit, type Route, type Visitor, versionIn } from './http.ts';
import { may, type Reach } from './permissions.ts';
import { type Problem, problemDocument, statusOf } from './problems.ts';
import { type Installation, type World, worldOf } from './world.ts';

/** What the application needs to know that lies in rooms above the edge. */
export type Doors = {
  /** The workspace that a visitor without a session has come to; null before set-up. */
  workspace: () => Promise<string | null>;
  /** The session behind a cookie, if it stands. */
  session: (token: string) => Promise<{ workspaceId: string; me: Me } | null>;
};

export type Bindings = { incoming?: { socket: Socket }; address?: string };
type Socket = { remoteAddress?: string; localAddress?: string };
type Edge = Context<{ Bindings: Bindings }>;

const jsonLimit = 1_048_576;
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const apiHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Builds the application from the rooms' routes. */
export function buildApp(installation: Installation, routes: Route[], doors: Doors, version: string) {
  const { config, log } = installation;
  const app = new Hono<{ Bindings: Bindings }>();
  const names = cookieNames(config.secure);
  const addressOf = addressReader(config.trustedProxies);
  const guardHost = hostGuard(config.url);
  const guardOrigin = originGuard(config.url);
  const headers = config.secure
    ? { ...apiHeaders, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
    : apiHeaders;
  const boot = installation.random.bytes(5).toString('hex');
  let count = 0;

  const visitorOf = (c: Edge): Visitor => ({
    address:
      c.env?.address ?? addressOf(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for')),
    language: languageOf(c.req.header('accept-language')),
    correlationId: `${boot}-${(++count).toString(36)}`,
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 400),
    browser: browserHash(cookieIn(c.req.header('cookie'), names.device)),
  });

  const reply = (answer: Answer, visitor: Visitor): Response => {
    if ('problem' in answer)
      return problemReply(answer.problem, visitor, { ...answer.headers }, answer.cookies);
    const all: Record<string, string> = { ...headers, ...answer.headers };
    let body: string | ReadableStream | null = null;
    if ('stream' in answer) {
      body = answer.stream as string | ReadableStream;
      all['content-type'] ??= (answer as { type?: string }).type ?? 'application/octet-stream';
    } else if ('body' in answer) {
      body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      all['content-type'] = 'application/json; charset=utf-8';
    }
    return withCookies(new Response(body, { status: answer.status, headers: all }), answer.cookies);
  };

  const problemReply = (
    problem: Problem,
    visitor: Visitor,
    extra: Record<string, string> = {},
    cookies?: string[],
  ): Response => {
    const all: Record<string, string> = {
      ...headers,
      ...extra,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': visitor.language,
    };
    if (problem.retryAfter !== undefined)
      all['retry-after'] = String(Math.max(1, Math.ceil(problem.retryAfter)));
    const document = problemDocument(problem, visitor.language, visitor.correlationId);
    return withCookies(
      new Response(JSON.stringify(document), { status: statusOf(problem.code), headers: all }),
      cookies,
    );
  };

  app.use('/api/v1/*', compress({ threshold: 4_096 }));

  for (const route of routes) app.on(route.method, `/api/v1${honoPath(route.path)}`, gate(route));

  function gate(route: Route) {
    const { endpoint } = route;
    const isWrite = writes.has(route.method);
    const permit = endpoint.mints ? new MintPermit(`${route.method} ${route.path}`) : null;
    return async (c: Edge): Promise<Response> => {
      const visitor = visitorOf(c);
      const header = (name: string) => c.req.header(name);
      const foreign = guardHost(header('host'), c.env?.incoming?.socket.localAddress);
      if (foreign) return problemReply(foreign, visitor);
      if (isWrite) {
        const crossed = guardOrigin(header('origin'), header('sec-fetch-site'), header('host') ?? '');
        if (crossed) return problemReply(crossed, visitor);
      }
      const token = cookieIn(header('cookie'), names.session);
      const found = token ? await doors.session(token) : null;
      const me = found?.me ?? null;
      if (me && !header('accept-language')) visitor.language = me.language;
      let reach: Reach = 'all';
      if (endpoint.access !== 'public') {
        if (!me) return problemReply({ code: 'signed-out' }, visitor);
        if (endpoint.access !== 'person') {
          reach = may(me, endpoint.access[0], endpoint.access[1]);
          if (reach === 'none') return problemReply({ code: 'not-allowed' }, visitor);
        }
      }
      const workspaceId = found?.workspaceId ?? (await doors.workspace()) ?? '';
      const world = worldOf(installation, workspaceId);

      let body: unknown;
      let text = '';
      if (endpoint.body) {
        if (!isJson(header('content-type'))) return problemReply({ code: 'not-json' }, visitor);
        const read = await bodyText(c.req.raw, jsonLimit);
        if (read === null) return problemReply({ code: 'too-large', words: { limit: jsonLimit } }, visitor);
        text = read;
        const parsed = parseJson(text, endpoint.body);
        if ('faults' in parsed) return problemReply(invalid(parsed.faults), visitor);
        body = parsed.value;
      } else if (isWrite && !endpoint.raw && header('content-length') && header('content-length') !== '0') {
        if (!isJson(header('content-type'))) return problemReply({ code: 'not-json' }, visitor);
      }
      const query = endpoint.query?.safeParse(c.req.query());
      if (query && !query.success) return problemReply(invalid(faultsOf(query.error, 'query')), visitor);
      const params = endpoint.params?.safeParse(c.req.param());
      if (params && !params.success) return problemReply({ code: 'not-found' }, visitor);

      const call = (at: World): Call =>
        ({
          world: at,
          visitor,
          me,
          reach,
          params: params?.data,
          query: query?.data,
          body,
          ifMatch: versionIn(header('if-match')),
          request: c.req.raw,
          permit,
        }) as Call;
      const key = isWrite && me && !endpoint.raw ? header('idempotency-key') : undefined;
      if (!key || !me) {
        const answer = await route.handle(call(world));
        if (config.checkReplies) checkReply(route, answer);
        return reply(answer, visitor);
      }
      if (key.length > 200)
        return problemReply(invalid([{ path: 'Idempotency-Key', message: 'too long' }]), visitor);
      const input = { ownerId: me.id, key, method: route.method, path: c.req.path, body: text };
      const outcome = await once(world, input, async tx => {
        const answer = await route.handle(call(tx));
        if (config.checkReplies) checkReply(route, answer);
        return store(reply(answer, visitor));
      });
      if ('problem' in outcome) return problemReply(outcome.problem, visitor);
      return new Response(outcome.body, { status: outcome.status, headers: outcome.headers });
    };
  }

  const document = JSON.stringify(openApi(routes, { version, url: config.url }));
  app.get(
    '/api/v1/openapi.json',
    () => new Response(document, { headers: { ...headers, 'content-type': 'application/json' } }),
  );

  app.all('/api/*', c => {
    const offered = routes.filter(r => matches(r.path, c.req.path)).map(r => r.method);
    const code = offered.length > 0 ? 'wrong-method' : 'no-such-address';
    return problemReply({ code }, visitorOf(c), offered.length > 0 ? { allow: offered.join(', ') } : {});
  });

  app.onError((error, c) => {
    const visitor = visitorOf(c);
    const away = isAway(error);
    log.error(
      { correlationId: visitor.correlationId, path: c.req.path, method: c.req.method, err: error },
      'request failed',
    );
    return away
      ? problemReply({ code: 'database-away', retryAfter: 2 }, visitor)
      : problemReply({ code: 'unexpected' }, visitor);
  });

  return app;
}

function withCookies(response: Response, cookies: string[] | undefined): Response {
  for (const cookie of cookies ?? []) response.headers.append('set-cookie', cookie);
  return response;
}

async function store(response: Response): Promise<Stored> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ? await response.text() : null,
  };
}

type Fault = { path: string; message: string };

function parseJson(text: string, schema: ZodType): { value: unknown } | { faults: Fault[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: [{ path: '', message: 'the body is not JSON' }] };
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? { value: parsed.data } : { faults: faultsOf(parsed.error) };
}

function faultsOf(error: ZodError, under?: string): Fault[] {
  return error.issues
    .slice(0, 50)
    .map(issue => ({ path: [...(under ? [under] : []), ...issue.path].join('.'), message: issue.message }));
}

function invalid(faults: Fault[]): Problem {
  return { code: 'invalid', members: { faults } };
}

function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function matches(pattern: string, path: string): boolean {
  const expected = `/api/v1${pattern}`.split('/');
  const given = path.split('/');
  return (
    expected.length === given.length && expected.every((part, i) => part.startsWith('{') || part === given[i])
  );
}

function isAway(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|57P0|53300)/.test(error.code ?? '');
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(String(error))
  );
}

/** In tests every reply is held against the contract, so that OpenAPI stays true. */
function checkReply(route: Route, answer: Answer): void {
  if ('problem' in answer || !('body' in answer)) return;
  const schema = route.endpoint.replies[answer.status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} answers an undeclared ${answer.status}`);
  if (schema === null || typeof schema === 'string') return;
  const parsed = schema.safeParse(JSON.parse(JSON.stringify(answer.body)));
  if (!parsed.success)
    throw new Error(`${route.method} ${route.path} breaks its contract: ${parsed.error.message}`);
}
