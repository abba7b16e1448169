// Working without the server, put together: answers from what is kept here, writes that wait, and back in step.
import type { QueryClient } from '@tanstack/react-query';
import { type Answer, type Ask, api, onAsk } from '../api.ts';
import { Problem, Unreachable } from '../problem.ts';
import { sessionQuery, signInAddress } from '../session.ts';
import { toast, toastToo } from '../ui/toast.tsx';
import { loadWords, say } from '../words.ts';
import { applied, recordAfter } from './after.ts';
import { answerTo } from './answers.ts';
import { blankFor } from './blank.ts';
import { alone, deliver, namesOf } from './deliver.ts';
import { forgetKeys, personKept, prolong } from './key.ts';
import { dropWaiting, keepWaiting, onQueueChange, waitingOf } from './queue.ts';
import { nameOf, type Row, type Session, type WorkingSet } from './records.ts';
import { seenIn, withSeen } from './seen.ts';
import { fillShelf, readShelf } from './shelf.ts';
import { noteOffline, offlineState } from './state.ts';
import { bringUpToDate, kept } from './sync.ts';
import { canWait, type Fields, kindOf, replyOf, type Waiting } from './writes.ts';

type Place = { queries: QueryClient; go: (path: string) => void };
let here: (Place & { session: Session }) | null = null;
let set: WorkingSet | null = null;

const step = 20_000;
const freshFor = 5 * 60_000;

/** Starts with a session that the server has just confirmed. */
export async function begin(place: Place, session: Session): Promise<void> {
  if (session.held) return forgetKeys();
  if (here) return;
  await settle(place, session);
  void fillShelf(session.user.id, 'session', session).catch(() => undefined);
  setTimeout(() => void keepInStep(), 1_500);
}

/** Opens without the server, with what is kept here; the session as it was last known, or null. */
export async function wake(place: Place): Promise<Session | null> {
  const person = await personKept();
  const session = person && (await readShelf<Session>(person, 'session').catch(() => undefined));
  if (!session) return null;
  place.queries.setQueryData(sessionQuery.queryKey, session);
  await settle(place, session);
  noteOffline({ away: true });
  return session;
}

async function settle(place: Place, session: Session): Promise<void> {
  if (here) return;
  here = { ...place, session };
  await loadWords('offline');
  onAsk(standIn);
  onQueueChange(() => void count());
  await count();
  addEventListener('online', () => void keepInStep());
  addEventListener('offline', () => void wentAway());
  document.addEventListener('visibilitychange', () => void keepInStep());
  setInterval(() => void keepInStep(), step);
  if (!navigator.onLine) await wentAway();
}

/** Answers when the server is out of reach: reads from what is kept here, writes that wait. */
function standIn(ask: Ask): Ask {
  return async (call, options) => {
    const sent = options.sent || navigator.onLine;
    try {
      if (options.sent && !navigator.onLine) throw new Unreachable('sent before, and the line is gone');
      const answer = await ask(call, options);
      reached();
      return answer;
    } catch (error) {
      const isAway = error instanceof Unreachable || (error instanceof Problem && error.status > 501);
      const answer = isAway && !options.direct ? await instead(call, options, sent) : null;
      if (!answer) throw error;
      return answer;
    }
  };
}

/** `sent` is false where the call certainly never left this device. Null: that cannot be answered here. */
async function instead(call: string, options: Held, sent: boolean): Promise<Answer<unknown> | null> {
  await wentAway();
  if (call.startsWith('GET ')) return read(call, options);
  return canWait(call) ? hold(call, options, sent) : null;
}

function reached(): void {
  if (!offlineState().away) return;
  noteOffline({ away: false });
  void here?.queries.invalidateQueries();
  void keepInStep();
}

async function wentAway(): Promise<void> {
  if (!here) return;
  set ??= await kept(here.session.user.id);
  noteOffline({ away: true, asOf: set.asOf || null });
}

async function count(): Promise<void> {
  if (!here) return;
  const all = await waitingOf(here.session.user.id).catch(() => []);
  const stuck = all.filter(one => one.state !== 'waiting').length;
  noteOffline({ waiting: all.length - stuck, stuck });
}

/** The working set with what waits put over it. */
export async function workingSet(): Promise<WorkingSet | null> {
  if (!here) return null;
  const { user } = here.session;
  set ??= await kept(user.id);
  return applied(set, await waitingOf(user.id), here.session);
}

type Held = Parameters<Ask>[1];

async function read(call: string, options: Held): Promise<Answer<unknown> | null> {
  const now = await workingSet();
  if (!here || !now) return null;
  const { user } = here.session;
  const id = options.params?.id ?? '';
  const known = id ? ((await namesOf(user.id))[id] ?? id) : '';
  const body = answerTo(call, { ...options, ...(known ? { params: { id: known } } : {}) }, now, here.session);
  return body === undefined ? null : { body, status: 200, etag: null };
}

async function hold(call: Waiting['call'], options: Held, sent: boolean): Promise<Answer<unknown> | null> {
  const now = await workingSet();
  if (!here || !now) return null;
  const { session, queries } = here;
  const at = Date.now();
  const id = options.params?.id ?? null;
  const kind = kindOf({ call });
  const rows = now[kind] as unknown as Row[];
  const base = id ? (rows.find(one => one.id === id) ?? seenIn(queries, id)) : null;
  if (id && !base) return null;
  const makes = id ? null : crypto.randomUUID();
  // Told to the server as it is written down, not as it gets through; a request that may have left must stay as it was.
  const when = call === 'POST /activities' && !sent ? { at: new Date(at).toISOString() } : {};
  const body = { ...when, ...(options.body as Fields) };
  const write = { call, id, body, at };
  const start = base ?? blankFor(kind, makes ?? '', at, now, session);
  const known = withSeen(queries, now, body);
  const record = { ...recordAfter(write, start, known, session), version: base ? base.version + 1 : 1 };
  const answer = { body: replyOf(call, record), status: 202, etag: `"v${record.version}"` };
  if (call === 'POST /tasks/{id}/reopen' && (await takeBack(session.user.id, id))) return answer;
  // What is written without a network may arrive after others have changed the record: it stands on what was seen here.
  const seen = base && !sent && call.startsWith('PATCH ') ? `"v${base.version}"` : null;
  const held = await keepWaiting(session.user.id, {
    ...write,
    ifMatch: options.ifMatch ?? seen,
    key: options.key,
    sentAt: sent ? at : null,
    title: titleOf(record),
    base,
    makes,
    state: 'waiting',
  });
  if (!held) return null;
  // After what the page itself says of it, whose way back must stay.
  setTimeout(() => toastToo(say('offline', 'kept')), 0);
  return answer;
}

/** Takes back what was ticked off here and never left this device; a task of a series would have made its next. */
async function takeBack(person: string, id: string | null): Promise<boolean> {
  const taken = await alone(person, async () => {
    const last = (await waitingOf(person)).findLast(one => one.id === id);
    if (last?.call !== 'POST /tasks/{id}/done' || last.sentAt !== null) return false;
    await dropWaiting(last.seq);
    return true;
  });
  return taken ?? false;
}

function titleOf(record: Row): string {
  const { customer, lead } = record as { customer?: { name: string } | null; lead?: { name: string } | null };
  return nameOf(record) || customer?.name || lead?.name || '';
}

let running = false;
let askedAgain = false;

/** Delivers what waits and reads what has changed, where the server can be reached. */
export async function keepInStep(): Promise<void> {
  if (!here || !navigator.onLine || document.visibilityState === 'hidden') return;
  // The line that is back says so once: what hears of it in the middle of another round begins one more after it.
  askedAgain = running;
  if (running) return;
  running = true;
  const { session, queries } = here;
  const { user } = session;
  try {
    if (offlineState().away) {
      // A call like any other: it tells that the server is back.
      const fresh = await api('GET /session', { direct: true });
      queries.setQueryData(sessionQuery.queryKey, fresh);
    }
    if (offlineState().waiting + offlineState().stuck > 0) await bringOver(user.id);
    const read = await bringUpToDate(session, freshFor);
    if (!read) return;
    set = read;
    await prolong(user.id);
  } catch (error) {
    // 423: the session is held back by a lock. What was taken along is not to be read meanwhile either.
    if (!(error instanceof Problem) || (error.status !== 401 && error.status !== 423)) return;
    set = null;
    await forgetKeys();
    if (error.status === 401 && offlineState().away) location.replace(signInAddress('expired'));
  } finally {
    running = false;
    if (askedAgain) void keepInStep();
  }
}

async function bringOver(person: string): Promise<void> {
  const done = await deliver(person);
  if (!here || !done || done.delivered.length === 0) return;
  set = null;
  const { pathname, search } = location;
  const local = Object.keys(done.names).find(id => pathname.includes(id));
  if (local) here.go(pathname.replace(local, done.names[local] ?? local) + search);
  await here.queries.invalidateQueries();
  toast(say('offline', 'delivered', { count: done.delivered.length }));
  const next = await bringUpToDate(here.session);
  if (next) set = next;
}
