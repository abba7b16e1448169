// Alerts (告警): tells administrators and other systems when something needs them, and each thing once in a while only.
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as hooks from './hooks.ts';
import { type Alert, type AlertKind, alertKinds, type Data, isAlertKind, severityOf, tell } from './kinds.ts';
import * as store from './store.ts';

export {
  type Alert,
  type AlertKind,
  alertKinds,
  isAlertKind,
  type Severity,
  severityOf,
  tell,
} from './kinds.ts';

/**
 * Raises an alert within the caller's transaction: it is told if and only if that commits. The same kind (and the same
 * `data.key`) is told at most once in the settable time, an hour by default; what is held back is told with the next.
 */
export async function raise(world: World, alert: Alert): Promise<void> {
  await world.jobs.send(world, 'alerts', { id: world.random.id(), at: moment(world), ...alert });
}

export const defaultQuietMinutes = 60;
const minute = 60_000;
const keptMs = 90 * 24 * 60 * minute;

/** Works on a raised alert: tells it, or counts it as held back. A job that comes twice tells once. */
export async function work(
  world: World,
  job: Record<string, unknown>,
): Promise<'told' | 'held-back' | 'idle'> {
  const { id, at, kind } = job;
  if (typeof id !== 'string' || typeof at !== 'string' || typeof kind !== 'string' || !isAlertKind(kind))
    return 'idle';
  const data = (job.data ?? {}) as Data;
  const key = String(data.key ?? '');
  return atomically(world, async tx => {
    await store.takeGate(tx, kind, key);
    if (await store.alertById(tx, id)) return 'idle';
    const before = await store.latest(tx, kind, key);
    const quietMs = (await quietMinutes(tx)) * minute;
    if (before && Date.parse(at) - Date.parse(before.at) < quietMs) {
      await store.countHeldBack(tx, before.id);
      return 'held-back';
    }
    const carried = before?.held_back ?? 0;
    await store.insertAlert(tx, {
      workspace_id: tx.workspaceId,
      id,
      kind,
      key,
      at,
      data: JSON.stringify(data),
      carried,
    });
    await mail(tx, { kind, data }, { at, carried });
    const alert = await store.alertById(tx, id);
    if (alert) await hooks.spread(tx, alert);
    return 'told';
  });
}

/** To every active administrator with a verified address, unless switched off; nobody can switch off what is critical. */
async function mail(world: World, alert: Alert, about: { at: string; carried: number }): Promise<void> {
  const off = await store.switches(world);
  const optional = severityOf(alert.kind) !== 'critical';
  for (const person of await staff.administrators(world)) {
    if (!person.email_verified_at) continue;
    if (optional && off.get(person.id)?.includes(alert.kind)) continue;
    const language = person.language as Language;
    const { title, text, facts } = tell(alert, language, about.carried);
    const glue = language === 'zh-CN' ? '：' : ': ';
    await messages.post(world, {
      to: person.email,
      personId: person.id,
      channel: 'email',
      template: 'alert',
      language,
      data: {
        name: person.name,
        at: about.at,
        title,
        text,
        lines: facts.map(({ label, value }) => `${label}${glue}${value}`).join('\n'),
        link: messages.link(world, '/alerts'),
      },
    });
  }
}

/** Alerts, newest first, with what became of their deliveries to hooks. */
export async function list(world: World, page: { limit: number; after?: string | undefined }) {
  const alerts = await store.listAlerts(world, page);
  const deliveries = await store.deliveriesOf(
    world,
    alerts.map(alert => alert.id),
  );
  return alerts.map(alert => ({
    ...alert,
    deliveries: deliveries.filter(delivery => delivery.alert_id === alert.id),
  }));
}

/** Tries one delivery to a hook. */
export const deliver = hooks.deliver;

/** Tells one hook something that is no alert. */
export const hand = hooks.hand;

/** Whether there is such a hook that is switched on. */
export async function hasHook(world: World, id: string): Promise<boolean> {
  return (await store.hookById(world, id))?.active ?? false;
}

/** Forgets alerts older than 90 days. */
export async function sweep(world: World): Promise<void> {
  await store.removeOld(world, iso(world.now() - keptMs));
}

async function quietMinutes(world: World): Promise<number> {
  return (await store.quietMinutes(world)) ?? defaultQuietMinutes;
}

export type Settings = { quietMinutes: number; off: AlertKind[] };

/** How long the same kind is told only once, and what this person has switched off. */
export async function settingsOf(world: World, personId: string): Promise<Settings> {
  const off = (await store.switches(world)).get(personId) ?? [];
  return { quietMinutes: await quietMinutes(world), off: off.filter(isAlertKind) };
}

/** Keeps one's own switches and, for the whole workspace, the quiet time. */
export async function keepSettings(
  world: World,
  input: { quietMinutes?: number | undefined; off?: AlertKind[] | undefined },
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'kept' } | { kind: 'critical'; kinds: AlertKind[] }> {
  const critical = (input.off ?? []).filter(kind => severityOf(kind) === 'critical');
  if (critical.length > 0) return { kind: 'critical', kinds: critical };
  return atomically(world, async tx => {
    const before = await settingsOf(tx, by.me.id);
    const off = input.off ? alertKinds.filter(kind => input.off?.includes(kind)) : before.off;
    const after = { quietMinutes: input.quietMinutes ?? before.quietMinutes, off };
    if (JSON.stringify(after) === JSON.stringify(before)) return { kind: 'kept' };
    if (input.off) await store.keepSwitches(tx, by.me.id, off);
    if (input.quietMinutes !== undefined) await store.keepQuietMinutes(tx, input.quietMinutes);
    await audit.record(tx, {
      action: 'alert.settings',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: by.me.id },
      before,
      after,
    });
    return { kind: 'kept' };
  });
}
