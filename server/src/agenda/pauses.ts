// Pauses (暂停): somebody is locked or away. Nothing reminds him, and what falls due waits for the day of his return.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import * as notices from '../notices/notices.ts';
import * as subjects from '../subjects/subjects.ts';
import * as tasks from '../tasks/tasks.ts';
import { atomically, moment, type World } from '../world.ts';
import { dayOf } from '../zones.ts';
import * as store from './pauses-store.ts';
import { zoneOf } from './settings.ts';
import { takeFollowUps } from './store.ts';

type By = { me: Me; visitor: Visitor | null };
export type Pause = store.PauseRow;

/** The pause of a person that stands; undefined for none. */
export const pauseOf = store.standingOf;

/** The people whose reminders stand still. */
export const paused = store.pausedIds;

/** When people were away: from and until, in milliseconds, by person. Who is paused now is among `paused`. */
export async function timesAway(world: World): Promise<Map<string, { from: number; to: number }[]>> {
  return Map.groupBy(await store.spans(world), span => span.person_id);
}

/** How much waits for his return: his open tasks that came due since. */
export async function waiting(world: World, pause: Pause): Promise<number> {
  return (await cameDue(world, pause)).length;
}

/** Lets reminders of somebody stand still, until that day, or else until he signs in again. */
export async function pause(
  world: World,
  input: { person: { id: string; name: string }; reason: string; untilOn: string | null },
  by: By,
): Promise<{ kind: 'paused'; pause: Pause } | { kind: 'paused-already' }> {
  const { person, reason, untilOn } = input;
  return atomically(world, async tx => {
    const row = {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      person_id: person.id,
      reason,
      by_id: by.me.id,
      at: moment(tx),
      until_on: untilOn,
    };
    const pause = await store.begin(tx, row);
    if (!pause) return { kind: 'paused-already' };
    await audit.record(tx, {
      action: 'handover.pause',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
      details: { name: person.name, reason, ...(untilOn ? { until: untilOn } : {}) },
    });
    return { kind: 'paused', pause };
  });
}

async function cameDue(world: World, pause: Pause): Promise<string[]> {
  const zone = await zoneOf(world, pause.person_id);
  const [from, today] = [dayOf(pause.at, zone), dayOf(world.now(), zone)];
  return tasks.cameDue(world, { ownerId: pause.person_id, at: pause.at, from, now: moment(world), today });
}

/**
 * Ends a pause: what came due meanwhile is due on this day, and he is reminded of it and of the follow-ups. Undefined
 * where there is none.
 */
export async function resume(world: World, personId: string, by: By): Promise<{ moved: number } | undefined> {
  return atomically(world, async tx => {
    const pause = await store.standingOf(tx, personId, true);
    if (!pause) return undefined;
    const ids = await cameDue(tx, pause);
    const dueOn = dayOf(tx.now(), await zoneOf(tx, personId));
    const hand = { me: by.me, visitor: by.visitor, reach: 'all' as const };
    const { changed: moved } =
      ids.length === 0 ? { changed: 0 } : await tasks.changeMany(tx, { ids, dueOn }, hand);
    await store.end(tx, pause.id, { at: moment(tx), by: by.me.id, moved });
    await remindOfFollowUps(tx, pause);
    const [person] = await subjects.colleagues(tx, [personId]);
    await audit.record(tx, {
      action: 'handover.resume',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: personId },
      details: { name: person?.name ?? '', count: moved },
    });
    return { moved };
  });
}

async function remindOfFollowUps(tx: World, pause: Pause): Promise<void> {
  const asked = { at: moment(tx), since: pause.at, limit: 500, only: [pause.person_id], but: [] };
  const rows = await takeFollowUps(tx, asked);
  const [first] = rows;
  if (!first) return;
  await notices.tell(tx, {
    to: [pause.person_id],
    kind: 'follow-up-due',
    by: null,
    object: rows.length === 1 ? { type: first.type, id: first.id } : null,
    params: { count: rows.length },
    page: '/',
  });
}

/** Ends the pauses of those who are back: on the day that was named, or else with their next sign-in. */
export async function welcomeBack(world: World): Promise<void> {
  for (const pause of await store.standing(world)) {
    const [me] = await subjects.colleagues(world, [pause.person_id]);
    if (me && (await isBack(world, pause)))
      await resume(world, pause.person_id, { me: { ...me, sessionId: '', deviceId: null }, visitor: null });
  }
}

async function isBack(world: World, pause: Pause): Promise<boolean> {
  if (pause.until_on) return dayOf(world.now(), await zoneOf(world, pause.person_id)) >= pause.until_on;
  const sessions = await devices.sessions(world, pause.person_id);
  return sessions.some(session => session.created_at > pause.at);
}
