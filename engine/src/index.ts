// The public face of the engine.
export {
  type Bucket,
  type BucketRule,
  emptyBucket,
  isOpen,
  level,
  refund,
  type Spent,
  spend,
  untilFree,
} from './bucket.ts';
export {
  emptyLane,
  isLaneOpen,
  type Lane,
  type LaneSpent,
  laneUntil,
  PENDING_FOR,
  settleLane,
  spendLane,
  strangersLane,
  type Verdict,
  worthWaiting,
} from './lane.ts';
export { type LaneLock, type Limit, lockFrom, type WayOut } from './lock.ts';
export {
  BALANCED,
  CALM,
  CEILINGS,
  classic,
  DEVICE_MISSES,
  type LaneKind,
  type LanePolicy,
  type LaneRules,
  laneRules,
  type Policy,
  PROVE,
  type Preset,
  presetPolicy,
  STRICT,
} from './policy.ts';
export { DAY, END_OF_TIME, HOUR, MINUTE, SECOND } from './spans.ts';
