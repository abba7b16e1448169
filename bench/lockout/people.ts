// The honest people: who they are, how often they come, from where and on what.
import { shareWithin, ZIPF } from '../../engine/src/index.ts';
import { Dice } from './dice.ts';
import { CHANGES, CLIENTS, PEOPLE, SEED, SLIPS, START } from './parameters.ts';

export type ClientKind = 'none' | 'cookie' | 'home' | 'roaming';

export interface Person {
  readonly id: number;
  readonly pace: number;
  readonly forgets: number;
  readonly hasProof: boolean;
  readonly office: string;
  readonly home: string;
  readonly carrier: number;
  readonly client: ClientKind;
  readonly clientDevice: number;
  /** Whether each own password (the right one, then four others) is listed, and its probability mass. */
  readonly ownMass: readonly number[];
  devices: number[];
  nextVisit: number;
  nextChange: number;
  visitsSinceChange: number;
  staleUntil: number;
  nextPoll: number;
  capsLockedBefore: boolean;
  /** Until when the last lock met was going to last: one episode is counted once. */
  lockedUntil: number;
  /** From when an administrator's one-time code is at hand, after a complaint. */
  vouchedAt: number;
}

export interface World {
  readonly people: readonly Person[];
  readonly dice: Dice;
  readonly screened: boolean;
  readonly listSize: number;
  nextDevice: number;
  nextSecret: number;
}

/** People, the same for the same seed, whatever scheme guards them. */
export function populate(count: number, screened: boolean, listSize: number): World {
  const dice = new Dice(2 * count, SEED);
  const world: World = { people: [], dice, screened, listSize, nextDevice: 1, nextSecret: 1_000 };
  const people = world.people as Person[];
  for (let id = 0; id < count; id++) people.push(personOf(world, id, count));
  return world;
}

function personOf(world: World, id: number, count: number): Person {
  const { dice } = world;
  const slow = dice.roll(id);
  const pace = PEOPLE.paceFrom * (PEOPLE.paceTo / PEOPLE.paceFrom) ** slow;
  const devices = Array.from({ length: 1 + dice.pick(id, PEOPLE.devices) }, () => world.nextDevice++);
  const client = clientOf(dice.roll(id), dice.roll(id));
  return {
    id,
    pace,
    forgets: SLIPS.forgottenFrom + (SLIPS.forgottenTo - SLIPS.forgottenFrom) * slow,
    hasProof: dice.roll(id) >= PEOPLE.withoutProof,
    office: `office-${Math.floor(id / PEOPLE.officeSize)}`,
    home: `home-${id}`,
    carrier: dice.pick(id, PEOPLE.carriers),
    client,
    clientDevice: client === 'cookie' ? world.nextDevice++ : -1,
    ownMass: Array.from({ length: SLIPS.ownPasswords }, (_, index) =>
      listedMass(dice.roll(id), index === 0 && world.screened, world.listSize),
    ),
    devices,
    nextVisit: START + dice.wait(count + id, pace),
    nextChange: START + dice.wait(id, (365 / CHANGES.aYear) * 86_400_000),
    visitsSinceChange: Number.POSITIVE_INFINITY,
    staleUntil: 0,
    nextPoll: Number.POSITIVE_INFINITY,
    capsLockedBefore: false,
    lockedUntil: 0,
    vouchedAt: Number.POSITIVE_INFINITY,
  };
}

function clientOf(has: number, kind: number): ClientKind {
  if (has >= CLIENTS.share) return 'none';
  if (kind < CLIENTS.withCookie) return 'cookie';
  return kind < CLIENTS.withCookie + CLIENTS.fromHome ? 'home' : 'roaming';
}

/** The mass of a password drawn by the fit if it is listed, else 0; screened ones are never listed. */
function listedMass(roll: number, screened: boolean, listSize: number): number {
  const fit = ZIPF.rockYou;
  if (screened || roll >= shareWithin(listSize, fit)) return 0;
  const rank = Math.max(1, Math.ceil((roll / fit.c) ** (1 / fit.s)));
  return shareWithin(rank, fit) - shareWithin(rank - 1, fit);
}

/** The stream of dice that says when a person comes: apart from what happens then, so that no scheme alters it. */
export function scheduleOf(world: World, person: Person): number {
  return world.people.length + person.id;
}

/** Where a visit comes from. */
export function placeOf(world: World, person: Person): string {
  const roll = world.dice.roll(person.id);
  if (roll < PEOPLE.office) return person.office;
  if (roll < PEOPLE.office + PEOPLE.home) return person.home;
  if (roll < PEOPLE.office + PEOPLE.home + PEOPLE.mobile) return exitOf(world, person);
  return `elsewhere-${world.dice.pick(person.id, PEOPLE.networksElsewhere)}`;
}

/** Where a person has signed in well before the trial begins: office, home, and the exits of the carrier. */
export function placesOf(person: Person): readonly string[] {
  const exits = Array.from(
    { length: PEOPLE.exitsOfCarrier },
    (_, exit) => `carrier-${person.carrier}-${exit}`,
  );
  return [person.office, person.home, ...exits];
}

/** One of the exits of the person's mobile carrier. */
export function exitOf(world: World, person: Person): string {
  return `carrier-${person.carrier}-${world.dice.pick(person.id, PEOPLE.exitsOfCarrier)}`;
}

/** What the browser of a visit carries: its cookie's device (or -1), and the device it becomes after success. */
export interface Browser {
  readonly device: number;
  readonly becomes: number;
  /** Which of the person's devices it replaces after success; -1 for a private window, forgotten at once. */
  readonly slot: number;
}

/** Draws the browser of a visit; cleared cookies leave their slot empty until they are earned anew. */
export function browserOf(world: World, person: Person): Browser {
  const { dice } = world;
  const roll = dice.roll(person.id);
  const slot = dice.pick(person.id, person.devices.length);
  const cleared = PEOPLE.newDevice + PEOPLE.clearedCookies;
  if (roll < PEOPLE.newDevice) return { device: -1, becomes: world.nextDevice++, slot };
  if (roll < cleared) {
    person.devices[slot] = -1;
    return { device: -1, becomes: world.nextDevice++, slot };
  }
  if (roll < cleared + PEOPLE.privateWindow) return { device: -1, becomes: world.nextDevice++, slot: -1 };
  const device = person.devices[slot] ?? -1;
  return { device, becomes: device >= 0 ? device : world.nextDevice++, slot };
}
