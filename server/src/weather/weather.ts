// Attack weather (攻击态势): blame on sources, the watches for sprays and floods, defence mode, and the counts of charts.
import { blameAt, blameLimit, isAlarm } from '@latchkey/engine';
import type { RawBuilder } from 'kysely';
import { iso, type World } from '../world.ts';
import { watchFlood } from './flood.ts';
import { keptOf, manyWorkspaces, wide } from './kept.ts';
import { watchAlarm } from './spray.ts';
import * as store from './store.ts';

export { type Count, type Counts, count, counted, flush, SPAN, totals } from './counts.ts';
export {
  AUTO_DEFENCE_HOURS,
  DEFENCE_HOURS,
  defend,
  keepSettings,
  type Settings,
  settingsOf,
  stopDefending,
} from './defence.ts';
export { areVisitorsHidden, noteHidden } from './hidden.ts';
export { history, letIn, mostTried, recent, type Span, spans, worstSources } from './report.ts';
export { endAlarm, forgetTouches, spray, tend, tendEverywhere, touch } from './spray.ts';
export type { Defence } from './store.ts';

type Alarm = { since: string; until: string };

/** What the weather asks of strangers now. */
export type Now = {
  /** A spray is seen: strangers have the alarm lane. `wide`: over the whole installation, not this workspace alone. */
  alarm: (Alarm & { wide: boolean }) | null;
  /** Defence mode: strangers prove themselves first. */
  defence: store.Defence | null;
};

/** The weather over this workspace, or over the installation when that is worse; from memory. */
export async function now(world: World): Promise<Now> {
  const mine = await keptOf(world);
  const around = (await manyWorkspaces(world)) ? await keptOf(wide(world)) : mine;
  const moment = world.now();
  const alarmed = [mine, around].find(one => isAlarm(one.weather, moment));
  const { defence } = mine;
  return {
    alarm:
      alarmed?.weather.alarmUntil == null
        ? null
        : {
            since: iso(alarmed.alarmSince ?? moment),
            until: iso(alarmed.weather.alarmUntil),
            wide: alarmed !== mine,
          },
    defence: defence && Date.parse(defence.until) > moment ? defence : null,
  };
}

/** The last alarm of this workspace that is over, and since when a flood is seen. */
export async function past(world: World): Promise<{ alarm: Alarm | null; floodSince: string | null }> {
  const row = await store.weatherOf(world);
  const { alarm_since: since = null, alarm_until: until = null } = row ?? {};
  const over = since !== null && until !== null && until <= world.now();
  return {
    alarm: over ? { since: iso(since), until: iso(until) } : null,
    floodSince: row?.flood_since == null ? null : iso(row.flood_since),
  };
}

/** What is held against a source, and how much it may carry when so many people signed in well from it. */
export async function suspicion(
  world: World,
  source: string,
): Promise<(people: number) => { suspect: boolean; blame: number; limit: number }> {
  const row = await store.sourceOf(world, source);
  const blame = row ? blameAt({ blame: row.blame, at: Number(row.at) }, world.now()) : 0;
  return people => {
    const limit = blameLimit(people);
    return { suspect: blame >= limit, blame, limit };
  };
}

/** Lays blame on a source; for a `with`. */
export function blaming(world: World, source: string, weight: number): RawBuilder<unknown> {
  return store.addBlame(world, source, weight, world.now());
}

/** Looks at the sky: tells of a flood, and of the end of a flood or an alarm. */
export async function look(world: World): Promise<void> {
  await watchFlood(world);
  await watchAlarm(world);
}
