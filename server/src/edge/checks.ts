// Holds what came in, and in tests what goes out, against the contract.
import type { ZodError, ZodType } from 'zod';
import type { Answer, Route } from '../http.ts';
import type { Problem } from '../problems.ts';

export type Fault = { path: string; message: string };

/** Reads JSON by a schema. */
export function parseJson(text: string, schema: ZodType): { value: unknown } | { faults: Fault[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: [{ path: '', message: 'the body is not JSON' }] };
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? { value: parsed.data } : { faults: faultsOf(parsed.error) };
}

/** What a schema found, at most fifty faults. */
export function faultsOf(error: ZodError, under?: string): Fault[] {
  return error.issues
    .slice(0, 50)
    .map(issue => ({ path: [...(under ? [under] : []), ...issue.path].join('.'), message: issue.message }));
}

export function invalid(faults: Fault[]): Problem {
  return { code: 'invalid', members: { faults } };
}

/** In tests every reply is held against the contract, so that OpenAPI stays true. */
export function checkReply(route: Route, answer: Answer): void {
  if ('problem' in answer || !('body' in answer)) return;
  const schema = route.endpoint.replies[answer.status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} answers an undeclared ${answer.status}`);
  if (schema === null || typeof schema === 'string') return;
  const parsed = schema.safeParse(JSON.parse(JSON.stringify(answer.body)));
  if (!parsed.success)
    throw new Error(`${route.method} ${route.path} breaks its contract: ${parsed.error.message}`);
}
