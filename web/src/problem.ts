// What can go wrong with a call, as two errors: the server said no (Problem) or could not be reached (Unreachable).
import type { Lock } from './calls.ts';

type ProblemBody = {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  lock?: Lock;
  correlationId?: string;
} & Record<string, unknown>;

/** The server's refusal (RFC 9457), with its wording already in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly lock: Lock | null;
  readonly correlationId: string | null;
  /** Seconds to wait before trying again, where waiting helps. */
  readonly retryAfter: number | null;
  /** Every member the server sent, for those that belong to one call only (`flow`, `deviceKnown`, `current`). */
  readonly members: Record<string, unknown>;

  constructor(status: number, body: ProblemBody, retryAfter: number | null) {
    super(body.detail ?? body.title ?? body.code ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.lock = body.lock ?? null;
    this.correlationId = body.correlationId ?? null;
    this.retryAfter = retryAfter;
    this.members = body;
  }

  /** On a 412 the record as it stands on the server now. */
  get current(): unknown {
    return this.members.current ?? null;
  }
}

/** No answer came: network lost, server away or too slow. Never counted as a failure by the server. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server could not be reached', { cause });
    this.name = 'Unreachable';
  }
}

/** Why a password that was to be set will not do, in the reader's language; null for every other error. */
export function weakPassword(error: unknown): string | null {
  return error instanceof Problem && error.code === 'password-too-weak' ? error.detail : null;
}

/** Reads a refusal out of a reply, whatever stands in it. */
export async function readProblem(reply: Response): Promise<Problem> {
  const body: unknown = await reply.json().catch(() => null);
  return new Problem(reply.status, isRecord(body) ? body : {}, seconds(reply.headers.get('retry-after')));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Retry-After` as seconds from now, given as a number or as a date. */
function seconds(header: string | null): number | null {
  if (header === null) return null;
  const number = Number(header);
  if (Number.isFinite(number)) return Math.max(0, number);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
