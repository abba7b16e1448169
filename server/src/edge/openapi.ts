// OpenAPI 3.1, generated from the contracts that the routes are bound to.
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Endpoint, Route } from '../http.ts';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    correlationId: z.string(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457 problem details; a lock is told in the member `lock`.' });

/** The document that /api/v1/openapi.json serves. */
export function openApi(routes: Route[], input: { version: string; url: string }) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path}`;
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(route);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version: input.version,
      description: 'A self-hosted CRM that keeps attackers out without ever locking the team out.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: input.url }],
    security: [{ session: [] }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'latchkey' } },
    },
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const { endpoint } = route;
  return {
    operationId: operationId(route),
    summary: endpoint.summary,
    tags: [route.path.split('/')[1] ?? 'latchkey'],
    ...(endpoint.access === 'public' ? { security: [] } : {}),
    ...(endpoint.query || endpoint.params
      ? {
          requestParams: {
            ...(endpoint.query ? { query: endpoint.query } : {}),
            ...(endpoint.params ? { path: endpoint.params } : {}),
          },
        }
      : {}),
    ...requestBody(endpoint),
    responses: {
      ...Object.fromEntries(
        Object.entries(endpoint.replies).map(([status, reply]) => [status, response(reply)]),
      ),
      default: { description: 'A problem', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}

function requestBody(endpoint: Endpoint) {
  if (endpoint.body)
    return { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } };
  if (endpoint.raw)
    return {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          [endpoint.raw.type].flat().map(type => [type, { schema: shapeOf(type) }]),
        ),
      },
    };
  return {};
}

/** Fields of any name where the type has fields; bytes elsewhere. */
function shapeOf(type: string) {
  return /json|form/.test(type)
    ? { type: 'object' as const, additionalProperties: true }
    : { type: 'string' as const, format: 'binary' };
}

function response(reply: z.ZodType | null | string) {
  if (reply === null) return { description: 'Done' };
  if (typeof reply === 'string')
    return { description: 'Done', content: { [reply]: { schema: { type: 'string' as const } } } };
  return { description: 'Done', content: { 'application/json': { schema: reply } } };
}

function operationId(route: Route): string {
  const words = route.path.replace(/[{}]/g, '').split(/[/-]/).filter(Boolean);
  return [
    route.method.toLowerCase(),
    ...words.map(word => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
}
