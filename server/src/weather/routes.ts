// The addresses of the attack weather.
import { DAY } from '@latchkey/engine';
import { bind, refuse } from '../http.ts';
import * as networks from '../networks/networks.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { moment, type World } from '../world.ts';
import { weatherContract } from './contract.ts';
import * as weather from './weather.ts';

const states = {
  fair: { en: 'no alarm holds', 'zh-CN': '当前没有警报' },
  wide: { en: 'the alarm is over the whole installation', 'zh-CN': '该警报针对整个系统' },
  none: { en: 'defence mode is off', 'zh-CN': '加强防护未开启' },
} satisfies Record<string, Record<Language, string>>;

const wrongState = (state: keyof typeof states, language: Language) =>
  refuse('wrong-state', { words: { state: states[state][language] } });

/** Turns ids into people with their names. */
async function naming(world: World) {
  const names = new Map((await staff.names(world)).map(({ id, name }) => [id, name]));
  return (id: string) => ({ id, name: names.get(id) ?? '' });
}

/** Where a source comes from, when a GeoIP file or the address itself says so; null for a mere number. */
function originOf(world: World, source: string, language: Language): string | null {
  const origin = networks.originOf(world, source);
  if (origin) return networks.originWords(origin, language);
  const plain = networks.originWords(source, language);
  return plain === networks.networkOf(source) ? null : plain;
}

const defenceView = (
  { since, until, reason, started_by }: weather.Defence,
  person: (id: string) => { id: string; name: string },
) => ({ since, until, reason, by: started_by ? person(started_by) : null });

async function view(world: World, language: Language) {
  const [person, { alarm, defence }, past, spray, recent, sources, tried, settings, hiddenVisitors] =
    await Promise.all([
      naming(world),
      weather.now(world),
      weather.past(world),
      weather.spray(world),
      weather.recent(world),
      weather.worstSources(world, 20),
      weather.mostTried(world, 20),
      weather.settingsOf(world),
      weather.areVisitorsHidden(world),
    ]);
  const lastAlarm = past.alarm && Date.parse(past.alarm.until) > world.now() - 7 * DAY ? past.alarm : null;
  const told = alarm ?? lastAlarm;
  const letIn = told ? await weather.letIn(world, told) : [];
  return {
    at: moment(world),
    alarm,
    lastAlarm,
    flood: past.floodSince ? { since: past.floodSince } : null,
    defence: defence ? defenceView(defence, person) : null,
    spray,
    recent,
    passwords: { waiting: world.passwords.waiting(), verified: world.passwords.verified() },
    sources: sources.map(row => ({ ...row, origin: originOf(world, row.source, language) })),
    accounts: tried.map(({ personId, ...rest }) => ({
      ...rest,
      person: personId ? person(personId) : null,
      letIn: letIn.filter(one => one.personId === personId).length,
    })),
    letIn: letIn.map(({ personId, name, at, address, device }) => ({
      person: { id: personId, name },
      at,
      address,
      origin: originOf(world, address, language),
      device,
    })),
    settings,
    hiddenVisitors,
  };
}

export const weatherRoutes = bind(weatherContract)({
  'GET /weather': async ({ world, visitor }) => ({
    status: 200,
    body: await view(world, visitor.language),
  }),
  'GET /weather/history': async ({ world, query }) => ({
    status: 200,
    body: await weather.history(world, query.span),
  }),
  'POST /weather/defence': async ({ world, body, me, visitor }) => {
    const defence = await weather.defend(world, body, { me, visitor });
    return { status: 201, body: defenceView(defence, await naming(world)) };
  },
  'DELETE /weather/defence': async ({ world, me, visitor }) => {
    const outcome = await weather.stopDefending(world, { me, visitor });
    return outcome.kind === 'ended' ? { status: 204 } : wrongState('none', visitor.language);
  },
  'POST /weather/alarm/end': async ({ world, body, me, visitor }) => {
    const outcome = await weather.endAlarm(world, body.reason, { me, visitor });
    if (outcome.kind === 'ended') return { status: 204 };
    const { alarm } = await weather.now(world);
    return wrongState(alarm?.wide ? 'wide' : 'fair', visitor.language);
  },
  'PUT /weather/settings': async ({ world, body, me, visitor }) => {
    await weather.keepSettings(world, body, { me, visitor });
    return { status: 200, body: await weather.settingsOf(world) };
  },
});
