// Latchkey's lanes under simulation: every decision is the engine's own; this file only stores, as a server would.
import {
  addMass,
  admit,
  becomeFamiliar,
  DAY,
  emptyLane,
  endDay,
  FAIR,
  forget,
  isAlarm,
  isFamiliar,
  keepsCookie,
  type Lane,
  type LaneKind,
  type LaneRules,
  laneFor,
  laneRules,
  liftedLane,
  type Policy,
  pinFormer,
  provenLane,
  recognise,
  remember,
  settleLane,
  settlement,
  type Verdict,
  watch,
} from '../../engine/src/index.ts';
import { type Account, elsewhere, type Parts, slipsNearby } from './account.ts';
import { ADMINISTRATOR_AFTER, START } from './parameters.ts';
import { type Answer, FORMER, RIGHT, type Scheme, type Settled, type Try } from './scheme.ts';
import { Sources } from './sources.ts';

const KINDS: readonly LaneKind[] = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'];

export class Lanes implements Scheme {
  until = 0;
  readonly offersProof: boolean;
  private readonly accounts: Account[] = [];
  private readonly sources = new Sources();
  private readonly rules: Record<LaneKind, LaneRules>;
  private weather = FAIR;
  private touched = 0;
  private readonly policy: Policy;
  private readonly parts: Parts;
  private readonly screened: boolean;

  constructor(policy: Policy, parts: Parts, screened: boolean) {
    this.policy = policy;
    this.parts = parts;
    this.screened = screened;
    this.offersProof = parts.stepUp;
    this.rules = Object.fromEntries(KINDS.map(kind => [kind, laneRules(policy, kind)])) as Record<
      LaneKind,
      LaneRules
    >;
  }

  settle(person: number, known: Settled): void {
    this.accounts[person] = {
      strangers: null,
      liftAt: Number.POSITIVE_INFINITY,
      devices: new Map(known.devices.map(device => [device, null])),
      lanesOfNetworks: new Map(),
      networks: known.networks.map(network => ({ network, at: START })),
      marks: [],
      mass: this.screened ? null : { guessed: 0, at: 0 },
      slips: [],
      touchedOn: -1,
    };
  }

  attempt(tried: Try): Answer {
    const account = this.of(tried.person);
    const { at, network } = tried;
    if (at >= account.liftAt) {
      account.strangers = account.strangers && liftedLane(account.strangers, at);
      account.liftAt = Number.POSITIVE_INFINITY;
    }
    const attempt = {
      at,
      knownDevice: this.parts.devices && this.isKnown(account, tried.device),
      familiarNetwork: this.parts.familiar && isFamiliar(account.networks, network, at),
      listed: tried.listed && this.parts.listed,
    };
    const alarm = this.parts.alarm && isAlarm(this.weather, at);
    const by = laneFor(attempt, alarm);
    const stranger = by === 'strangers' || by === 'alarm';
    const lane = this.laneOf(account, by, tried);
    const found = admit(
      attempt,
      {
        policy: this.policy,
        alarm,
        suspectSource: stranger && this.parts.sources && this.sources.isSuspect(network, at),
        screened: this.screened,
        mass: account.mass,
        elsewhere: elsewhere(account, by, lane),
      },
      lane ?? emptyLane(at),
    );
    if (found.kind === 'locked') {
      this.until = Math.min(
        found.lock.until ?? Number.POSITIVE_INFINITY,
        stranger ? account.liftAt : Infinity,
      );
      return 'locked';
    }
    if (found.kind === 'prove') {
      this.until = Number.POSITIVE_INFINITY;
      if (found.because === 'listed') this.miss(account, tried, by, 'wrong', true);
      return 'prove';
    }
    const verdict = found.kind === 'wrong' ? 'wrong' : this.verify(account, tried);
    const { credit } = settlement(by, verdict, slipsNearby(account, tried, by));
    const settled = settleLane(found.lane, this.rules[by], at, verdict, this.parts.credit ? credit : 0);
    this.store(account, by, tried, settled);
    if (verdict === 'right') {
      this.arrive(account, tried);
      return 'in';
    }
    this.miss(account, tried, by, verdict, found.kind === 'wrong');
    return 'wrong';
  }

  prove(person: number, at: number, device: number, network: string): void {
    const account = this.of(person);
    if (device >= 0) account.devices.set(device, null);
    this.greet(account, network, at);
    if (this.parts.runEnds !== 'own' && account.strangers) account.strangers = provenLane(account.strangers);
  }

  change(person: number, at: number): void {
    const account = this.of(person);
    account.marks = pinFormer(account.marks, String(FORMER), at);
    account.slips = [];
  }

  complain(person: number, at: number): number {
    this.of(person).liftAt = at + ADMINISTRATOR_AFTER;
    return at + ADMINISTRATOR_AFTER;
  }

  night(at: number): void {
    this.weather = endDay(this.weather, this.touched, this.accounts.length);
    this.touched = 0;
    this.sources.night(at);
  }

  private verify(account: Account, tried: Try): Verdict {
    if (tried.secret === RIGHT) return 'right';
    return (this.parts.repeats && recognise(account.marks, String(tried.secret), tried.at)) || 'wrong';
  }

  private arrive(account: Account, tried: Try): void {
    const { at, network, becomes } = tried;
    account.marks = account.marks.length > 0 ? forget(account.marks, at) : account.marks;
    this.greet(account, network, at);
    if (becomes >= 0 && !this.isKnown(account, becomes)) account.devices.set(becomes, null);
    if (this.parts.runEnds === 'any' && account.strangers) account.strangers = provenLane(account.strangers);
    account.slips = [];
    this.sources.good(network, tried.person, at);
  }

  /** Renews a network at most once a day, as a store would, to spare writes. */
  private greet(account: Account, network: string, at: number): void {
    const known = account.networks.find(one => one.network === network);
    if (!known || at - known.at >= DAY) account.networks = becomeFamiliar(account.networks, network, at);
  }

  private miss(account: Account, tried: Try, by: LaneKind, verdict: Verdict, listed: boolean): void {
    const { at, network } = tried;
    const after = settlement(by, verdict, 0, listed);
    if (after.blame > 0) this.sources.blame(network, at, after.blame);
    if (after.remember && this.parts.repeats)
      account.marks = remember(account.marks, String(tried.secret), at);
    if (verdict === 'wrong') account.slips = [...account.slips.slice(-7), { at, network, by }];
    if (account.mass && tried.mass > 0 && verdict === 'wrong')
      account.mass = addMass(account.mass, at, tried.mass);
    const today = Math.floor(at / DAY);
    if (!after.touches || tried.lone || account.touchedOn === today) return;
    account.touchedOn = today;
    this.touched += 1;
    this.weather = watch(this.weather, this.touched, this.accounts.length, at);
  }

  private isKnown(account: Account, device: number): boolean {
    const lane = account.devices.get(device);
    return lane === null || (lane !== undefined && keepsCookie(lane));
  }

  private laneOf(account: Account, by: LaneKind, tried: Try): Lane | null {
    if (by === 'knownDevice') return account.devices.get(tried.device) ?? null;
    if (by === 'familiarNetwork') return account.lanesOfNetworks.get(tried.network) ?? null;
    return account.strangers;
  }

  private store(account: Account, by: LaneKind, tried: Try, lane: Lane): void {
    if (by === 'knownDevice') account.devices.set(tried.device, lane);
    else if (by === 'familiarNetwork') account.lanesOfNetworks.set(tried.network, lane);
    else account.strangers = lane;
  }

  private of(person: number): Account {
    const account = this.accounts[person];
    if (!account) throw new Error(`person ${person} was never settled`);
    return account;
  }
}
