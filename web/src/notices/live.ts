// What others do shows by itself: the page that is looked at holds a stream of events open and reads anew what changed.
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/** What the stream says of a record. */
export type Hint = {
  object: string;
  id: string;
  version: number | null;
  of?: { type: string; id: string };
};

/** A busy workspace must not make a page read its lists all the time, in milliseconds. */
const restMs = 4_000;
const gatherMs = 150;
const retryMs = 30_000;
/** The page itself comes first. */
const startMs = 2_000;
/** A hidden page lets go of its stream, as a browser has few connections to a house. */
const hiddenMs = 30_000;
const mostPages = 3;

/** The queries that a hint makes old: the record's own, and lists of its kind. */
export function touchedBy(hint: Hint): { own: QueryKey[]; lists: QueryKey[] } {
  const { object, id, of } = hint;
  if (!of) return { own: [[`${object}s`, id]], lists: [[`${object}s`]] };
  const room = `${of.type}s`;
  if (object === 'comment')
    return {
      own: [
        ['comments', of.type, of.id],
        [room, of.id, 'timeline'],
      ],
      lists: [['feed']],
    };
  return { own: [[room, of.id]], lists: [[object === 'activity' ? 'activities' : `${object}s`]] };
}

type Versioned = { version?: number } | undefined;
type Paged = { pages?: unknown[] } | undefined;

/** Whether what is held is as new as the hint already: one's own writes come back as hints. */
export function isKnown(held: unknown, hint: Hint): boolean {
  const version = (held as Versioned)?.version;
  return hint.version !== null && version !== undefined && version >= hint.version;
}

const starts = (key: QueryKey, prefix: QueryKey) => prefix.every((part, i) => key[i] === part);
const isLong = (query: Query) => ((query.state.data as Paged)?.pages?.length ?? 0) > mostPages;

/** Keeps the pages' data fresh until the answer is called; `onInbox` when there is something to be told. */
export function goLive(queries: QueryClient, onInbox: () => void): () => void {
  const beganAt = performance.now();
  let source: EventSource | null = null;
  let lastId = '';
  let hints: Hint[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let readAt = 0;

  function readAnew() {
    gathering = undefined;
    readAt = Date.now();
    const news = hints;
    hints = [];
    const fresh = news.filter(hint => !isKnown(queries.getQueryData([`${hint.object}s`, hint.id]), hint));
    const touched = fresh.map(touchedBy);
    const is = (query: Query, keys: 'own' | 'lists') =>
      touched.some(one => one[keys].some(prefix => starts(query.queryKey, prefix)));
    // A record that is open belongs to itself: others of its kind do not make it old.
    const isRecord = ({ queryKey: [, second] }: Query) =>
      typeof second === 'string' && /^[\da-f]{8}-/.test(second);
    void queries.invalidateQueries({
      predicate: query => is(query, 'own') || (is(query, 'lists') && !isRecord(query) && !isLong(query)),
    });
    void queries.invalidateQueries({
      predicate: query => is(query, 'lists') && isLong(query),
      refetchType: 'none',
    });
  }
  function gather() {
    gathering ??= setTimeout(readAnew, Math.max(gatherMs, readAt + restMs - Date.now()));
  }
  function open() {
    clearTimeout(waiting);
    if (source || document.hidden) return;
    // What changed between the page's reading and its listening must not be lost.
    const from = lastId ? `after=${lastId}` : `age=${Math.round(performance.now() - beganAt)}`;
    const mine = new EventSource(`/api/v1/events?${from}`);
    source = mine;
    const heard = (event: MessageEvent) => {
      if (event.lastEventId) lastId = event.lastEventId;
    };
    mine.addEventListener('changed', event => {
      heard(event);
      hints.push(JSON.parse(event.data) as Hint);
      gather();
    });
    mine.addEventListener('inbox', event => {
      heard(event);
      onInbox();
    });
    mine.addEventListener('reload', event => {
      heard(event);
      void queries.invalidateQueries();
    });
    mine.onerror = () => {
      // Refused, not broken off: the browser has given up, and the next call of the page will tell why.
      if (mine.readyState !== EventSource.CLOSED || source !== mine) return;
      source = null;
      waiting = setTimeout(open, retryMs);
    };
  }
  function close() {
    clearTimeout(waiting);
    source?.close();
    source = null;
  }
  function onVisibility() {
    clearTimeout(waiting);
    if (document.hidden) waiting = setTimeout(close, hiddenMs);
    else open();
  }
  waiting = setTimeout(open, startMs);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(gathering);
    gathering = undefined;
    close();
  };
}
