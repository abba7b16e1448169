// What the server would answer, from the working set: lists with their filters, single records, the board.
import { found, today } from './day.ts';
import type { Kind, Session, WorkingSet } from './records.ts';
import { dueSort, isOwned, page, type Query, sorted, wanted } from './wanted.ts';

export type Asked = { params?: Record<string, string>; query?: Query };
type Answerer = (asked: { id: string; query: Query }, set: WorkingSet, session: Session) => unknown;

/** The reply to a reading call; undefined where this device cannot know it. */
export function answerTo(call: string, asked: Asked, set: WorkingSet, session: Session): unknown {
  const query = asked.query ?? {};
  return answerers[call]
    ? answerers[call]({ id: asked.params?.id ?? '', query }, set, session)
    : set.replies[call];
}

const byId =
  (kind: Kind): Answerer =>
  ({ id }, set) =>
    (set[kind] as { id: string }[]).find(record => record.id === id);

/** A list as the server pages it; of what lies in the bin, and by `unknown` filters, this device knows nothing. */
const list =
  <K extends Kind>(kind: K, unknown: string[] = []): Answerer =>
  ({ query }, set, { user }) => {
    if (query.deleted === 'true' || unknown.some(filter => query[filter])) return undefined;
    const isWanted = wanted[kind] as (one: object, query: Query, me: string) => boolean;
    return page(
      sorted(
        (set[kind] as object[]).filter(one => isWanted(one, query, user.id)),
        query,
      ),
      query,
    );
  };

const timeline =
  (party: 'customer' | 'lead'): Answerer =>
  ({ id, query }, set) =>
    page(
      set.activities
        .filter(one => one[party]?.id === id)
        .map(activity => ({ kind: 'activity', at: activity.at, activity })),
      query,
    );

const answerers: Record<string, Answerer> = {
  'GET /session': (_asked, _set, session) => session,
  'GET /owners': (_asked, set) => ({ items: set.owners, next: null }),
  'GET /pipelines': (_asked, set) =>
    set.pipelines.length > 0 ? { items: set.pipelines, next: null } : undefined,
  'GET /customers/{id}': byId('customers'),
  'GET /contacts/{id}': byId('contacts'),
  'GET /activities/{id}': byId('activities'),
  'GET /deals/{id}': byId('deals'),
  'GET /tasks/{id}': byId('tasks'),
  'GET /leads/{id}': byId('leads'),
  'GET /orders/{id}': byId('orders'),
  'GET /customers': list('customers'),
  'GET /contacts': list('contacts'),
  'GET /deals': list('deals', ['moved']),
  'GET /leads': list('leads'),
  'GET /orders': list('orders'),
  'GET /activities': ({ query }, set, { user }) =>
    page(
      set.activities.filter(one => wanted.activities(one, query, user.id)),
      query,
    ),
  'GET /tasks': ({ query }, set, { user }) =>
    query.deleted === 'true'
      ? undefined
      : page(
          sorted(
            set.tasks
              .filter(one => wanted.tasks(one, query, user.id))
              .map(one => ({ ...one, due: dueSort(one) })),
            { sort: 'due', ...query },
          ),
          query,
        ),
  'GET /customers/{id}/timeline': timeline('customer'),
  'GET /leads/{id}/timeline': timeline('lead'),
  'GET /today': ({ query }, set, { user }) => today(set, query, user.id),
  'GET /search': ({ query }, set) => ({ groups: found(set, query) }),
  'GET /deals/board': ({ query }, set, { user }) => board(set, query, user.id),
};

function board(set: WorkingSet, query: Query, me: string): unknown {
  const pipeline = set.pipelines.find(one => (query.pipeline ? one.id === query.pipeline : one.isDefault));
  if (!pipeline) return undefined;
  const deals = set.deals.filter(deal => isOwned(deal.owner, query.owner, me));
  return {
    pipelineId: pipeline.id,
    stages: pipeline.stages.map(stage => {
      const here = deals.filter(deal => deal.stage.id === stage.id);
      const currencies = [...new Set(here.map(deal => deal.currency))];
      const sums = currencies.map(currency => {
        const same = here.filter(deal => deal.currency === currency);
        const amount = same.reduce((sum, deal) => sum + (deal.amount ?? 0), 0);
        const weighted = same.reduce((sum, deal) => sum + ((deal.amount ?? 0) * deal.probability) / 100, 0);
        return { currency, amount, weighted };
      });
      return { stageId: stage.id, count: here.length, sums };
    }),
  };
}
