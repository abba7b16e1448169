// Whether visitors are hidden behind a proxy that the settings do not name: then everybody seems to come from it.
import { DAY } from '@latchkey/engine';
import { unnamedProxySeen } from '../edge/unnamed-proxy.ts';
import type { Signals } from '../signals.ts';
import { type Installation, moment, type World, worldOf } from '../world.ts';
import { everywhere } from './kept.ts';
import * as store from './store.ts';

const written = new WeakMap<Signals, number>();

/** Writes down what this process has noticed, so that the administrator's tool and other processes know. */
export async function noteHidden(installation: Installation): Promise<void> {
  const at = unnamedProxySeen(installation);
  if (at === null || at === written.get(installation.signals)) return;
  const world = worldOf(installation, everywhere);
  await store.noteHidden(world, at, moment(world).slice(0, 10));
  written.set(installation.signals, at);
}

/** True when within the last day a proxy on this machine passed requests on, and the settings name no proxy. */
export async function areVisitorsHidden(world: World): Promise<boolean> {
  if (world.config.trustedProxies.length > 0) return false;
  const row = await store.weatherOf(worldOf(world, everywhere));
  const at = Math.max(unnamedProxySeen(world) ?? 0, row?.hidden_visitors_at ?? 0);
  return at > world.now() - DAY;
}
