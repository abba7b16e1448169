// The HTTP application around the gates: every case of HTTP, the OpenAPI document, and what has no address.
import { type Context, Hono } from 'hono';
import { type Asked, asResponse } from './edge/exchange.ts';
import { bodyText } from './edge/guard.ts';
import { openApi } from './edge/openapi.ts';
import { apiHeaders } from './edge/replies.ts';
import { type Doors, type Gates, openGates } from './gates.ts';
import type { Route } from './http.ts';
import type { Installation } from './world.ts';

export type { Doors } from './gates.ts';

export type Bindings = { incoming?: { socket: Socket }; address?: string };
type Socket = { remoteAddress?: string; localAddress?: string };
type Edge = Context<{ Bindings: Bindings }>;

/** Builds the application from the rooms' routes. */
export function buildApp(
  installation: Installation,
  routes: Route[],
  doors: Doors,
  version: string,
  gates: Gates = openGates(installation, routes, doors),
) {
  const { config } = installation;
  const app = new Hono<{ Bindings: Bindings }>();
  for (const { route, pass } of gates.all)
    app.on(route.method, `/api/v1${honoPath(route.path)}`, async c => asResponse(await pass(askedOf(c))));

  const document = JSON.stringify(openApi(routes, { version, url: config.url }));
  const headers = { ...apiHeaders(config.secure), 'content-type': 'application/json' };
  app.get('/api/v1/openapi.json', () => new Response(document, { headers }));

  app.all('/api/*', c => {
    const offered = routes.filter(r => matches(r.path, c.req.path)).map(r => r.method);
    const code = offered.length > 0 ? 'wrong-method' : 'no-such-address';
    const allow: Record<string, string> = offered.length > 0 ? { allow: offered.join(', ') } : {};
    return asResponse(gates.refused({ code }, gates.visitorOf(askedOf(c)), allow));
  });

  app.onError((error, c) =>
    asResponse(gates.failed(error, { path: c.req.path, method: c.req.method }, gates.visitorOf(askedOf(c)))),
  );

  return app;
}

function askedOf(c: Edge): Asked {
  return {
    path: c.req.path,
    header: name => c.req.header(name),
    peer: c.env?.incoming?.socket.remoteAddress,
    local: c.env?.incoming?.socket.localAddress,
    address: c.env?.address,
    query: () => c.req.query(),
    params: c.req.param() as Record<string, string>,
    text: limit => bodyText(c.req.raw, limit),
    request: () => c.req.raw,
  };
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
