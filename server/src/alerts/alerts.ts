// Alerts (告警): tells administrators and other systems when something needs them, and each thing once in a while only.
import { moment, type World } from '../world.ts';
import type { Alert } from './kinds.ts';

export { type Alert, type AlertKind, isAlertKind, type Severity, severityOf, tell } from './kinds.ts';

/**
 * Raises an alert within the caller's transaction: it is told if and only if that commits. The same kind (and the same
 * `data.key`) is told at most once in the settable time, an hour by default; what is held back is told with the next.
 */
export async function raise(world: World, alert: Alert): Promise<void> {
  await world.jobs.send(world, 'alerts', { id: world.random.id(), at: moment(world), ...alert });
}
