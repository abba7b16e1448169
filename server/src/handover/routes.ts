// The addresses of hand-overs.
import * as agenda from '../agenda/agenda.ts';
import { bind, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import { wrong } from '../records/routes.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import { HandedObject, handoverContract } from './contract.ts';
import * as handover from './handover.ts';

const named = (id: string, names: Map<string, string>) => ({ id, name: names.get(id) ?? '' });

async function viewsOf(world: World, rows: handover.HandoverRow[]) {
  const names = new Map((await staff.names(world)).map(one => [one.id, one.name]));
  const failing = rows.filter(row => row.failed > 0).map(row => row.id);
  const faults = await handover.faultsOf(world, failing);
  return rows.map(row => ({
    id: row.id,
    person: named(row.person_id, names),
    to: row.to_ids.map(id => named(id, names)),
    objects: HandedObject.array().parse(row.objects),
    reason: row.reason,
    by: named(row.by_id, names),
    at: row.at,
    state: row.state,
    total: row.total,
    moved: row.moved,
    returned: row.returned,
    kept: row.kept,
    failed: row.failed,
    left: faults
      .filter(fault => fault.handover_id === row.id)
      .slice(0, 100)
      .map(fault => ({ object: HandedObject.parse(fault.object), id: fault.record_id, name: fault.name })),
    undoneAt: row.undone_at,
  }));
}

async function viewed(world: World, row: handover.HandoverRow) {
  const [view] = await viewsOf(world, [row]);
  if (!view) throw new Error('a hand-over has no view');
  return view;
}

async function pauseView(world: World, pause: agenda.Pause) {
  const by = await staff.byId(world, pause.by_id);
  return {
    at: pause.at,
    by: { id: pause.by_id, name: by?.name ?? '' },
    reason: pause.reason,
    untilOn: pause.until_on,
    waiting: await agenda.waiting(world, pause),
  };
}

const refusals = {
  'not-found': () => refuse('not-found'),
  'no-such-target': () => wrong('to', 'names somebody who cannot be given this'),
  nothing: () => wrong('objects', 'has nothing to hand over'),
};

const states: Record<'wrong-state' | 'away' | 'paused-already', Record<Language, string>> = {
  'paused-already': { en: 'paused already', 'zh-CN': '已暂停' },
  'wrong-state': { en: 'still moving, or given back already', 'zh-CN': '仍在交接中，或已归还' },
  away: { en: 'the person is not at work yet', 'zh-CN': '该成员尚未恢复工作' },
};

export const handoverRoutes = bind(handoverContract)({
  'GET /people/{id}/handover': async ({ world, params, me, reach, visitor }) => {
    const found = await handover.inHand(world, params.id, { me, reach, visitor });
    if (!found) return refuse('not-found');
    const teams = new Map((await staff.teams(world)).map(team => [team.id, team.name]));
    const targets = await Promise.all(
      found.targets.map(async one => {
        const teamId = (await staff.byId(world, one.id))?.team_id;
        return { ...one, team: teamId ? (teams.get(teamId) ?? null) : null };
      }),
    );
    const items = await viewsOf(world, found.items);
    const pause = found.pause ? await pauseView(world, found.pause) : null;
    return { status: 200, body: { ...found, targets, items, pause } };
  },
  'POST /people/{id}/handovers': async ({ world, params, body, me, reach, visitor }) => {
    const outcome = await handover.handOver(world, { personId: params.id, ...body }, { me, reach, visitor });
    if (outcome.kind !== 'begun') return refusals[outcome.kind]();
    return { status: 201, body: await viewed(world, outcome.handover) };
  },
  'POST /people/{id}/pause': async ({ world, params, body, me, reach, visitor }) => {
    const { reason, untilOn = null } = body;
    const outcome = await handover.pause(
      world,
      { personId: params.id, reason, untilOn },
      { me, reach, visitor },
    );
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'past') return wrong('untilOn', 'is not after today');
    if (outcome.kind !== 'paused')
      return refuse('wrong-state', { words: { state: states[outcome.kind][visitor.language] } });
    return { status: 201, body: await pauseView(world, outcome.pause) };
  },
  'POST /people/{id}/resume': async ({ world, params, me, reach, visitor }) => {
    const done = await handover.resume(world, params.id, { me, reach, visitor });
    return done ? { status: 200, body: done } : refuse('not-found');
  },
  'GET /handovers/{id}': async ({ world, params, me, reach, visitor }) => {
    const row = await handover.byId(world, params.id, { me, reach, visitor });
    return row ? { status: 200, body: await viewed(world, row) } : refuse('not-found');
  },
  'POST /handovers/{id}/return': async ({ world, params, body, me, reach, visitor }) => {
    const outcome = await handover.giveBack(world, { id: params.id, ...body }, { me, reach, visitor });
    if (outcome.kind === 'not-found' || outcome.kind === 'not-allowed') return refuse(outcome.kind);
    if (outcome.kind !== 'begun')
      return refuse('wrong-state', { words: { state: states[outcome.kind][visitor.language] } });
    return { status: 200, body: await viewed(world, outcome.handover) };
  },
});
