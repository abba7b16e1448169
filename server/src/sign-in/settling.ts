// After the hash: what a sign-in leaves behind when it went well, and when it did not.
import { isLaneOpen, keepsCookie, type Lane, rankMass, settlement, type Verdict } from '@latchkey/engine';
import * as arrivals from '../arrivals/arrivals.ts';
import * as attempts from '../attempts/attempts.ts';
import * as audit from '../audit/audit.ts';
import { insertEntry } from '../db/journal.ts';
import { together } from '../db/together.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { MintPermit, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as networks from '../networks/networks.ts';
import * as staff from '../staff/staff.ts';
import * as weather from '../weather/weather.ts';
import { atomically, type World } from '../world.ts';
import { flowOf } from './flow.ts';
import type { Prepared, SignInOutcome } from './sign-in.ts';
import { noteStale } from './stale.ts';
import { nobody } from './who.ts';

const counts = {
  knownDevice: 'known',
  familiarNetwork: 'familiar',
  strangers: 'stranger',
  alarm: 'stranger',
} as const;

/** The password was right: opens the session, or asks for a second proof where the circumstances call for it. */
export async function succeed(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: Prepared & { person: staff.Person },
): Promise<SignInOutcome> {
  const { person, lane, remember, how, account, source, standing } = input;
  const { key, rules } = lane;
  const now = world.now();
  const here = standing.placeless ? [] : [networks.statement(world, person.id, visitor.address)];
  // Known to whoever handed it out: it opens one session, which is held back until another password is set.
  const initial = person.initial_until !== null;
  const held = initial ? { heldBy: 'password-initial' } : {};
  const session = { person, visitor, remember, how, lane: lane.kind, ...held };
  const wanted = await factors.asked(
    world,
    person,
    lane.kind === 'knownDevice' ? lane.subject.key : undefined,
  );
  if (wanted) {
    const credit = lane.kind === 'knownDevice' ? 1e6 : 0;
    await locks.settle(world, { key, rules, now, verdict: 'right', credit });
    weather.count(world, 'asked', source);
    return { kind: 'proof-needed', flow: flowOf(world, input), kinds: wanted };
  }
  if (lane.kind === 'knownDevice' && !initial) {
    const settled = locks.settling(world, { key, rules, now, verdict: 'right', credit: 1e6 });
    const alongside = [settled, attempts.forgetting(world, account), ...here];
    const device = { deviceId: lane.subject.key, alongside };
    const opened = await devices.openOnKnown(world, permit, { ...session, ...device });
    if (opened) return done(world, input, opened);
    // Revoked while the hash ran: the try is settled, and the browser a strange one.
  }
  const policy = (await locks.choiceOf(world)).arrivals;
  const { signals, prove } = await arrivals.judge(world, { person, visitor, standing, policy });
  const slips = await attempts.slips(world, account, source);
  const { credit } = settlement(lane.kind, 'right', slips);
  const settle = { key, rules, now, verdict: 'right' as const, credit: Math.min(credit, 1e6) };
  if (prove && lane.kind !== 'knownDevice') {
    await locks.settle(world, settle);
    weather.count(world, 'asked', source);
    const kinds = [...(await factors.kindsOf(world, person.id)), 'email-code' as const, 'desk-code' as const];
    return { kind: 'proof-needed', flow: flowOf(world, input), kinds };
  }
  const opened = await atomically(world, async tx => {
    if (lane.kind !== 'knownDevice' || initial) await locks.settle(tx, settle);
    if (initial && !(await staff.spendInitial(tx, person))) return null;
    const fresh = await devices.openSession(tx, permit, session);
    await together(tx, [attempts.forgetting(tx, account)]);
    if (!standing.placeless) await networks.welcomed(tx, person.id, visitor.address);
    await arrivals.announce(tx, { person, visitor, opened: fresh, signals, byMail: false });
    return fresh;
  });
  return opened ? done(world, input, opened) : { kind: 'refused', changedAt: null };
}

async function done(
  world: World,
  input: Prepared & { person: staff.Person },
  opened: devices.Opened,
): Promise<SignInOutcome> {
  const { person, lane, source, password } = input;
  weather.count(world, counts[lane.kind], source);
  if (person.screened_with !== world.screening.version) await staff.rescreen(world, person, password);
  await staff.upgradeHash(world, person, password);
  return { kind: 'signed-in', person, opened };
}

/** The password was wrong; the moment of its change where it is a former one. */
export async function miss(
  world: World,
  visitor: Visitor,
  input: Prepared & { digest: Buffer; listed: boolean; spent: Lane },
): Promise<string | null> {
  const { person, lane, account, source, password, digest, listed, spent } = input;
  const mark = attempts.markOf(world, account, digest);
  const seen = await attempts.seenAs(world, account, mark);
  const verdict: attempts.Verdict & Verdict = seen.as ?? 'wrong';
  const plan = settlement(lane.kind, verdict, 0);
  weather.count(world, seen.as ? 'repeated' : 'wrong', source);
  const { key, rules } = lane;
  const device = devices.deviceLabel(visitor.userAgent);
  const written = { account, personId: person?.id ?? null, lane: lane.kind, verdict, source, device };
  const traces = (at: World) => [
    attempts.writing(at, written),
    ...(plan.remember ? attempts.remembering(at, { account, mark, source }) : []),
    ...(plan.blame > 0 && !input.standing.placeless ? [weather.blaming(at, source, plan.blame)] : []),
  ];
  const now = world.now();
  if (verdict === 'wrong' && lane.account === null && isLaneOpen(spent, rules, now)) {
    // Most of a flood: the try has closed nothing, whatever others do meanwhile, and all of it fits into one statement.
    const entry = audit.row(world, refusedEntry(visitor, input, spent.misses));
    await together(world, [
      locks.settling(world, { key, rules, now, verdict }),
      ...traces(world),
      insertEntry(entry),
    ]);
  } else
    await atomically(world, async tx => {
      const state = await locks.settle(tx, { key, rules, now: tx.now(), verdict });
      await together(tx, traces(tx));
      if (verdict !== 'wrong') return;
      await refused(tx, visitor, input, state);
      if (listed && person && lane.kind === 'familiarNetwork')
        await staff.addListedMass(tx, person.id, rankMass(world.screening.rankOf(password) ?? 1e6));
    });
  if (plan.touches) await weather.touch(world, account);
  if (seen.as) {
    const repeat = { as: seen.as, mark, changedAt: seen.changedAt };
    attempts.countRepeat(
      world,
      { account, source, password },
      { as: seen.as, mark, changedAt: seen.changedAt },
    );
    await noteStale(world, visitor, input, { ...repeat, times: 1 });
  }
  return seen.changedAt;
}

/** A listed guess on a known device or network: answered as wrong without the hash, and it costs its try. */
export async function listedMiss(world: World, visitor: Visitor, input: Prepared): Promise<void> {
  const { person, lane, account, source } = input;
  const plan = settlement(lane.kind, 'wrong', 0, true);
  weather.count(world, 'listed', source);
  await atomically(world, async tx => {
    const { key, rules } = lane;
    const state = await locks.settle(tx, { key, rules, now: tx.now(), verdict: 'wrong' });
    const device = devices.deviceLabel(visitor.userAgent);
    const written = { account, personId: person?.id ?? null, lane: lane.kind, source, device };
    await together(tx, [
      attempts.writing(tx, { ...written, verdict: 'listed' }),
      ...(plan.blame > 0 && !input.standing.placeless ? [weather.blaming(tx, source, plan.blame)] : []),
    ]);
    await refused(tx, visitor, input, state);
  });
}

/** A stranger's guess that is asked for a proof instead: only a listed one says something about the place. */
export async function listedRefusal(world: World, input: Prepared, listed: boolean): Promise<void> {
  const { lane, account, source, standing, suspect } = input;
  if (!listed || suspect) return;
  const { blame } = settlement(lane.kind, 'wrong', 0, true);
  if (!standing.placeless) await together(world, [weather.blaming(world, source, blame)]);
  await weather.touch(world, account);
}

function refusedEntry(
  visitor: Visitor,
  { person, lane }: Pick<Prepared, 'person' | 'lane'>,
  misses: number,
): audit.Entry {
  return {
    action: 'sign-in.refused',
    visitor,
    object: { type: 'person', id: person?.id ?? nobody },
    details: { lane: lane.kind, misses },
  };
}

async function refused(
  world: World,
  visitor: Visitor,
  { person, lane }: Prepared,
  state: Awaited<ReturnType<typeof locks.settle>>,
): Promise<void> {
  await audit.record(world, refusedEntry(visitor, { person, lane }, state.misses));
  await locks.keep(world, { lane, state, personId: person?.id ?? null, visitor });
  if (lane.kind === 'knownDevice' && person && !keepsCookie(state))
    await devices.disown(world, { personId: person.id, deviceId: lane.subject.key, visitor });
}
