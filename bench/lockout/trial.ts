// One trial: a scheme, a crowd, an attacker, 180 days; and the figures that come of it.
import { DAY, shareWithin, ZIPF } from '../../engine/src/index.ts';
import { Hammer, Loot, spray } from './attackers.ts';
import { Dice } from './dice.ts';
import { emptyToll, poll, type Toll, visit } from './honest.ts';
import { ATTACK, CLIENTS, LISTS, SEED, START } from './parameters.ts';
import { type Person, placesOf, populate, scheduleOf, type World } from './people.ts';
import type { Scheme } from './scheme.ts';

export type Attack = 'none' | 'targeted' | 'office' | 'spray' | 'fresh-spray';

export interface Setting {
  readonly attack: Attack;
  readonly people: number;
  readonly days: number;
  /** Passwords were checked against the list when they were set. */
  readonly screened: boolean;
  /** The scheme never verifies a listed guess of a stranger, so attackers begin below the list. */
  readonly skipsListed: boolean;
}

export interface Figures {
  /** Lock episodes met by owners, and visits that took another proof, per 1,000 person-months. */
  readonly locked: number;
  readonly stepUps: number;
  /** Shares of the visits of people who knew their password. */
  readonly refused: number;
  readonly refusedOnKnown: number;
  readonly visits: number;
  /**
   * Share of accounts whose password is among the guesses made, in expectation, by size of the list: the worst
   * of the fits.
   */
  readonly success: { readonly shipped: number; readonly large: number };
  /** Passwords verified for the attacker: per account in all, in the dearest month, and at the worst account. */
  readonly guesses: number;
  readonly monthMean: number;
  readonly monthMost: number;
}

/** Runs one trial; the same setting gives the same figures on any machine. */
export function trial(scheme: Scheme, setting: Setting): Figures {
  const world = populate(setting.people, setting.screened, LISTS.shipped);
  const loot = new Loot(setting.people);
  const toll = emptyToll();
  for (const person of world.people) {
    const devices = person.clientDevice >= 0 ? [...person.devices, person.clientDevice] : person.devices;
    scheme.settle(person.id, { devices, networks: placesOf(person) });
  }
  const firstRank = setting.screened || setting.skipsListed ? LISTS.shipped + 1 : 1;
  const hammers = setting.attack === 'targeted' || setting.attack === 'office';
  const seat = setting.attack === 'office' ? 'office' : 'anywhere';
  const hammer = hammers ? new Hammer(scheme, setting.people, loot, seat, firstRank) : null;
  const botnet =
    setting.attack === 'spray' || setting.attack === 'fresh-spray' ? new Dice(1, SEED + 1) : null;
  for (let day = 0; day < setting.days; day++) {
    const from = START + day * DAY;
    for (const key of dayOf(world, from, botnet)) {
      const person = world.people[Math.floor(key / KINDS) % PEOPLE_BITS];
      if (!person) continue;
      const at = from + Math.floor(key / (KINDS * PEOPLE_BITS));
      const kind = key % KINDS;
      if (kind === GUESS) {
        spray(scheme, person.id, at, addressOf(setting.attack, botnet, loot, person.id), firstRank, loot);
        continue;
      }
      hammer?.catchUp(person.id, person.office, at);
      if (kind === VISIT) visit(world, person, at, scheme, toll);
      else poll(world, person, at, scheme);
      hammer?.stir(person.id, at);
    }
    scheme.night(from + DAY);
  }
  const end = START + setting.days * DAY;
  if (hammer) for (const person of world.people) hammer.catchUp(person.id, person.office, end - 1);
  return figures(toll, loot, setting);
}

// A day's happenings are sorted as plain numbers: millisecond of the day, person, kind, packed into 46 bits.
const KINDS = 4;
const PEOPLE_BITS = 2 ** 17;
const VISIT = 0;
const POLL = 1;
const GUESS = 2;

function dayOf(world: World, from: number, botnet: Dice | null): Float64Array {
  const keys: number[] = [];
  const add = (person: Person, at: number, kind: number) =>
    keys.push((Math.floor(at - from) * PEOPLE_BITS + person.id) * KINDS + kind);
  for (const person of world.people) {
    for (
      ;
      person.nextVisit < from + DAY;
      person.nextVisit += world.dice.wait(scheduleOf(world, person), person.pace)
    ) {
      add(person, person.nextVisit, VISIT);
    }
    if (person.nextPoll < from) {
      person.staleUntil += from - person.nextPoll;
      person.nextPoll = from;
    }
    for (; person.nextPoll < from + DAY; person.nextPoll = nextPoll(person))
      add(person, person.nextPoll, POLL);
    if (!botnet) continue;
    for (let guess = 0; guess < ATTACK.sprayGuessesADay; guess++)
      add(person, from + botnet.roll(0) * DAY, GUESS);
  }
  return Float64Array.from(keys).sort();
}

function nextPoll(person: Person): number {
  const next = person.nextPoll + CLIENTS.every;
  return next < person.staleUntil ? next : Number.POSITIVE_INFINITY;
}

function addressOf(attack: Attack, botnet: Dice | null, loot: Loot, person: number): string {
  if (attack === 'fresh-spray' || !botnet) return `fresh-${person}-${loot.guesses[person]}-${loot.tried++}`;
  return BOTS[botnet.pick(0, ATTACK.sprayAddresses)] ?? '';
}

const BOTS = Array.from({ length: ATTACK.sprayAddresses }, (_, bot) => `bot-${bot}`);

function figures(toll: Toll, loot: Loot, setting: Setting): Figures {
  const months = (setting.people * setting.days) / 30 / 1_000;
  const { mean, most } = loot.dearestMonth();
  return {
    locked: toll.locked / months,
    stepUps: toll.stepUps / months,
    refused: toll.refused / toll.visits,
    refusedOnKnown: toll.refusedOnKnown / Math.max(1, toll.visitsOnKnown),
    visits: toll.visits,
    success: {
      shipped: successOf(loot.guesses, setting, LISTS.shipped),
      large: successOf(loot.guesses, setting, LISTS.large),
    },
    guesses: loot.guesses.reduce((sum, guesses) => sum + guesses, 0) / setting.people,
    monthMean: mean,
    monthMost: most,
  };
}

/** Guesses count from the first rank worth trying: below the list where nobody has, or is asked for, a listed one. */
function successOf(guesses: Uint32Array, setting: Setting, listSize: number): number {
  const skipped = setting.screened || setting.skipsListed ? listSize : 0;
  const shares = Object.values(ZIPF).map(fit => {
    const before = shareWithin(skipped, fit);
    const whole = setting.screened ? 1 - shareWithin(listSize, fit) : 1;
    let sum = 0;
    for (const count of guesses) sum += (shareWithin(skipped + count, fit) - before) / whole;
    return sum / guesses.length;
  });
  return Math.max(...shares);
}
