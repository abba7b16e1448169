// The gates: every request to the API passes the same checks in the same order before it reaches a room.
import { DatabaseError } from 'pg';
import { cookieNames } from './cookies.ts';
import { checkReply, faultsOf, invalid, parseJson } from './edge/checks.ts';
import { compressed } from './edge/compression.ts';
import type { Asked, Sent } from './edge/exchange.ts';
import { hostGuard, isJson, originGuard } from './edge/guard.ts';
import { once, type Stored } from './edge/idempotency.ts';
import { kept, makeReplies, type Replies } from './edge/replies.ts';
import { noteUnnamedProxy } from './edge/unnamed-proxy.ts';
import { addressReader, browserHash, cookieIn, languageOf } from './edge/visitor.ts';
import { fixedWritten, hiddenAsked, namesOwner } from './field-rules.ts';
import {
  type Answer,
  type Call,
  type Endpoint,
  type Held,
  type Me,
  MintPermit,
  notAllowed,
  type Route,
  type Visitor,
  versionIn,
} from './http.ts';
import { type Action, may, type ObjectType, type Reach } from './permissions.ts';
import type { Language, Problem } from './problems.ts';
import { type Installation, type World, worldOf } from './world.ts';

/** What the gates need to know that lies in rooms above the edge. */
export type Doors = {
  /** The workspace that a visitor without a session has come to; null before set-up. */
  workspace: () => Promise<string | null>;
  /** The session behind a cookie, if it stands. */
  session: (token: string, unasked?: boolean) => Promise<{ workspaceId: string; me: Me } | null>;
  /** Whether whoever is behind a session has shown himself lately, from here. */
  fresh: (world: World, me: Me, visitor: Visitor) => Promise<boolean>;
  /** What a session is told that a lock holds back. */
  heldBack: (held: Held, language: Language) => Problem;
};

/** One route behind its checks; `pass` never throws. */
export type Gate = { route: Route; raw: boolean; pass: (asked: Asked) => Promise<Sent> };

export type Gates = {
  all: Gate[];
  visitorOf: (asked: Asked) => Visitor;
  refused: Replies['refused'];
  /** The reply to what nobody expected; the detail goes to the log. */
  failed: (error: unknown, asked: { path: string; method: string }, visitor: Visitor) => Sent;
};

const jsonLimit = 1_048_576;
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Builds a gate for every route of the rooms. */
export function openGates(installation: Installation, routes: Route[], doors: Doors): Gates {
  const { config, log } = installation;
  const names = cookieNames(config.secure);
  const addressOf = addressReader(config.trustedProxies);
  const guardHost = hostGuard(config.url);
  const guardOrigin = originGuard(config.url);
  const { answered, refused } = makeReplies(config.secure);
  const boot = installation.random.bytes(5).toString('hex');
  let count = 0;

  const whereFrom = (known: string | undefined, peer: string | undefined, forwarded: string | undefined) => {
    noteUnnamedProxy(installation, known ?? peer, forwarded);
    return known ?? addressOf(peer, forwarded);
  };
  const visitorOf = ({ header, peer, address }: Asked): Visitor => ({
    address: whereFrom(address, peer, header('x-forwarded-for')),
    language: languageOf(header('accept-language')),
    correlationId: `${boot}-${(++count).toString(36)}`,
    userAgent: (header('user-agent') ?? '').slice(0, 400),
    // Few requests ask for it.
    get browser() {
      return browserHash(cookieIn(header('cookie'), names.device));
    },
  });

  const failed: Gates['failed'] = (error, { path, method }, visitor) => {
    log.error({ correlationId: visitor.correlationId, path, method, err: error }, 'request failed');
    return isAway(error)
      ? refused({ code: 'database-away', retryAfter: 2 }, visitor)
      : refused({ code: 'unexpected' }, visitor);
  };

  function gate(route: Route): Gate {
    const { endpoint, method } = route;
    const isWrite = writes.has(method);
    const permit = endpoint.mints ? new MintPermit(`${method} ${route.path}`) : null;

    const through = async (asked: Asked, visitor: Visitor): Promise<Sent> => {
      const { header } = asked;
      const foreign = guardHost(header('host'), asked.local);
      if (foreign) return refused(foreign, visitor);
      let origin: string | null = null;
      if (isWrite || endpoint.foreign) {
        const crossed = guardOrigin(header('origin'), header('sec-fetch-site'), header('host') ?? '');
        if (crossed && !endpoint.foreign) return refused(crossed, visitor);
        if (crossed) origin = header('origin') ?? 'null';
      }
      const token = origin === null ? cookieIn(header('cookie'), names.session) : null;
      const found = token ? await doors.session(token, endpoint.unasked) : null;
      // What anybody may call is called as nobody by a session that a lock holds back.
      const apart = found?.me.held && endpoint.access === 'public' && !endpoint.whileHeld;
      const me = apart ? null : (found?.me ?? null);
      if (me && !header('accept-language')) visitor.language = me.language;
      let reach: Reach = 'all';
      let action: Action | null = null;
      let object: ObjectType | null = null;
      if (endpoint.access !== 'public') {
        if (!me) return refused({ code: 'signed-out' }, visitor);
        if (me.held && !endpoint.whileHeld)
          return refused(doors.heldBack(me.held, visitor.language), visitor);
        if (endpoint.access !== 'person') {
          [action, object] = endpoint.access;
          reach = may(me, action, object);
          if (reach === 'none') return refused(notAllowed(action, object), visitor);
        }
      }
      const workspaceId = found?.workspaceId ?? (await doors.workspace()) ?? '';
      const world = worldOf(installation, workspaceId);

      let body: unknown;
      let text = '';
      if (endpoint.body) {
        if (!isJson(header('content-type'))) return refused({ code: 'not-json' }, visitor);
        const read = await asked.text(jsonLimit);
        if (read === null) return refused({ code: 'too-large', words: { limit: jsonLimit } }, visitor);
        text = read;
        const parsed = parseJson(text, endpoint.body);
        if ('faults' in parsed) return refused(invalid(parsed.faults), visitor);
        body = parsed.value;
        const fixed = me && object ? fixedWritten(me, object, body) : [];
        if (fixed.length > 0) return refused(invalid(fixed), visitor);
      } else if (isWrite && !endpoint.raw && (header('content-length') ?? '0') !== '0') {
        if (!isJson(header('content-type'))) return refused({ code: 'not-json' }, visitor);
      }
      if (me && isDelicate(endpoint, body) && !(await doors.fresh(world, me, visitor)))
        return refused({ code: 'confirm-first' }, visitor);
      const query = endpoint.query?.safeParse(asked.query());
      if (query && !query.success) return refused(invalid(faultsOf(query.error, 'query')), visitor);
      const hidden = me && object && query ? hiddenAsked(me, object, query.data) : [];
      if (hidden.length > 0) return refused(invalid(hidden), visitor);
      const params = endpoint.params?.safeParse(asked.params);
      if (params && !params.success) return refused({ code: 'not-found' }, visitor);

      const handled = async (at: World): Promise<Sent> => {
        const call = {
          world: at,
          visitor,
          me,
          reach,
          // Whose a record is changes by one's own reach alone, never because it is shared.
          action: me?.shares && namesOwner(body) ? null : action,
          params: params?.data,
          query: query?.data,
          body,
          ifMatch: versionIn(header('if-match')),
          foreign: origin,
          header,
          request: endpoint.raw ? asked.request() : null,
          once: endpoint.raw ? (write: Write) => onceFor(at, write) : null,
          permit,
        } as unknown as Call;
        const answer = await route.handle(call);
        if (config.checkReplies) checkReply(route, answer);
        return answered(answer, visitor);
      };
      const isKept = !endpoint.mints && !endpoint.unkept;
      const key = isWrite && me && isKept ? header('idempotency-key') : undefined;
      if (key && key.length > 200)
        return refused(invalid([{ path: 'Idempotency-Key', message: 'too long' }]), visitor);
      const input = key && me ? { ownerId: me.id, key, method, path: asked.path, body: text } : null;
      // A raw body comes in before the transaction opens: its length and what was asked stand for it.
      const onceFor = async (at: World, write: Write): Promise<Answer> => {
        if (!input) return write(at);
        const body = JSON.stringify([asked.query(), header('content-type'), header('content-length')]);
        let fresh: Answer | undefined;
        const outcome = await once(at, { ...input, body }, async tx => {
          fresh = await write(tx);
          return kept(answered(fresh, visitor));
        });
        return fresh ?? ('problem' in outcome ? outcome : again(outcome));
      };
      if (!input || endpoint.raw) return handled(world);
      const outcome = await once(world, input, async tx => kept(await handled(tx)));
      return 'problem' in outcome ? refused(outcome.problem, visitor) : outcome;
    };

    const pass = async (asked: Asked): Promise<Sent> => {
      const visitor = visitorOf(asked);
      try {
        return await compressed(await through(asked, visitor), asked.header('accept-encoding'));
      } catch (error) {
        return failed(error, { path: asked.path, method }, visitor);
      }
    };
    return { route, raw: endpoint.raw !== undefined, pass };
  }

  return { all: routes.map(gate), visitorOf, refused, failed };
}

type Write = (at: World) => Promise<Answer>;

/** What was answered the first time, as an answer. */
const again = ({ status, headers, body }: Stored): Answer =>
  ({ status, headers, ...(body === null ? {} : { body: JSON.parse(body) }) }) as Answer;

function isDelicate({ fresh }: Endpoint, body: unknown): boolean {
  if (!fresh || fresh === true) return fresh === true;
  return (body as Record<string, unknown> | undefined)?.[fresh.member] === fresh.is;
}

function isAway(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|57P0|53300)/.test(error.code ?? '');
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(String(error))
  );
}
