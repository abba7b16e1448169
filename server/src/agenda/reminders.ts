// Reminders: of tasks when their owners want it, of follow-ups when they come due; each once, never in quiet hours.
import * as notices from '../notices/notices.ts';
import * as tasks from '../tasks/tasks.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { minuteOf } from '../zones.ts';
import { paused, welcomeBack } from './pauses.ts';
import { isQuiet, quietOf, usualQuiet } from './rules.ts';
import * as store from './store.ts';

const batch = 200;
const day = 86_400_000;
/** What came due longer ago than that while no server ran, or in quiet hours, is in the list of the day anyway. */
const mostBehind = day;

/** How somebody is reminded. */
export async function settingsOf(world: World, personId: string) {
  const row = await store.settingsOf(world, personId);
  const { from, to } = quietOf(row);
  return { zone: row?.zone ?? null, quietFrom: from, quietTo: to };
}

/** Chooses how one is reminded. */
export async function choose(
  world: World,
  personId: string,
  input: { zone?: string | null | undefined; quietFrom: number; quietTo: number },
): Promise<void> {
  const { zone = null, quietFrom: quiet_from, quietTo: quiet_to } = input;
  const row = { workspace_id: world.workspaceId, person_id: personId, zone, quiet_from, quiet_to };
  await store.saveSettings(world, row);
}

/** Who may be told now: everybody but those who are away and those whose quiet hours it is; or, where that is the usual ones, only some. */
async function awake(world: World): Promise<{ only: string[] | null; but: string[] }> {
  const [rows, home] = await Promise.all([store.settings(world), workspaces.timeZone(world)]);
  const now = world.now();
  const ids = (quiet: boolean) =>
    rows
      .filter(row => isQuiet(quietOf(row), minuteOf(now, row.zone ?? home)) === quiet)
      .map(row => row.person_id);
  const away = await paused(world);
  return isQuiet(usualQuiet, minuteOf(now, home))
    ? { only: ids(false).filter(id => !away.includes(id)), but: [] }
    : { only: null, but: [...ids(true), ...away] };
}

/** Tells owners of tasks and follow-ups that have come due. */
export async function remind(world: World): Promise<void> {
  await welcomeBack(world);
  const whom = await awake(world);
  if (whom.only?.length === 0) return;
  for (let count = batch; count === batch; ) count = await remindOfTasks(world, whom);
  for (let count = batch; count === batch; ) count = await remindOfFollowUps(world, whom);
}

type Whom = { only: string[] | null; but: string[] };

async function remindOfTasks(world: World, whom: Whom): Promise<number> {
  return atomically(world, async tx => {
    const rows = await tasks.takeReminders(tx, { at: moment(tx), limit: batch, ...whom });
    for (const row of rows) {
      const notice = {
        to: [row.owner_id ?? ''],
        kind: 'task-due',
        by: null,
        params: { title: row.title },
      } as const;
      const { about_type: type, about_id: id } = row;
      const told = type && id ? await notices.tell(tx, { ...notice, object: { type, id } }) : [];
      // What it is about may be beyond its owner's reach: the task is his all the same.
      if (told.length === 0) await notices.tell(tx, { ...notice, object: null, page: '/tasks' });
    }
    return rows.length;
  });
}

async function remindOfFollowUps(world: World, whom: Whom): Promise<number> {
  return atomically(world, async tx => {
    const since = iso(tx.now() - mostBehind);
    const rows = await store.takeFollowUps(tx, { at: moment(tx), since, limit: batch, ...whom });
    for (const [owner, own] of Map.groupBy(rows, row => row.owner_id)) {
      const [first] = own;
      const one = own.length === 1 && first ? { type: first.type, id: first.id } : null;
      await notices.tell(tx, {
        to: [owner],
        kind: 'follow-up-due',
        by: null,
        object: one,
        params: { count: own.length },
        page: '/',
      });
    }
    return rows.length;
  });
}

/** Drops what was noted of follow-ups long gone. */
export async function sweep(world: World): Promise<void> {
  await store.removeTold(world, iso(world.now() - 90 * day));
}
