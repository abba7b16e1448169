// The attackers: they know the distribution, the list and the policy, never sleep and never give up.
import { DAY, rankMass, ZIPF } from '../../engine/src/index.ts';
import { ATTACK, START } from './parameters.ts';
import { BLANK, type Scheme, type Try, UNIQUE } from './scheme.ts';

const FIRST_GUESS = 1e9;
const MONTH = 30 * DAY;
const MONTHS = Math.ceil(ATTACK.days / 30);

/** What the attackers bought, per person: verified guesses, and the most in one month. */
export class Loot {
  readonly guesses: Uint32Array;
  tried = 0;
  private readonly byMonth: Uint32Array;

  constructor(people: number) {
    this.guesses = new Uint32Array(people);
    this.byMonth = new Uint32Array(people * MONTHS);
  }

  add(person: number, at: number): void {
    this.guesses[person] = (this.guesses[person] ?? 0) + 1;
    const month = Math.min(MONTHS - 1, Math.max(0, Math.floor((at - START) / MONTH)));
    const cell = person * MONTHS + month;
    this.byMonth[cell] = (this.byMonth[cell] ?? 0) + 1;
  }

  /** Verifications per account in the dearest month, averaged over accounts, and at the worst account. */
  dearestMonth(): { mean: number; most: number } {
    const people = this.guesses.length;
    let mean = 0;
    let most = 0;
    for (let month = 0; month < MONTHS; month++) {
      let sum = 0;
      for (let person = 0; person < people; person++) {
        const count = this.byMonth[person * MONTHS + month] ?? 0;
        sum += count;
        most = Math.max(most, count);
      }
      mean = Math.max(mean, sum / people);
    }
    return { mean, most };
  }
}

/** Where a hammering attacker sits. */
export type Seat = 'anywhere' | 'office';

/** Tries every account without pause: whenever a lane opens, he is there a second later. */
export class Hammer {
  private readonly next: Float64Array;
  private readonly scheme: Scheme;
  private readonly loot: Loot;
  private readonly attempt: Try;
  private readonly seat: Seat;
  private readonly firstRank: number;

  constructor(scheme: Scheme, people: number, loot: Loot, seat: Seat, firstRank: number) {
    this.scheme = scheme;
    this.loot = loot;
    this.seat = seat;
    this.firstRank = firstRank;
    this.next = new Float64Array(people).fill(START);
    this.attempt = { ...BLANK, lone: true };
  }

  /** Everything the attacker does to this account up to `upTo`. */
  catchUp(person: number, office: string, upTo: number): void {
    let at = this.next[person] ?? START;
    while (at <= upTo) {
      let opens = this.drain(person, `bot-${person}`, at);
      if (this.seat === 'office') opens = Math.min(opens, this.drain(person, office, at));
      at = Math.max(opens, at + ATTACK.notices);
    }
    this.next[person] = at;
  }

  /** The owner has done something: whatever it opened, the attacker finds at once. */
  stir(person: number, at: number): void {
    this.next[person] = Math.min(this.next[person] ?? START, at + ATTACK.notices);
  }

  /** Guesses until refused; returns when to come back. */
  private drain(person: number, network: string, at: number): number {
    const { attempt, scheme, loot } = this;
    attempt.person = person;
    attempt.at = at;
    for (;;) {
      const guess = loot.guesses[person] ?? 0;
      // A fresh address for every guess where the source would otherwise be blamed for it.
      attempt.network = network.startsWith('bot') ? `bot-${person}-${guess}` : network;
      attempt.secret = FIRST_GUESS + UNIQUE + guess;
      attempt.mass = rankMass(this.firstRank + guess, ZIPF.rockYou);
      const answer = scheme.attempt(attempt);
      if (answer === 'wrong') loot.add(person, at);
      else if (answer === 'in')
        throw new Error('a guess is never right: success is reckoned from the guesses');
      else return answer === 'locked' ? scheme.until : at + DAY;
    }
  }
}

/** One guess of a spray, from one of many addresses, or from a fresh one each time. */
export function spray(
  scheme: Scheme,
  person: number,
  at: number,
  network: string,
  rank: number,
  loot: Loot,
): void {
  const guess = loot.guesses[person] ?? 0;
  const answer = scheme.attempt({
    ...BLANK,
    person,
    at,
    network,
    secret: FIRST_GUESS + UNIQUE + guess,
    mass: rankMass(rank + guess, ZIPF.rockYou),
  });
  if (answer === 'wrong') loot.add(person, at);
}
