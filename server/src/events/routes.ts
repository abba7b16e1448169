// The addresses of the stream of events and of the feed.
import { bind, refuse } from '../http.ts';
import { eventsContract } from './contract.ts';
import * as events from './events.ts';

const headers = {
  // Proxies that would hold events back until there are more of them are asked not to.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  // The connection goes with the stream: a process that stops does not wait for it to become something else's.
  connection: 'close',
};

export const eventsRoutes = bind(eventsContract)({
  'GET /events': async ({ world, me, query, header }) => {
    const after = header('last-event-id') ?? query.after ?? '';
    const from = /^\d{1,15}$/.test(after) ? { after: Number(after) } : { age: query.age };
    const opened = await events.open(world, me, from);
    if (opened.kind === 'too-many') return refuse('slow-down', { retryAfter: 30, words: { seconds: 30 } });
    return { status: 200, stream: opened.stream, type: 'text/event-stream', headers };
  },
  'GET /feed': async ({ world, me, query }) => {
    const { person, limit, after } = query;
    const input = { person: person === 'me' ? me.id : person, limit, after };
    return { status: 200, body: await events.feed(world, me, input) };
  },
});
