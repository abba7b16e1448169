// The addresses of trusted and familiar networks.
import { bind, refuse, type Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { iso, type World } from '../world.ts';
import { networksContract } from './contract.ts';
import * as networks from './networks.ts';
import { overlapWords, words } from './words.ts';

const wrong = (path: string, message: string) =>
  refuse('invalid', { members: { faults: [{ path, message }] } });

/** Turns ids into people with their names. */
async function naming(world: World) {
  const names = new Map((await staff.names(world)).map(person => [person.id, person.name]));
  return (id: string) => ({ id, name: names.get(id) ?? '' });
}

/** Where an address comes from, when a GeoIP file or the address itself says so; null for a mere number. */
function originOf(world: World, address: string, language: Language): string | null {
  const origin = networks.originOf(world, address);
  if (origin) return networks.originWords(origin, language);
  const plain = networks.originWords(address, language);
  return plain === networks.networkOf(address) ? null : plain;
}

async function trustedView(world: World, language: Language) {
  const person = await naming(world);
  return (row: networks.Trusted) => ({
    id: row.id,
    cidr: row.range,
    origin: originOf(world, row.range, language),
    person: row.person_id ? person(row.person_id) : null,
    reason: row.reason,
    endsAt: row.ends_at,
    createdAt: row.created_at,
    createdBy: person(row.created_by),
    stands: networks.stands(row, world.now()),
    ended: row.ended_at
      ? {
          at: row.ended_at,
          by: row.ended_by ? person(row.ended_by) : null,
          reason: row.ended_why ?? '',
        }
      : null,
  });
}

type Considered = Extract<Awaited<ReturnType<typeof networks.consider>>, { kind: 'ok' }>;

function warningsOf({ cautions, overlaps }: Considered, language: Language) {
  const told = cautions.map(kind => ({ kind, words: words(kind, language) }));
  return overlaps.length === 0
    ? told
    : [...told, { kind: 'overlap' as const, words: overlapWords(overlaps, language) }];
}

const here = (world: World, { address, language }: Visitor) => ({
  address,
  cidr: networks.rangeHere(address),
  origin: originOf(world, address, language),
});

/** Which field a refusal is about. */
const fields = {
  'no-range': 'cidr',
  everything: 'cidr',
  'too-wide': 'cidr',
  'too-many': 'cidr',
  past: 'endsAt',
  'too-long': 'endsAt',
  'no-such-person': 'personId',
} as const;

export const networksRoutes = bind(networksContract)({
  'GET /networks/trusted': async ({ world, query, visitor }) => {
    const { limit, after, standing } = query;
    const rows = await networks.listTrusted(world, {
      limit: limit + 1,
      after,
      standing: standing === undefined ? undefined : standing === 'true',
    });
    const view = await trustedView(world, visitor.language);
    const page = rows.slice(0, limit);
    const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { status: 200, body: { items: page.map(view), next, here: here(world, visitor) } };
  },
  'GET /networks/trusted/preview': async ({ world, query, visitor }) => {
    const { language } = visitor;
    const considered = await networks.consider(world, query);
    if (considered.kind !== 'ok') {
      const fault = words(considered.kind, language);
      return {
        status: 200,
        body: { cidr: null, origin: null, addresses: null, fault, warnings: [] },
      };
    }
    return {
      status: 200,
      body: {
        cidr: considered.cidr,
        origin: originOf(world, considered.cidr, language),
        addresses: networks.sizeOf(considered.range).toString(),
        fault: null,
        warnings: warningsOf(considered, language),
      },
    };
  },
  'POST /networks/trusted': async ({ world, body, me, visitor }) => {
    const outcome = await networks.trust(world, body, { me, visitor });
    if (outcome.kind !== 'trusted') return wrong(fields[outcome.kind], words(outcome.kind, visitor.language));
    const row = await networks.trustedById(world, outcome.id);
    if (!row) return refuse('not-found');
    const view = await trustedView(world, visitor.language);
    return {
      status: 201,
      body: { ...view(row), warnings: warningsOf(outcome.considered, visitor.language) },
    };
  },
  'POST /networks/trusted/{id}/end': async ({ world, params, body, me, visitor }) => {
    const outcome = await networks.distrust(world, { id: params.id, reason: body.reason }, { me, visitor });
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'over')
      return refuse('wrong-state', { words: { state: words('over', visitor.language) } });
    return { status: 204 };
  },
  'GET /networks/mine': async ({ world, me, visitor }) => {
    const [rows, trusted] = await Promise.all([networks.mine(world, me.id), networks.meantFor(world, me.id)]);
    const source = networks.sourceOf(visitor.address);
    return {
      status: 200,
      body: {
        items: rows.map(row => ({
          id: row.id,
          source: row.source,
          origin: networks.originWords(networks.originOf(world, row.source) ?? row.source, visitor.language),
          firstSeenAt: iso(row.first_at),
          lastSeenAt: iso(row.seen_at),
          current: row.source === source,
        })),
        trusted: trusted.map(row => ({
          id: row.id,
          cidr: row.range,
          reason: row.reason,
          endsAt: row.ends_at,
        })),
        next: null,
      },
    };
  },
  'DELETE /networks/mine/{id}': async ({ world, params, me, visitor }) => {
    const outcome = await networks.forget(world, params.id, { me, visitor });
    return outcome.kind === 'forgotten' ? { status: 204 } : refuse('not-found');
  },
});
