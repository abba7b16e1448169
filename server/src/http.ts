// The HTTP edge: binds a room's contract to its handlers; checks, words and headers are settled here once.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  type Action,
  type Grant,
  isGrantable,
  type ObjectType,
  type Reach,
  type RolePolicy,
  type Shares,
} from './permissions.ts';
import type { Language, Problem } from './problems.ts';
import type { World } from './world.ts';

/** What a room promises about one address; written in its contract.ts as plain data over zod. */
export type Endpoint = {
  readonly summary: string;
  /** Who may call: anybody, anybody signed in, or whoever may do that to such objects. */
  readonly access: 'public' | 'person' | readonly [Action, ObjectType];
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is not JSON: the handler reads the request itself. */
  readonly raw?: { readonly type: string | readonly string[]; readonly limit: number };
  /** Pages of other sites may call: the handler is told whose they are and decides. Such a call has no session. */
  readonly foreign?: true;
  /** Replies by status; null for an empty one, a text for another media type. */
  readonly replies: { readonly [status: number]: z.ZodType | null | string };
  /**
   * An Idempotency-Key is not honoured: the tries behind it are counted, which rolling a refusal back would undo, or its
   * reply holds a secret, which must not be kept. Minting routes are so anyway.
   */
  readonly unkept?: true;
  /**
   * Delicate: wants its caller to have shown himself within half an hour, in this browser and network (ASVS 5.0 7.5.3,
   * 8.2.4); with a member named only where the body has it so.
   */
  readonly fresh?: true | { readonly member: string; readonly is: string };
  /** Open to a session that a lock holds back as well: it is how the lock is lifted, or how one leaves. */
  readonly whileHeld?: true;
  /** Called by the page itself, not by the hand of whoever sits there: does not keep a session from becoming idle. */
  readonly unasked?: true;
  /** May open a session or hand out what opens one; such routes alone receive a permit (L5). */
  readonly mints?: true;
};

export type Contract = Readonly<Record<string, Endpoint>>;

/** The person behind a session. */
export type Me = {
  id: string;
  name: string;
  email: string;
  role: 'administrator' | 'manager' | 'rep' | 'auditor';
  teamId: string | null;
  language: Language;
  sessionId: string;
  deviceId: string | null;
  /** What this person may do beyond the role; absent for most. */
  grants?: readonly Grant[];
  /** What the workspace has made of the role; absent where it is as it comes. */
  policy?: RolePolicy;
  /** Records shared with this person beside what his reach holds; absent for most. */
  shares?: Shares;
  /** The lock that holds this session back from all but what lifts it. */
  held?: Held;
};

/** Cause of a lock, and since when (ISO 8601). */
export type Held = { cause: string; since: string };

/** Where a request comes from, as far as it can be known. */
export type Visitor = {
  address: string;
  language: Language;
  correlationId: string;
  userAgent: string;
  /** SHA-256 of the secret in the device cookie. */
  browser: Buffer | null;
};

/** Proof that the route was declared as one that mints sessions; made in this file only. */
export class MintPermit {
  readonly route: string;
  constructor(route: string) {
    this.route = route;
  }
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** One checked request on its way to a handler. */
export type Call<E extends Endpoint = Endpoint> = {
  world: World;
  visitor: Visitor;
  me: E['access'] extends 'public' ? Me | null : Me;
  /** How far the permission reaches; `all` where none was asked for. */
  reach: Reach;
  /** What is done, where a permission was asked for. */
  action: Action | null;
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  body: Parsed<E['body']>;
  /** The version of `If-Match: "v7"`, or null. */
  ifMatch: number | null;
  /** The origin of another site's page that calls, where the endpoint takes such calls; else null. */
  foreign: string | null;
  /** A header of the request, by its name in lower case: for routes that answer about the request itself. */
  header: (name: string) => string | null | undefined;
  /** The request itself, where the endpoint reads a raw body. */
  request: E['raw'] extends object ? Request : null;
  /** Where the endpoint reads a raw body: writes what came of it, in one transaction with the Idempotency-Key if any. */
  once: E['raw'] extends object ? (write: (at: World) => Promise<Answer<E>>) => Promise<Answer<E>> : null;
  permit: E['mints'] extends true ? MintPermit : null;
};

type Replies<E extends Endpoint> = {
  [S in keyof E['replies'] & number]: E['replies'][S] extends z.ZodType
    ? { status: S; body: z.input<E['replies'][S]> }
    : E['replies'][S] extends string
      ? { status: S; stream: ReadableStream<Uint8Array> | string; type?: string }
      : { status: S };
}[keyof E['replies'] & number];

type Extras = { headers?: Record<string, string>; cookies?: string[] };
export type Refusal = { problem: Problem } & Extras;
export type Answer<E extends Endpoint = Endpoint> = (Replies<E> & Extras) | Refusal;

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Answer<E>>;

export type Route = { method: string; path: string; endpoint: Endpoint; handle: Handler<Endpoint> };

type Handlers<C extends Contract> = { [K in keyof C]: Handler<C[K]> };

/**
 * Binds every endpoint of a contract to a handler: `bind(contract)({'GET /x': …})`; a missing or surplus one does not
 * compile. In two calls, so that each handler is checked against its own endpoint's literal statuses.
 */
export function bind<const C extends Contract>(contract: C) {
  return (handlers: Handlers<C>): Route[] =>
    Object.entries(contract).map(([key, endpoint]) => {
      const [method = '', path = ''] = key.split(' ');
      return { method, path, endpoint, handle: handlers[key] as unknown as Handler<Endpoint> };
    });
}

/** An answer that is a problem. */
export function refuse(
  code: Problem['code'],
  more: Omit<Problem, 'code'> = {},
  extras: Extras = {},
): Refusal {
  return { problem: { code, ...more }, ...extras };
}

/** A refusal for want of a permission; `wants` is what may be asked for, where it may. */
export function notAllowed(action: Action, object: ObjectType): Problem {
  const wants = isGrantable(action, object) ? { wants: { action, object } } : {};
  return { code: 'not-allowed', members: wants };
}

/** The `ETag` of a record's version. */
export function etag(version: number): string {
  return `"v${version}"`;
}

/** Reads `If-Match: "v7"`; null for none and for `*`, -1, which no record has, for anything else (RFC 9110 13.1.1). */
export function versionIn(header: string | null | undefined): number | null {
  if (!header || header.trim() === '*') return null;
  const found = /^(?:W\/)?"v(\d{1,9})"$/.exec(header.trim());
  return found ? Number(found[1]) : -1;
}

/** A fingerprint of a request for Idempotency-Key: the same key with another request is a mistake. */
export function fingerprint(method: string, path: string, body: string): Buffer {
  return createHash('sha256').update(`${method}\n${path}\n${body}`).digest();
}
