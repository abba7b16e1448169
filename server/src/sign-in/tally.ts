// Refusals without a hash are many in a flood: they are counted here and written to the journal in sums.
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Visitor } from '../http.ts';
import type { SignInLane } from '../locks/locks.ts';
import type { Installation, World } from '../world.ts';
import { iso, worldOf } from '../world.ts';

type Sum = {
  workspaceId: string;
  personId: string | null;
  /** The typed name as the tables know it, so that refusals of one name can be told from another's. */
  account: string;
  lane: string;
  device: string;
  count: number;
  firstAt: number;
  lastAt: number;
  addresses: Set<string>;
};

const sums = new WeakMap<Installation['signals'], Map<string, Sum>>();
const mostSums = 10_000;
const mostAddresses = 20;

/** Counts one refusal of a spent lane. */
export function turnAway(
  world: World,
  input: { lane: SignInLane; name: string; personId: string | null; visitor: Visitor },
): void {
  const mine = sums.get(world.signals) ?? new Map<string, Sum>();
  sums.set(world.signals, mine);
  const key = `${world.workspaceId} ${input.lane.subject.key}`;
  let sum = mine.get(key);
  if (!sum) {
    if (mine.size >= mostSums) return;
    const now = world.now();
    const { workspaceId } = world;
    sum = {
      workspaceId,
      personId: input.personId,
      account: attempts.accountOf(world, input.name).toString('hex'),
      lane: input.lane.kind,
      device: devices.deviceLabel(input.visitor.userAgent),
      count: 0,
      firstAt: now,
      lastAt: now,
      addresses: new Set(),
    };
    mine.set(key, sum);
  }
  sum.count++;
  sum.lastAt = world.now();
  if (sum.addresses.size < mostAddresses) sum.addresses.add(input.visitor.address);
}

/** Writes the sums to the journal, one entry a lane, and begins anew. */
export async function writeTurnedAway(installation: Installation): Promise<void> {
  const mine = sums.get(installation.signals);
  if (!mine || mine.size === 0) return;
  const taken = [...mine.values()];
  mine.clear();
  for (const [workspaceId, group] of Map.groupBy(taken, sum => sum.workspaceId)) {
    await audit.recordAll(
      worldOf(installation, workspaceId),
      group.map(sum => ({
        action: 'sign-in.turned-away',
        ...(sum.personId ? { object: { type: 'person', id: sum.personId } } : {}),
        details: {
          lane: sum.lane,
          account: sum.account,
          device: sum.device,
          count: sum.count,
          first: iso(sum.firstAt),
          last: iso(sum.lastAt),
          addresses: [...sum.addresses],
        },
      })),
    );
  }
}
