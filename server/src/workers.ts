// Which room works on which queue.
import * as alerts from './alerts/alerts.ts';
import * as automation from './automation/automation.ts';
import * as batches from './batches/batches.ts';
import * as imports from './imports/imports.ts';
import * as intake from './intake/intake.ts';
import * as locks from './locks/locks.ts';
import { deliver } from './messages/messages.ts';
import * as recovery from './recovery/recovery.ts';
import { sendAsked } from './sign-in/asking.ts';
import * as support from './support/support.ts';
import * as tasks from './tasks/tasks.ts';
import type { Installation } from './world.ts';
import { worldOf } from './world.ts';

export function registerWorkers(installation: Installation): void {
  installation.jobs.work('alerts', async data => {
    await alerts.work(worldOf(installation, data.workspaceId), data);
  });
  installation.jobs.work('hooks', async data => {
    const delivered = await alerts.deliver(worldOf(installation, data.workspaceId), String(data.id));
    if (delivered.kind === 'again') throw new Error(delivered.problem); // the queue's own way to try later
  });
  installation.jobs.work('intake', async data => {
    await intake.work(worldOf(installation, data.workspaceId), String(data.id));
  });
  installation.jobs.work('imports', async data => {
    await imports.work(worldOf(installation, data.workspaceId), String(data.id), String(data.by));
  });
  installation.jobs.work('batches', async data => {
    await batches.work(worldOf(installation, data.workspaceId), String(data.id));
  });
  installation.jobs.work('codes', async data => {
    const send = data.what === 'recovery' ? recovery.sendAsked : sendAsked;
    await send(worldOf(installation, data.workspaceId), String(data.sealed));
  });
  installation.jobs.work('messages', async data => {
    const delivery = await deliver(worldOf(installation, data.workspaceId), String(data.id));
    if (delivery.kind === 'again') throw new Error(delivery.problem); // the queue's own way to try later
  });
  installation.jobs.work('vouching', async data => {
    await support.tellVouchers(worldOf(installation, data.workspaceId), String(data.id));
  });
  installation.jobs.work('automation', async data => {
    const world = worldOf(installation, data.workspaceId);
    if (data.run) await automation.work(world, String(data.run));
    // Calls had no queue of their own before.
    if (data.call) await world.jobs.send(world, 'calls', { call: data.call });
  });
  installation.jobs.work('calls', async data => {
    const told = await automation.tell(worldOf(installation, data.workspaceId), String(data.call));
    if (told.kind === 'again') throw new Error(told.problem); // the queue's own way to try later
  });
  installation.jobs.work('stages', async data => {
    await tasks.ofStage(worldOf(installation, data.workspaceId), data);
  });
  installation.jobs.work('notices', async data => {
    await locks.tellOwner(worldOf(installation, data.workspaceId), String(data.lockId));
  });
}
