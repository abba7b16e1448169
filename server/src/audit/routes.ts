// The journal's addresses.
import { withoutHidden } from '../field-rules.ts';
import { bind, type Me } from '../http.ts';
import { hiddenFields } from '../permissions.ts';
import * as audit from './audit.ts';
import { auditContract } from './contract.ts';

/** An entry as it travels. */
export function entryView(entry: Awaited<ReturnType<typeof audit.list>>[number]) {
  return {
    id: entry.id,
    at: entry.at,
    actor: { id: entry.actor_id, name: entry.actor_name },
    action: entry.action,
    object: entry.object_type && entry.object_id ? { type: entry.object_type, id: entry.object_id } : null,
    address: entry.address,
    device: entry.device,
    correlationId: entry.correlation_id,
    before: entry.before,
    after: entry.after,
    details: entry.details,
    sealed: entry.seq !== null,
  };
}

/** An entry without the fields of records that are hidden from its reader. */
function readBy(me: Me, entry: Parameters<typeof entryView>[0]) {
  const object = entry.object_type ?? entry.action.split('.')[0] ?? null;
  // What somebody asked for holds values of fields under other names.
  const asks =
    entry.action.endsWith('.ask-taken') &&
    (['customer', 'lead'] as const).some(one => hiddenFields(me, one).length > 0);
  const seen = (state: typeof entry.before) => withoutHidden(me, object, state);
  const { before, after, details } = entry;
  return {
    ...entryView(entry),
    before: seen(before),
    after: seen(after),
    details: asks ? null : seen(details),
  };
}

export const auditRoutes = bind(auditContract)({
  'GET /audit': async ({ world, query, me }) => {
    const items = await audit.list(world, {
      limit: query.limit + 1,
      after: query.after,
      action: query.action,
      actorId: query.actor,
      objectType: query.objectType,
      objectId: query.object,
      address: query.address,
      from: query.from,
      to: query.to,
    });
    const page = items.slice(0, query.limit);
    return {
      status: 200,
      body: {
        items: page.map(entry => readBy(me, entry)),
        next: items.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      },
    };
  },
  'GET /audit/verification': async ({ world }) => ({ status: 200, body: await audit.verify(world) }),
});
