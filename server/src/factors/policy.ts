// Which roles have to have a second factor, and from when on; chosen by the administrator.
import * as audit from '../audit/audit.ts';
import type { Role } from '../db/tables.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { announce } from '../signals.ts';
import { atomically, type World } from '../world.ts';
import * as store from './store.ts';

export type FactorPolicy = { roles: Role[]; graceUntil: string | null };

const policies = memory<FactorPolicy>(signal =>
  signal.kind === 'workspace-changed' ? [signal.workspaceId] : null,
);

export async function policyOf(world: World): Promise<FactorPolicy> {
  return policies(
    world,
    world.workspaceId,
    async () => (await store.policy(world)) ?? { roles: [], graceUntil: null },
  );
}

/** Whether that role has to have a factor by now (milliseconds since 1970). */
export function isOverdue(policy: FactorPolicy, role: Role, now: number): boolean {
  return policy.roles.includes(role) && !(policy.graceUntil && Date.parse(policy.graceUntil) > now);
}

/** Stores the policy; it holds on every process within a second. */
export async function choosePolicy(
  world: World,
  chosen: FactorPolicy,
  by: { me: Me; visitor: Visitor },
): Promise<void> {
  const before = await policyOf(world);
  await atomically(world, async tx => {
    await store.keepPolicy(tx, chosen);
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'policy.factors',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'policy', id: tx.workspaceId },
      before,
      after: chosen,
    });
  });
}
