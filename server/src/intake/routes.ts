// The addresses of intake: the open one that takes customer information in, and those of the people who sort it.
import { bodyBytes } from '../edge/guard.ts';
import { textOf } from '../formats/charsets.ts';
import { bind, type Me, type Refusal, refuse } from '../http.ts';
import { hiddenFields } from '../permissions.ts';
import { wrongCustom } from '../records/routes.ts';
import { intakeContract, takes } from './contract.ts';
import * as intake from './intake.ts';
import { mediaTypeOf, parameterOf } from './reading.ts';
import type { Found, Waiting } from './rules.ts';

type Named = { id: string; name: string } | null;
const named = (id: string | null, name: string | null): Named => (id ? { id, name: name ?? '' } : null);

/** The fields of records that are hidden from this person: what came in holds them under names of its own. */
const hiddenFrom = (me: Me) =>
  new Set((['customer', 'contact', 'lead'] as const).flatMap(object => hiddenFields(me, object)));

/** What was found in an entry, as far as this person may see such fields. */
function foundFor(me: Me, found: Found | null): Found | null {
  const hidden = hiddenFrom(me);
  if (!found || hidden.size === 0) return found;
  const shut = (name: string) => hidden.has(name === 'mobile' ? 'phone' : name);
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, shut(name) || name === 'message' ? null : value]),
  ) as Found;
}

function entryView(row: intake.Entry, me: Me) {
  return {
    id: row.id,
    at: row.at,
    key: { id: row.key_id, name: row.key_name },
    state: row.state,
    waiting: row.state === 'received' ? (row.problem as Waiting | null) : null,
    found: foundFor(me, row.parsed?.found ?? null),
    customer: named(row.customer_id, row.customer_name),
    lead: named(row.lead_id, row.lead_name),
    handledBy: named(row.handled_by, row.handler_name),
    handledAt: row.handled_at,
    reason: row.reason,
  };
}

function keyView(row: intake.keys.Key) {
  return {
    id: row.id,
    name: row.name,
    source: row.source,
    filesAs: row.files_as,
    owner: named(row.owner_id, row.owner_name),
    team: named(row.team_id, row.team_name),
    origins: row.origins,
    active: row.active,
    received: row.received,
    turnedAway: row.turned_away,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
    createdBy: named(row.created_by, row.creator_name),
  };
}

const shownText = 20_000;
const wrongOwner = (kind: 'no-such-owner' | 'no-such-team') => {
  const [path, message] =
    kind === 'no-such-owner'
      ? ['ownerId', 'nobody here who may own customers']
      : ['teamId', 'there is no such team'];
  return refuse('invalid', { members: { faults: [{ path, message }] } });
};

/** Lets a page of that site read the answer. */
const readableBy = (origin: string | null): Record<string, string> =>
  origin === null ? {} : { 'access-control-allow-origin': origin, vary: 'origin' };

export const intakeRoutes = bind(intakeContract)({
  'POST /intake/{key}': async ({ world, params, request, visitor, foreign }) => {
    const found = await intake.keys.find(world, params.key);
    if (!found) return refuse('not-found');
    if (foreign !== null && !found.key.origins.includes(foreign)) return refuse('foreign-origin');
    const headers = readableBy(foreign);
    const told = (refusal: Refusal): Refusal => ({ ...refusal, headers: { ...refusal.headers, ...headers } });
    const contentType = request.headers.get('content-type') ?? '';
    if (!mediaTypeOf(contentType))
      return told(refuse('wrong-content-type', { words: { types: takes.type.join(', ') } }));
    const body = await bodyBytes(request, takes.limit);
    if (body === null) return told(refuse('too-large', { words: { limit: takes.limit } }));
    if (body.length === 0)
      return told(refuse('invalid', { members: { faults: [{ path: '', message: 'the body is empty' }] } }));
    const outcome = await intake.receive(found.world, { key: found.key, body, contentType, visitor });
    if (outcome.kind === 'no-such-key') return refuse('not-found');
    if (outcome.kind === 'slow-down') {
      const { seconds } = outcome;
      return told(refuse('slow-down', { words: { seconds }, retryAfter: seconds }));
    }
    return { status: 202, body: { receipt: outcome.receipt }, headers };
  },

  'OPTIONS /intake/{key}': async ({ world, params, foreign }) => {
    const found = await intake.keys.find(world, params.key);
    if (!found) return refuse('not-found');
    if (foreign !== null && !found.key.origins.includes(foreign)) return refuse('foreign-origin');
    const allowed = {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, idempotency-key',
      'access-control-max-age': '600',
    };
    return { status: 204, headers: { ...readableBy(foreign), ...(foreign === null ? {} : allowed) } };
  },

  'GET /intake': async ({ world, query, me, reach, visitor }) => {
    const { limit, after, ...wanted } = query;
    const outcome = await intake.list(world, { wanted, after, limit }, { me, reach, visitor });
    if (outcome.kind === 'bad-cursor')
      return refuse('invalid', { members: { faults: [{ path: 'query.after', message: 'is no cursor' }] } });
    return { status: 200, body: { items: outcome.items.map(row => entryView(row, me)), next: outcome.next } };
  },

  'GET /intake/{id}': async ({ world, params, me, reach, visitor }) => {
    const found = await intake.byId(world, params.id, { me, reach, visitor });
    if (!found) return refuse('not-found');
    const { entry, raw } = found;
    const text = hiddenFrom(me).size > 0 ? '' : textOf(raw, parameterOf(entry.content_type, 'charset'));
    return {
      status: 200,
      body: {
        ...entryView(entry, me),
        contentType: entry.content_type,
        address: entry.address,
        fields: hiddenFrom(me).size > 0 ? [] : (entry.parsed?.fields ?? []),
        text: text.slice(0, shownText).toWellFormed(),
        owner: named(entry.owner_id, entry.owner_name),
        filesAs: entry.files_as,
      },
    };
  },

  'POST /intake/{id}/accept': async ({ world, params, body, me, reach, visitor }) => {
    const outcome = await intake.accept(world, { id: params.id, ...body }, { me, reach, visitor });
    switch (outcome.kind) {
      case 'done':
        return { status: 200, body: entryView(outcome.entry, me) };
      case 'wrong-state':
        return refuse('wrong-state', { words: { state: outcome.state } });
      case 'no-such-owner':
        return wrongOwner('no-such-owner');
      case 'wrong-custom':
        return wrongCustom(outcome);
      default:
        return refuse(outcome.kind);
    }
  },

  'POST /intake/{id}/reject': async ({ world, params, body, me, reach, visitor }) => {
    const outcome = await intake.reject(
      world,
      { id: params.id, reason: body.reason },
      { me, reach, visitor },
    );
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'wrong-state') return refuse('wrong-state', { words: { state: outcome.state } });
    return { status: 200, body: entryView(outcome.entry, me) };
  },

  'GET /intake-keys': async ({ world, me, reach, visitor }) => {
    const rows = await intake.keys.list(world, { me, reach, visitor });
    return { status: 200, body: { items: rows.map(keyView), next: null } };
  },

  'POST /intake-keys': async ({ world, body, me, reach, visitor }) => {
    const outcome = await intake.keys.add(world, body, { me, reach, visitor });
    if (outcome.kind !== 'added') return wrongOwner(outcome.kind);
    const { row, key } = outcome;
    const url = `${world.config.url}/api/v1/intake/${key}`;
    return { status: 201, body: { ...keyView(row), key, url } };
  },

  'PATCH /intake-keys/{id}': async ({ world, params, body, me, reach, visitor }) => {
    const outcome = await intake.keys.change(world, { id: params.id, patch: body }, { me, reach, visitor });
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind !== 'changed') return wrongOwner(outcome.kind);
    return { status: 200, body: keyView(outcome.row) };
  },

  'DELETE /intake-keys/{id}': async ({ world, params, me, reach, visitor }) => {
    const gone = await intake.keys.remove(world, params.id, { me, reach, visitor });
    return gone ? { status: 204 } : refuse('not-found');
  },
});
