// Memory that the process holds for nothing goes back to the machine once nobody asks anything: a small server has other use for it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (how: { type: 'major'; flavor: 'last-resort'; execution: 'sync' }) => void;

let collect: Collect | undefined;

/** Collects everything at once and shrinks the heap to what is left; holds the process up for 0.1 to 0.2 s. */
export function giveBack(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
    setFlagsFromString('--no-expose-gc');
  }
  collect({ type: 'major', flavor: 'last-resort', execution: 'sync' });
}

/** Seconds of processor time this process has used. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Of processor time: less than this share of a core is quiet. */
const quiet = 0.05;
/** So many seconds of work leave enough behind to be worth holding the process up. */
const enough = 5;

/**
 * Looks every `everyMs` whether the process has come to rest, and gives back the first time and whenever it has worked
 * since. Young objects may fill 50 MB while much is asked, which is quicker; at rest nothing of that is kept. Ends with
 * the returned function.
 */
export function giveBackAtRest(how: {
  everyMs: number;
  worked?: () => number;
  giveBack?: () => void;
}): () => void {
  const used = how.worked ?? worked;
  let last = used();
  let given = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    const now = used();
    const resting = now - last < (how.everyMs / 1_000) * quiet;
    last = now;
    if (!resting || now - given < enough) return;
    (how.giveBack ?? giveBack)();
    given = last = used();
  }, how.everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
