// What an honest person does at a visit, and what a stale client does on its own.
import { ADMINISTRATOR_AFTER, CHANGES, CLIENTS, SLIPS } from './parameters.ts';
import { browserOf, exitOf, type Person, placeOf, type World } from './people.ts';
import { BLANK, CAPS_LOCK, FORMER, OTHERS, RIGHT, type Scheme, type Try } from './scheme.ts';

/** Counts of what honest people met. */
export interface Toll {
  visits: number;
  /** Of these on a device whose cookie was known. */
  visitsOnKnown: number;
  /** Visits of a person who knew the password and could not get in at once. */
  refused: number;
  /** Those of them that came on a known device. */
  refusedOnKnown: number;
  /** Lock episodes met by an owner. */
  locked: number;
  /** Visits that took another proof. */
  stepUps: number;
}

export function emptyToll(): Toll {
  return { visits: 0, visitsOnKnown: 0, refused: 0, refusedOnKnown: 0, locked: 0, stepUps: 0 };
}

/** One visit: tries until in, locked out, or given up; a proof where one is asked for and at hand. */
export function visit(world: World, person: Person, at: number, scheme: Scheme, toll: Toll): void {
  const { dice } = world;
  const id = person.id;
  const network = placeOf(world, person);
  const browser = browserOf(world, person);
  const { device, becomes } = browser;
  const attempt: Try = { ...BLANK, person: id, at, device, becomes, network };
  let forgotten = dice.roll(id) < person.forgets;
  let oldFirst = dice.roll(id) < CHANGES.oldFirst * CHANGES.oldFading ** person.visitsSinceChange;
  let proved = false;
  toll.visits += 1;
  if (device >= 0) toll.visitsOnKnown += 1;
  person.visitsSinceChange += 1;
  person.capsLockedBefore = false;
  for (let tries = 0; tries < SLIPS.tries; tries++, attempt.at += SLIPS.between) {
    if (forgotten && tries > 0 && dice.roll(id) < SLIPS.recalls) forgotten = false;
    attempt.secret = oldFirst ? FORMER : forgotten ? inventionOf(world, person) : secretOf(world, person);
    oldFirst = false;
    attempt.mass = massOf(person, attempt.secret);
    attempt.listed = attempt.mass > 0;
    const answer = scheme.attempt(attempt);
    if (answer === 'in') {
      if (browser.slot >= 0) person.devices[browser.slot] = becomes;
      arrived(world, person, scheme, attempt.at);
      return;
    }
    if (answer === 'wrong') continue;
    const vouched = attempt.at >= person.vouchedAt;
    if ((person.hasProof || vouched) && scheme.offersProof && !proved) {
      proved = true;
      if (vouched) person.vouchedAt = Number.POSITIVE_INFINITY;
      toll.stepUps += 1;
      scheme.prove(id, attempt.at, becomes, network);
      attempt.device = becomes;
      continue;
    }
    // Asked to prove a slip, a person without a proof types again; asked at the right password he is out.
    if (answer === 'prove' && attempt.secret !== RIGHT) continue;
    meetLock(person, scheme, attempt, !forgotten, device >= 0, toll);
    return;
  }
  // Twelve tries in vain: the person recovers, which is a proof, and has a new password.
  scheme.change(id, attempt.at);
  if (person.hasProof && scheme.offersProof) {
    scheme.prove(id, attempt.at, becomes, network);
    if (browser.slot >= 0) person.devices[browser.slot] = becomes;
  }
  changed(world, person, attempt.at);
}

function meetLock(
  person: Person,
  scheme: Scheme,
  attempt: Try,
  knew: boolean,
  known: boolean,
  toll: Toll,
): void {
  const until = scheme.until;
  if (knew) toll.refused += 1;
  if (knew && known) toll.refusedOnKnown += 1;
  if (attempt.at < person.lockedUntil) return;
  toll.locked += 1;
  person.lockedUntil = until;
  if (until - attempt.at < ADMINISTRATOR_AFTER) return;
  // Longer than help takes: an administrator vouches for the person, or lifts the lock where that is all he can.
  if (scheme.offersProof) person.vouchedAt = Math.min(person.vouchedAt, attempt.at + ADMINISTRATOR_AFTER);
  else if (until === Number.POSITIVE_INFINITY) person.lockedUntil = scheme.complain(person.id, attempt.at);
}

function arrived(world: World, person: Person, scheme: Scheme, at: number): void {
  person.lockedUntil = 0;
  if (at < person.nextChange) return;
  scheme.change(person.id, at);
  changed(world, person, at);
}

function changed(world: World, person: Person, at: number): void {
  const { dice } = world;
  person.nextChange = at + dice.wait(person.id, (365 / CHANGES.aYear) * 86_400_000);
  person.visitsSinceChange = 0;
  if (person.client === 'none') return;
  person.staleUntil = at + dice.wait(person.id, CLIENTS.staleFor);
  person.nextPoll = at + CLIENTS.every;
}

function secretOf(world: World, person: Person): number {
  const { dice } = world;
  const id = person.id;
  if (person.capsLockedBefore && dice.roll(id) < SLIPS.capsLockAgain) return CAPS_LOCK;
  person.capsLockedBefore = false;
  const roll = dice.roll(id);
  if (roll < SLIPS.mistyped) {
    if (dice.roll(id) >= SLIPS.capsLock) return world.nextSecret++;
    person.capsLockedBefore = true;
    return CAPS_LOCK;
  }
  if (roll < SLIPS.mistyped + SLIPS.otherPassword) return OTHERS + dice.pick(id, SLIPS.ownPasswords - 1);
  return RIGHT;
}

function inventionOf(world: World, person: Person): number {
  if (world.dice.roll(person.id) < 0.5) return OTHERS + world.dice.pick(person.id, SLIPS.ownPasswords - 1);
  return world.nextSecret++;
}

function massOf(person: Person, secret: number): number {
  if (secret === RIGHT) return person.ownMass[0] ?? 0;
  if (secret >= OTHERS && secret < OTHERS + SLIPS.ownPasswords - 1)
    return person.ownMass[secret - OTHERS + 1] ?? 0;
  return 0;
}

/** One poll of a client that still sends the former password. */
export function poll(world: World, person: Person, at: number, scheme: Scheme): void {
  const network = person.client === 'home' ? person.home : exitOf(world, person);
  const device = person.clientDevice;
  scheme.attempt({ ...BLANK, person: person.id, at, device, becomes: device, network, secret: FORMER });
}
