// The watch for floods: far more failed sign-ins than usual within five minutes, whatever names they are about.
import { DAY, HOUR } from '@latchkey/engine';
import * as alerts from '../alerts/alerts.ts';
import { atomically, iso, type World } from '../world.ts';
import { type Count, SPAN } from './counts.ts';
import * as store from './store.ts';

/** What counts as failed; a program that repeats one old password is told of by itself. */
const failed: Count[] = ['wrong', 'listed', 'asked', 'locked', 'busy'];
/** So many in five minutes are a flood when they are also … */
export const FLOOD_LEAST = 200;
/** … so many times what is usual in the last seven days. */
export const FLOOD_TIMES = 10;
/** It is over when there was none for so long. */
export const FLOOD_REST = 15 * 60_000;

/** What is usual cannot be trained above {@link FLOOD_LEAST} in five minutes by a flood that lasts. */
async function latestOf(world: World) {
  const at = Math.floor(world.now() / SPAN) * SPAN;
  const { latest, sources, usual } = await store.failures(world, {
    kinds: failed,
    latestFrom: iso(at - SPAN),
    usualFrom: iso(at - 7 * DAY),
    most: FLOOD_LEAST,
  });
  const usually = usual / ((7 * DAY) / SPAN);
  return { latest, sources, usually, flood: latest >= Math.max(FLOOD_LEAST, FLOOD_TIMES * usually) };
}

/** Looks at the counts: tells of a flood, at most once an hour, and of its end; whichever process looks first. */
export async function watchFlood(world: World): Promise<void> {
  const seen = await latestOf(world);
  const now = world.now();
  await atomically(world, async tx => {
    if (seen.flood) {
      await store.noteFlood(tx, now, iso(now).slice(0, 10));
      if (!(await store.takeFloodTelling(tx, now, now - HOUR))) return;
      const { latest, sources, usually } = seen;
      const data = { misses: latest, minutes: SPAN / 60_000, usual: Math.round(usually), networks: sources };
      await alerts.raise(tx, { kind: 'flood', data });
      return;
    }
    const over = await store.closeFlood(tx, now - FLOOD_REST);
    if (!over) return;
    await alerts.raise(tx, {
      kind: 'calm',
      data: { key: 'flood', since: iso(over.since), until: iso(over.seen) },
    });
  });
}
