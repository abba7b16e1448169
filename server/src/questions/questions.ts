// Security questions (安全问题): off as delivered, and never enough: one more step of a recovery whose code was given back.
import type { LaneKind } from '@latchkey/engine';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { type Fault, faultIn, type Item, type Question, together } from './rules.ts';
import * as store from './store.ts';

export type { Fault, Item, Question } from './rules.ts';

type By = { me: Pick<Me, 'id' | 'name'> | null; visitor: Visitor | null };

export type QuestionPolicy = { enabled: boolean; reason: string; changedAt: string | null };

const usual: QuestionPolicy = { enabled: false, reason: '', changedAt: null };

const policies = memory<QuestionPolicy>(signal =>
  signal.kind === 'workspace-changed' ? [signal.workspaceId] : null,
);

/** Whether this workspace asks security questions, and why. */
export async function policyOf(world: World): Promise<QuestionPolicy> {
  return policies(world, world.workspaceId, async () => (await store.policy(world)) ?? usual);
}

/** Switches them on or off; off removes everybody's, as what is not asked is not kept. */
export async function choosePolicy(
  world: World,
  chosen: { enabled: boolean; reason: string },
  by: { me: Me; visitor: Visitor },
): Promise<QuestionPolicy> {
  const before = await policyOf(world);
  const after = { ...chosen, changedAt: moment(world) };
  await atomically(world, async tx => {
    await store.keepPolicy(tx, { ...chosen, changed_at: after.changedAt });
    const removed = chosen.enabled ? 0 : await store.removeAll(tx);
    await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
    await audit.record(tx, {
      action: 'policy.questions',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'policy', id: tx.workspaceId },
      before: { enabled: before.enabled, reason: before.reason },
      after: chosen,
      details: { removed },
    });
  });
  return after;
}

/** One's own questions; the answers are nobody's to see. */
export async function own(
  world: World,
  personId: string,
): Promise<{ at: string; questions: Question[] } | null> {
  const row = await store.of(world, personId);
  const text = row ? world.secrets.open('factor', row.questions) : null;
  return row && text ? { at: row.set_at, questions: JSON.parse(text) as Question[] } : null;
}

/** The questions that a recovery of this person asks; null for none. */
export async function askedOf(world: World, personId: string): Promise<Question[] | null> {
  if (!(await policyOf(world)).enabled) return null;
  return (await own(world, personId))?.questions ?? null;
}

export type SetOutcome = { kind: 'set' } | { kind: 'off' } | { kind: 'unfit'; fault: Fault };

/** Sets one's questions and answers in place of those before; the answers are kept as one slow hash. */
export async function set(
  world: World,
  items: readonly Item[],
  by: { me: Me; visitor: Visitor },
): Promise<SetOutcome> {
  if (!(await policyOf(world)).enabled) return { kind: 'off' };
  const fault = faultIn(items, by.me);
  if (fault) return { kind: 'unfit', fault };
  const person_id = by.me.id;
  const answers_hash = await world.passwords.hash(pepper(world, person_id, items.map(answerOf)));
  const questions = world.secrets.seal('factor', JSON.stringify(items.map(item => item.question)));
  await atomically(world, async tx => {
    await store.keep(tx, { person_id, questions, answers_hash, set_at: moment(tx) });
    await note(tx, 'set', person_id, {}, by);
    await tell(tx, person_id, 'set', by.visitor);
  });
  return { kind: 'set' };
}

const answerOf = (item: Item) => item.answer;

/** Mixed with a key apart from the database: answers are too easy to guess for any hash alone. */
function pepper(world: World, personId: string, answers: readonly string[]): string {
  return world.secrets.mac('factor', `answers ${personId} ${together(answers)}`).toString('base64url');
}

/** Removes one's questions. */
export async function remove(world: World, by: { me: Me; visitor: Visitor }): Promise<void> {
  await atomically(world, async tx => {
    if (!(await store.remove(tx, by.me.id))) return;
    await note(tx, 'remove', by.me.id, {}, by);
    await tell(tx, by.me.id, 'removed', by.visitor);
  });
}

const dayMs = 86_400_000;

/** Removes questions set within a day of a sign-in that was not the owner's: they would stand in his way alone. */
export async function removeSetSince(
  world: World,
  input: { personId: string; since: string; why: string },
  by: By,
): Promise<void> {
  const { personId, since, why } = input;
  const row = await store.of(world, personId);
  if (!row || row.set_at < since || row.set_at > iso(Date.parse(since) + dayMs)) return;
  await store.remove(world, personId);
  await note(world, 'remove', personId, { why }, by);
}

/**
 * Tries all answers at once. Every try is paid for in a lane of its own for each account, which signing in does not
 * share (L25); known devices have their own, so that nobody spends the owner's.
 */
export async function prove(
  world: World,
  visitor: Visitor,
  input: {
    person: Pick<staff.Person, 'id' | 'sign_in_name'>;
    by: LaneKind;
    answers: readonly string[];
    /** Takes the step in the transaction that settles the try; false when it was taken before. */
    take: (tx: World) => Promise<boolean>;
  },
): Promise<factors.Tried> {
  const { person, by, answers, take } = input;
  const lane = { kind: 'security-answers' as const, by, whose: person.sign_in_name };
  const tried = await factors.counted(world, lane, async () => {
    const row = await store.of(world, person.id);
    const verdict = await world.passwords.verify(
      row?.answers_hash ?? null,
      pepper(world, person.id, answers),
      { urgency: by === 'knownDevice' ? 'known' : 'stranger', source: person.id },
    );
    if (verdict.kind === 'busy') return 'busy';
    return verdict.kind === 'right' ? { personId: person.id, take } : null;
  });
  if (tried.kind === 'wrong') await note(world, 'refuse', person.id, {}, { me: null, visitor });
  return tried;
}

async function note(
  world: World,
  what: 'set' | 'remove' | 'refuse',
  personId: string,
  details: { why?: string },
  by: By,
): Promise<void> {
  await audit.record(world, {
    action: `questions.${what}`,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: personId },
    details,
  });
}

const told: Record<'set' | 'removed', Record<Language, string>> = {
  set: {
    en: 'Security questions were set. From now on they are asked in addition when a forgotten password is set anew.',
    'zh-CN': '您的账号设置了安全问题。今后找回密码时，除验证码外还需回答这些问题。',
  },
  removed: {
    en: 'The security questions were removed. They are no longer asked when a forgotten password is set anew.',
    'zh-CN': '您账号的安全问题已移除，今后找回密码时不再询问。',
  },
};

async function tell(
  world: World,
  personId: string,
  what: 'set' | 'removed',
  visitor: Visitor | null,
): Promise<void> {
  const person = await staff.byId(world, personId);
  if (!person?.email_verified_at) return;
  const language = person.language as Language;
  await messages.post(world, {
    to: person.email,
    personId,
    channel: 'email',
    template: 'questions-changed',
    language,
    data: {
      name: person.name,
      text: told[what][language],
      ...(visitor ? { device: devices.deviceLabel(visitor.userAgent), address: visitor.address } : {}),
    },
  });
}
