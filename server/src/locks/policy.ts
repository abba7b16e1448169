// The lock policy of a workspace: chosen by the administrator, kept within the engine's bounds, remembered per process.
import { checkPolicy, classic, type Policy, type Preset, presetPolicy } from '@latchkey/engine';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { announce } from '../signals.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type World } from '../world.ts';

export type Choice = { preset: Preset; failures?: number | undefined; minutes?: number | undefined };

const choices = memory<Choice>(signal => (signal.kind === 'workspace-changed' ? [signal.workspaceId] : null));

/** What the administrator chose. */
export async function choiceOf(world: World): Promise<Choice> {
  return choices(world, world.workspaceId, async () => {
    const stored = (await workspaces.find(world))?.lockPolicy as Choice | undefined;
    return stored?.preset ? stored : { preset: 'balanced' };
  });
}

/** The policy that the choice amounts to. */
export function policyFrom(choice: Choice): Policy {
  return choice.preset === 'classic'
    ? classic(choice.failures ?? 5, choice.minutes ?? 30)
    : presetPolicy(choice.preset);
}

export async function policyOf(world: World): Promise<Policy> {
  return policyFrom(await choiceOf(world));
}

/** Checks a draft against the engine's bounds: faults forbid it, warnings are to be said aloud. */
export function check(choice: Choice) {
  const policy = policyFrom(choice);
  return { policy, ...checkPolicy(policy) };
}

/** Stores a policy; it holds on every process within a second. */
export async function choose(
  world: World,
  choice: Choice,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'chosen' } | { kind: 'foolish'; faults: ReturnType<typeof check>['faults'] }> {
  const { faults } = check(choice);
  if (faults.length > 0) return { kind: 'foolish', faults };
  const before = await choiceOf(world);
  return atomically(world, async tx => {
    await workspaces.keepLockPolicy(tx, choice);
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'policy.lock',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'policy', id: tx.workspaceId },
      before: before as Record<string, unknown>,
      after: choice as Record<string, unknown>,
    });
    return { kind: 'chosen' };
  });
}
