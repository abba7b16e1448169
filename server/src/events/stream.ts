// The streams that are open at this process: one for each page that looks on, fed together, without a connection of the
// database each. A stream ends when in doubt: the page comes back through the gates and goes on where it was.
import * as audit from '../audit/audit.ts';
import type { Me } from '../http.ts';
import type { Signals } from '../signals.ts';
import { type Installation, type World, worldOf } from '../world.ts';
import { heard, hintsOf } from './hints.ts';

/** Streams that one person may have open at one process. */
export const mostEach = 8;
/** What a page that was away may catch up with before it has to read all anew. */
const most = 500;
const beatMs = 20_000;
const livesMs = 120_000;
/** Pieces that wait for a page which does not take them. */
const waiting = 200;

type Listener = {
  me: Me;
  workspaceId: string;
  /** The place in the journal's chain up to which it has been told. */
  seq: number;
  bornAt: number;
  send: (text: string) => void;
  end: () => void;
};

type Hub = {
  listeners: Set<Listener>;
  pulling: Map<string, { again: boolean }>;
  beat: NodeJS.Timeout | null;
};

const hubs = new WeakMap<Signals, Hub>();

function hubOf(installation: Installation): Hub {
  const known = hubs.get(installation.signals);
  if (known) return known;
  const hub: Hub = { listeners: new Set(), pulling: new Map(), beat: null };
  hubs.set(installation.signals, hub);
  installation.signals.on(signal => {
    if (hub.listeners.size === 0) return;
    const those = (wanted: (one: Listener) => boolean) => [...hub.listeners].filter(wanted);
    switch (signal.kind) {
      case 'deaf':
      case 'closing':
        for (const one of those(() => true)) one.end();
        break;
      case 'workspace-changed':
        for (const one of those(({ workspaceId }) => workspaceId === signal.workspaceId)) one.end();
        break;
      case 'session-ended':
      case 'person-changed':
        for (const one of those(({ me }) => signal.ids.includes(me.id) || signal.ids.includes(me.sessionId)))
          one.end();
        break;
      case 'inbox-changed':
        for (const one of those(({ me }) => signal.ids.includes(me.id)))
          one.send('event: inbox\ndata: {}\n\n');
        break;
      case 'journal-sealed':
        pull(hub, worldOf(installation, signal.workspaceId));
    }
  });
  return hub;
}

/** One reading of the journal at a time for each workspace; word that comes meanwhile makes for one more. */
function pull(hub: Hub, world: World): void {
  const running = hub.pulling.get(world.workspaceId);
  if (running) {
    running.again = true;
    return;
  }
  const mark = { again: false };
  hub.pulling.set(world.workspaceId, mark);
  const work = async () => {
    do {
      mark.again = false;
      if (await deliver(hub, world)) mark.again = true;
    } while (mark.again);
  };
  work()
    .catch(error => {
      world.log.warn({ err: error }, 'pages that look on could not be told of changes');
      for (const one of hub.listeners) if (one.workspaceId === world.workspaceId) one.end();
    })
    .finally(() => hub.pulling.delete(world.workspaceId));
}

/** Tells everybody what he has not heard yet; true when some were sent to read all anew and others still wait. */
async function deliver(hub: Hub, world: World): Promise<boolean> {
  const mine = [...hub.listeners].filter(one => one.workspaceId === world.workspaceId);
  if (mine.length === 0) return false;
  const from = Math.min(...mine.map(one => one.seq));
  const entries = await audit.since(world, from, most + 1);
  const last = entries.at(-1)?.seq;
  if (typeof last !== 'number') return false;
  if (entries.length > most) {
    const head = await audit.headOf(world);
    for (const one of mine.filter(({ seq }) => seq < last)) {
      one.seq = head;
      one.send(`id: ${head}\nevent: reload\ndata: {}\n\n`);
    }
    return true;
  }
  const hints = await hintsOf(world, entries);
  for (const one of mine) {
    if (one.seq >= last) continue;
    const lines = hints
      .filter(hint => hint.seq > one.seq)
      .map(hint => heard(hint, one.me))
      .filter(told => told !== null)
      .map(told => `event: changed\ndata: ${JSON.stringify(told)}\n\n`);
    one.seq = last;
    one.send(`${lines.join('')}id: ${last}\n\n`);
  }
  return false;
}

function beat(hub: Hub, now: () => number): void {
  hub.beat ??= setInterval(() => {
    for (const one of hub.listeners)
      if (now() - one.bornAt > livesMs) one.end();
      else one.send(': \n\n');
  }, beatMs).unref();
}

const encoder = new TextEncoder();

/** How much longer ago than a page says it may have read: requests take time, and entries are made before they count. */
const slackMs = 5_000;

/**
 * Opens a stream for a session: on from the last event that the page has had (`after`, its id), or from when the page
 * began to read (`age`, milliseconds ago), so that nothing falls between its reading and its listening.
 */
export async function open(
  world: World,
  me: Me,
  from: { after?: number; age?: number | undefined },
): Promise<{ kind: 'open'; stream: ReadableStream<Uint8Array> } | { kind: 'too-many' }> {
  const hub = hubOf(world);
  const head = await audit.headOf(world);
  const mine = [...hub.listeners].filter(one => one.me.id === me.id && one.workspaceId === world.workspaceId);
  if (mine.length >= mostEach) return { kind: 'too-many' };
  const read = from.age === undefined ? null : new Date(world.now() - from.age - slackMs);
  const place = from.after ?? (read && (await audit.before(world, read, most + 1))) ?? head;
  const seq = Math.min(place, head);
  let listener: Listener | null = null;
  const leave = () => {
    if (listener) hub.listeners.delete(listener);
    listener = null;
    if (hub.listeners.size > 0 || !hub.beat) return;
    clearInterval(hub.beat);
    hub.beat = null;
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          leave();
          try {
            controller.close();
          } catch {
            // The page has gone already.
          }
        };
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) end();
          else controller.enqueue(encoder.encode(text));
        };
        listener = { me, workspaceId: world.workspaceId, seq, bornAt: world.now(), send, end };
        hub.listeners.add(listener);
        // What was missed of the inbox is found by asking: it is told at once to do so.
        send(`retry: 3000\nid: ${seq}\nevent: inbox\ndata: {}\n\n`);
      },
      cancel: leave,
    },
    new CountQueuingStrategy({ highWaterMark: waiting }),
  );
  beat(hub, world.now);
  pull(hub, world);
  return { kind: 'open', stream };
}
