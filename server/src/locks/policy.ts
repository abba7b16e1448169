// The lock policy of a workspace: chosen by the administrator, kept within the engine's bounds, remembered per process.
import { type Custom, checkPolicy, classic, type Policy, type Preset, presetPolicy } from '@latchkey/engine';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { announce } from '../signals.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type World } from '../world.ts';

/** What a right password on a strange device takes: every new device, and one that is out of the ordinary. */
export type Arrivals = { newDevice: 'tell' | 'prove'; abnormal: 'tell' | 'prove' };

const usualArrivals: Arrivals = { newDevice: 'tell', abnormal: 'prove' };

export type Choice = {
  preset: Preset | Custom;
  failures?: number | undefined;
  minutes?: number | undefined;
  /** The four lanes of `custom`. */
  lanes?: Policy['lanes'] | undefined;
  arrivals: Arrivals;
};

const choices = memory<Choice>(signal => (signal.kind === 'workspace-changed' ? [signal.workspaceId] : null));

/** What the administrator chose. */
export async function choiceOf(world: World): Promise<Choice> {
  return choices(world, world.workspaceId, async () => {
    const stored = (await workspaces.find(world))?.lockPolicy as Choice | undefined;
    const arrivals = { ...usualArrivals, ...stored?.arrivals };
    return stored?.preset ? { ...stored, arrivals } : { preset: 'balanced', arrivals };
  });
}

/** The policy that the choice amounts to. */
export function policyFrom(choice: Omit<Choice, 'arrivals'>): Policy {
  const { preset } = choice;
  if (preset === 'custom') return { preset, lanes: choice.lanes ?? presetPolicy('balanced').lanes };
  return preset === 'classic' ? classic(choice.failures ?? 5, choice.minutes ?? 30) : presetPolicy(preset);
}

export async function policyOf(world: World): Promise<Policy> {
  return policyFrom(await choiceOf(world));
}

/** Checks a draft against the engine's bounds: faults forbid it, warnings are to be said aloud. */
export function check(choice: Omit<Choice, 'arrivals'>) {
  const policy = policyFrom(choice);
  return { policy, ...checkPolicy(policy) };
}

/** Stores a policy; it holds on every process within a second. */
export async function choose(
  world: World,
  wanted: Omit<Choice, 'arrivals'> & { arrivals?: Arrivals | undefined },
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'chosen' } | { kind: 'foolish'; faults: ReturnType<typeof check>['faults'] }> {
  const { faults } = check(wanted);
  if (faults.length > 0) return { kind: 'foolish', faults };
  const before = await choiceOf(world);
  // What is not named stays as it was.
  const choice: Choice = { ...wanted, arrivals: wanted.arrivals ?? before.arrivals };
  return atomically(world, async tx => {
    await workspaces.keepLockPolicy(tx, choice);
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'policy.lock',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'policy', id: tx.workspaceId },
      before: written(before),
      after: written(choice),
    });
    return { kind: 'chosen' };
  });
}

const measures = { tell: 'tell-owner', prove: 'ask-proof' } as const;

/** A choice as the journal has it: one plain value a field, so that the log can tell what changed. */
function written(choice: Choice): Record<string, unknown> {
  const { preset, failures, minutes, lanes, arrivals } = choice;
  const lane = (kind: keyof Policy['lanes']) => {
    const { tries, pauseMinutes, reserve, perDay } = lanes?.[kind] ?? {};
    return lanes ? [tries, pauseMinutes, reserve, perDay].join(' / ') : undefined;
  };
  return {
    preset,
    ...(preset === 'classic' ? { failures, minutes } : {}),
    ...(preset === 'custom'
      ? {
          laneKnownDevice: lane('knownDevice'),
          laneFamiliarNetwork: lane('familiarNetwork'),
          laneStrangers: lane('strangers'),
          laneAlarm: lane('alarm'),
        }
      : {}),
    measureNewDevice: measures[arrivals.newDevice],
    measureAbnormal: measures[arrivals.abnormal],
  };
}
