// Lockouts as others do them: strikes, smart lockout, device cookies, DALock. Imitations, from their descriptions.
import { DAY, HOUR, MASS_HALVES_IN, MINUTE } from '../../engine/src/index.ts';
import { ADMINISTRATOR_AFTER } from './parameters.ts';
import { type Answer, RIGHT, type Scheme, type Settled, type Try } from './scheme.ts';

/** One counter of misses in a row, and the lock it led to. */
class Counter {
  misses = 0;
  until = 0;
  locks = 0;

  /** A lock that has ended gives all tries back. */
  open(at: number): boolean {
    if (this.until === 0) return true;
    if (at < this.until) return false;
    this.until = 0;
    this.misses = 0;
    return true;
  }
}

abstract class Counted implements Scheme {
  until = 0;
  readonly offersProof = false;
  settle(_person: number, _known: Settled): void {}
  abstract attempt(attempt: Try): Answer;
  prove(): void {}
  abstract change(person: number, at: number): void;
  complain(_person: number, at: number): number {
    return at;
  }
  night(): void {}

  protected judge(counter: Counter, attempt: Try, threshold: number, lockFor: number): Answer {
    if (!counter.open(attempt.at)) {
      this.until = counter.until;
      return 'locked';
    }
    if (attempt.secret === RIGHT) {
      counter.misses = 0;
      counter.locks = 0;
      return 'in';
    }
    counter.misses += 1;
    if (counter.misses >= threshold) counter.until = attempt.at + lockFor;
    return 'wrong';
  }
}

/** So many misses in a row lock the account for a time; Infinity: until an administrator acts. */
export class Strikes extends Counted {
  private readonly counters: Counter[] = [];
  private readonly threshold: number;
  private readonly lockFor: number;

  constructor(threshold: number, lockFor: number) {
    super();
    this.threshold = threshold;
    this.lockFor = lockFor;
  }

  override attempt(attempt: Try): Answer {
    return this.judge(this.of(attempt.person), attempt, this.threshold, this.lockFor);
  }

  override change(person: number): void {
    this.counters[person] = new Counter();
  }

  override complain(person: number, at: number): number {
    this.of(person).until = at + ADMINISTRATOR_AFTER;
    return at + ADMINISTRATOR_AFTER;
  }

  private of(person: number): Counter {
    const counter = this.counters[person] ?? new Counter();
    this.counters[person] = counter;
    return counter;
  }
}

/**
 * After Entra's description: familiar and unfamiliar places count apart, the last three wrong passwords do not
 * count again, ten misses lock for a minute, each further one for twice as long, up to an hour.
 */
export class SmartLockout extends Counted {
  private readonly known: { places: Set<string>; near: Counter; far: Counter; last: number[] }[] = [];

  override settle(person: number, known: Settled): void {
    this.known[person] = {
      places: new Set(known.networks),
      near: new Counter(),
      far: new Counter(),
      last: [],
    };
  }

  override attempt(attempt: Try): Answer {
    const account = this.known[attempt.person];
    if (!account) return 'wrong';
    const counter = account.places.has(attempt.network) ? account.near : account.far;
    if (attempt.at < counter.until) {
      this.until = counter.until;
      return 'locked';
    }
    if (attempt.secret === RIGHT) {
      account.places.add(attempt.network);
      counter.misses = 0;
      counter.locks = 0;
      return 'in';
    }
    if (account.last.includes(attempt.secret)) return 'wrong';
    account.last = [attempt.secret, ...account.last].slice(0, 3);
    counter.misses += 1;
    if (counter.misses >= 10) counter.until = attempt.at + Math.min(HOUR, MINUTE * 2 ** counter.locks++);
    return 'wrong';
  }

  override change(person: number): void {
    const account = this.known[person];
    if (account) this.known[person] = { ...account, near: new Counter(), far: new Counter(), last: [] };
  }
}

/** OWASP device cookies: ten misses in half an hour for each known device, five for all others together. */
export class DeviceCookies extends Counted {
  private readonly known: { devices: Map<number, Counter>; others: Counter }[] = [];

  override settle(person: number, known: Settled): void {
    const devices = new Map(known.devices.map(device => [device, new Counter()]));
    this.known[person] = { devices, others: new Counter() };
  }

  override attempt(attempt: Try): Answer {
    const account = this.known[attempt.person];
    if (!account) return 'wrong';
    const own = account.devices.get(attempt.device);
    const answer = this.judge(own ?? account.others, attempt, own ? 10 : 5, 30 * MINUTE);
    if (answer === 'in' && attempt.becomes >= 0 && !own) account.devices.set(attempt.becomes, new Counter());
    return answer;
  }

  override change(person: number): void {
    const account = this.known[person];
    if (!account) return;
    account.others = new Counter();
    for (const device of account.devices.keys()) account.devices.set(device, new Counter());
  }
}

/** DALock (10, 2⁻⁹): ten misses in a row, or so much guessed mass, lock for a day; mass halves in ninety days. */
export class DaLock extends Counted {
  private readonly accounts: { counter: Counter; mass: number; at: number }[] = [];

  override attempt(attempt: Try): Answer {
    const account = this.accounts[attempt.person] ?? { counter: new Counter(), mass: 0, at: attempt.at };
    this.accounts[attempt.person] = account;
    const answer = this.judge(account.counter, attempt, 10, DAY);
    if (answer === 'in') account.mass = 0;
    if (answer !== 'wrong') return answer;
    account.mass = account.mass * 0.5 ** ((attempt.at - account.at) / MASS_HALVES_IN) + attempt.mass;
    account.at = attempt.at;
    if (account.mass >= 2 ** -9) account.counter.until = attempt.at + DAY;
    return answer;
  }

  override change(person: number): void {
    delete this.accounts[person];
  }
}
