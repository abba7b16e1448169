// A policy replayed over the record of tries by the engine itself: what it would have done to owners and to strangers.
import {
  CREDIT_WITHIN,
  emptyLane,
  isLaneOpen,
  type Lane,
  type LaneKind,
  type LaneRules,
  laneRules,
  laneUntil,
  liftedLane,
  MARKS_KEPT,
  type Policy,
  provenLane,
  settleLane,
  settlement,
  spendLane,
  type Verdict,
  withinCeiling,
} from '@latchkey/engine';
import type { Arrivals } from './policy.ts';
import type { Placed, Strange, Try } from './preview-visits.ts';

/** What a policy would have done. */
export type Figures = {
  owners: {
    visits: number;
    /** Met a spent lane: had to wait or to prove themselves. */
    refused: number;
    /** Asked for another proof before or after the password, with no lock. */
    asked: number;
  };
  strangers: {
    tries: number;
    /** Passwords that were really compared. */
    verified: number;
    stopped: number;
    /** Names that strangers missed on. */
    names: number;
    /** Of these, names whose lane was closed to strangers for a while. */
    locked: number;
  };
};

type Kept = { kind: LaneKind; lane: Lane };
type Account = { lanes: Map<string, Kept>; slips: { at: number; source: string }[] };
type Met = 'passed' | 'asked' | 'refused';

const rank = { passed: 0, asked: 1, refused: 2 } as const;

/** Replays one policy; give it what happened in the order of time. */
export class Replay {
  private readonly rules: Record<LaneKind, LaneRules>;
  private readonly arrivals: Arrivals;
  private readonly accounts = new Map<number, Account>();
  private readonly visits = new Map<number, Met>();
  private readonly names = new Set<number>();
  private readonly locked = new Set<number>();
  private tries = 0;
  private verified = 0;

  constructor(policy: Policy, arrivals: Arrivals) {
    const kinds = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'] as const;
    const rules = kinds.map(kind => [kind, laneRules(policy, kind)]);
    this.rules = Object.fromEntries(rules) as Record<LaneKind, LaneRules>;
    this.arrivals = arrivals;
  }

  step({ happening, visit, strange }: Placed): void {
    const account = this.accountOf(happening.account);
    if (happening.turn === 'lift') {
      for (const kept of account.lanes.values()) kept.lane = liftedLane(kept.lane, happening.at);
      return;
    }
    if (happening.turn === 'right') {
      this.meet(visit, this.right(account, happening, strange));
      return;
    }
    const passed = this.failed(account, happening);
    if (visit === null) {
      this.tries += happening.count;
      this.verified += passed;
      this.names.add(happening.account);
    } else if (passed === happening.count) this.meet(visit, 'passed');
    else this.meet(visit, this.isClosed(happening) ? 'asked' : 'refused');
  }

  figures(): Figures {
    const met = [...this.visits.values()];
    const { tries, verified } = this;
    return {
      owners: {
        visits: met.length,
        refused: met.filter(one => one === 'refused').length,
        asked: met.filter(one => one === 'asked').length,
      },
      strangers: {
        tries,
        verified,
        stopped: tries - verified,
        names: this.names.size,
        locked: this.locked.size,
      },
    };
  }

  /** The lane takes no password at all under this policy. */
  private isClosed({ lane, turn }: Try): boolean {
    return turn === 'asked' || this.rules[lane].short.capacity < 1 || this.rules[lane].long.capacity < 1;
  }

  private meet(visit: number | null, met: Met): void {
    if (visit === null) return;
    const before = this.visits.get(visit) ?? 'passed';
    this.visits.set(visit, rank[met] > rank[before] ? met : before);
  }

  private right(account: Account, one: Try, strange: Strange | null): Met {
    const { kept, rules } = this.laneOf(account, one);
    const spent = spendLane(kept.lane, rules, one.at);
    if (!spent.ok) {
      // Whoever is refused proves himself: runs of misses end on all his lanes, what was spent stays spent.
      for (const other of account.lanes.values()) other.lane = provenLane(other.lane);
      account.slips = [];
      return this.isClosed(one) ? 'asked' : 'refused';
    }
    const slips = account.slips.filter(
      slip => slip.source === one.source && slip.at > one.at - CREDIT_WITHIN,
    ).length;
    const { credit } = settlement(one.lane, 'right', slips);
    kept.lane = settleLane(spent.lane, rules, one.at, 'right', Math.min(credit, 1e6));
    account.slips = [];
    const { newDevice, abnormal } = this.arrivals;
    const prove = strange && (newDevice === 'prove' || (strange.abnormal && abnormal === 'prove'));
    if (!prove) return 'passed';
    for (const other of account.lanes.values()) other.lane = provenLane(other.lane);
    return 'asked';
  }

  /** How many of these tries would have been looked at. */
  private failed(account: Account, one: Try): number {
    const strange = one.lane === 'strangers' || one.lane === 'alarm';
    if (one.turn === 'asked' || (strange && one.turn === 'listed')) return 0;
    const { kept, rules } = this.laneOf(account, one);
    const verdict: Verdict = one.turn === 'repeated' || one.turn === 'former' ? one.turn : 'wrong';
    const gap = one.count > 1 ? (one.until - one.at) / (one.count - 1) : 0;
    let passed = 0;
    for (let index = 0; index < one.count; ) {
      const at = one.at + gap * index;
      const spent = spendLane(kept.lane, rules, at);
      if (!spent.ok) {
        const until = laneUntil(kept.lane, rules, at);
        if (until === null || gap === 0) break;
        index = Math.max(index + 1, Math.ceil((until - one.at) / gap));
        continue;
      }
      kept.lane = settleLane(spent.lane, rules, at, verdict);
      passed++;
      index++;
      if (verdict !== 'wrong') continue;
      account.slips.push({ at, source: one.source });
      if (account.slips.length > MARKS_KEPT) account.slips.shift();
      if (strange && !isLaneOpen(kept.lane, rules, at)) this.locked.add(one.account);
    }
    return passed;
  }

  private accountOf(number: number): Account {
    let account = this.accounts.get(number);
    if (!account) {
      account = { lanes: new Map(), slips: [] };
      this.accounts.set(number, account);
    }
    return account;
  }

  /** The lane as the server has it: strangers share one, devices and networks have their own under one ceiling. */
  private laneOf(account: Account, one: Try): { kept: Kept; rules: LaneRules } {
    const shared = one.lane === 'strangers' || one.lane === 'alarm';
    const key = shared ? 'strangers' : `${one.lane} ${one.place}`;
    let kept = account.lanes.get(key);
    if (!kept) {
      kept = { kind: one.lane, lane: emptyLane(one.at) };
      account.lanes.set(key, kept);
    }
    const rules = this.rules[one.lane];
    if (shared) return { kept, rules };
    let elsewhere = 0;
    for (const other of account.lanes.values())
      if (other !== kept && other.kind === one.lane) elsewhere += other.lane.misses;
    return { kept, rules: withinCeiling(rules, elsewhere) };
  }
}
