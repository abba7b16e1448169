// The addresses of locks and their stories.
import { bind, refuse } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { moment } from '../world.ts';
import { storiesContract } from './contract.ts';
import { type Teller, teller } from './stories.ts';

type Listed = NonNullable<Awaited<ReturnType<typeof locks.find>>>;

/** A lock as it travels: its story, whose it is, and what it rests on. */
async function view(tell: Teller, lock: Listed) {
  return {
    ...(await tell.of(lock)),
    id: lock.id,
    subject: {
      kind: lock.subject_kind,
      person: lock.person_id ? { id: lock.person_id, name: lock.person_name } : null,
    },
    evidence: lock.evidence,
  };
}

async function page(tell: Teller, items: Listed[], limit: number) {
  const shown = items.slice(0, limit);
  return {
    items: await Promise.all(shown.map(lock => view(tell, lock))),
    next: items.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

export const storiesRoutes = bind(storiesContract)({
  'GET /locks/mine': async ({ world, me, visitor }) => {
    const items = await locks.mine(world, me.id);
    return { status: 200, body: await page(teller(world, visitor.language), items, items.length) };
  },
  'GET /locks': async ({ world, query, visitor }) => {
    const items = await locks.list(world, {
      limit: query.limit + 1,
      after: query.after,
      personId: query.person,
      standingAt: query.standing === 'true' ? moment(world) : undefined,
    });
    return { status: 200, body: await page(teller(world, visitor.language), items, query.limit) };
  },
  'GET /locks/{id}': async ({ world, params, visitor }) => {
    const lock = await locks.find(world, params.id);
    if (!lock) return refuse('not-found');
    return { status: 200, body: await view(teller(world, visitor.language), lock) };
  },
});
