// The lanes that attempts to sign in come by, and what each amounts to under the policy and the weather of the day.
import { type LaneKind, type LaneRules, laneRules } from '@latchkey/engine';
import * as weather from '../weather/weather.ts';
import type { World } from '../world.ts';
import * as lanes from './lanes.ts';
import { policyOf } from './policy.ts';

/** The lane an attempt to sign in comes by. */
export type SignInLane = {
  kind: LaneKind;
  key: Buffer;
  rules: LaneRules;
  subject: { kind: 'typed-name' | 'device' | 'network'; key: string };
  /** Lanes of the same account and kind share one ceiling; null where there is but one. */
  account: Buffer | null;
};

/**
 * Strangers share one lane per typed name, whether or not anybody is called so. While a spray is seen it is the alarm
 * lane, and in defence mode it is closed: whoever comes by it proves himself.
 */
export async function strangersLane(world: World, name: string): Promise<SignInLane> {
  const [policy, { alarm, defence }] = await Promise.all([policyOf(world), weather.now(world)]);
  const kind = alarm ? 'alarm' : 'strangers';
  const rules = laneRules(policy, kind);
  const { key, subject } = strangersKey(world, name);
  return {
    kind,
    key,
    rules: defence ? { ...rules, short: { ...rules.short, capacity: 0 } } : rules,
    subject,
    account: null,
  };
}

type StrangersKey = Pick<SignInLane, 'key' | 'subject'>;
const keys = new WeakMap<World['secrets'], Map<string, StrangersKey>>();
const most = 10_000;

/** The key of a name's lane, remembered: in a flood the same names come over and over. */
function strangersKey(world: World, name: string): StrangersKey {
  const mine = keys.get(world.secrets) ?? new Map<string, StrangersKey>();
  keys.set(world.secrets, mine);
  let found = mine.get(name);
  if (!found) {
    const key = lanes.laneKey(world, 'strangers', name);
    found = { key, subject: { kind: 'typed-name', key: key.toString('hex') } };
    if (mine.size >= most) mine.clear();
    mine.set(name, found);
  }
  return found;
}

/** A name has a lane for each network that it is known in: home and office stay open on a new browser. */
export async function familiarLane(world: World, name: string, source: string): Promise<SignInLane> {
  const key = lanes.laneKey(world, 'familiar', name, source);
  const rules = laneRules(await policyOf(world), 'familiarNetwork');
  const subject = { kind: 'network' as const, key: key.toString('hex') };
  return { kind: 'familiarNetwork', key, rules, subject, account: familiarAccount(world, name) };
}

/** A known device has a lane of its own, which nobody else can spend. */
export async function deviceLane(world: World, personId: string, deviceId: string): Promise<SignInLane> {
  const key = lanes.laneKey(world, 'device', personId, deviceId);
  const rules = laneRules(await policyOf(world), 'knownDevice');
  const subject = { kind: 'device' as const, key: deviceId };
  return { kind: 'knownDevice', key, rules, subject, account: deviceAccount(world, personId) };
}

const familiarAccount = (world: World, name: string) => lanes.laneKey(world, 'familiar', name);
const deviceAccount = (world: World, personId: string) => lanes.laneKey(world, 'device', personId);

/** The owner has proved himself: runs of misses end on every lane to his account; what was spent stays spent. */
export async function endRuns(world: World, person: { id: string; sign_in_name: string }): Promise<void> {
  const accounts = [deviceAccount(world, person.id), familiarAccount(world, person.sign_in_name)];
  await lanes.endRuns(world, accounts, lanes.laneKey(world, 'strangers', person.sign_in_name));
}
