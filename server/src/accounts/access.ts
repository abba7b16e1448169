// What somebody may do: asking for a permission or more time, granting and refusing, and changes of role and end.
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import { when } from '../messages/messages.ts';
import { type Action, type Grant, isGrantable, may, nextReach, type ObjectType } from '../permissions.ts';
import type { Language } from '../problems.ts';
import * as rights from '../rights/rights.ts';
import { flowHash, openFlow } from '../sign-in/flow.ts';
import { codeOf } from '../sign-in/store.ts';
import { whoAsks } from '../sign-in/who.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { tell } from './notices.ts';
import { difference } from './rules.ts';
import * as store from './store.ts';
import { changeWords, permissionWords, roleWords } from './words.ts';

type By = { me: Me; visitor: Visitor };

/** Codes by message that show who is signing in. */
const codePurposes = ['sign-in', 'sign-in-sms'];
export type RequestRow = Awaited<ReturnType<typeof store.requests>>[number];

export const requests = store.requests;

/** Asks for a permission; administrators hear of it at once. */
export async function ask(
  world: World,
  input: { action: string; object: string; reason: string },
  by: By,
): Promise<{ kind: 'asked'; id: string } | { kind: 'not-grantable' | 'has-it' }> {
  const { action, object, reason } = input;
  if (!isGrantable(action, object)) return { kind: 'not-grantable' };
  const reach = may(by.me, action as Action, object as ObjectType);
  if (reach === 'all') return { kind: 'has-it' };
  const person = await staff.byId(world, by.me.id);
  if (!person) return { kind: 'not-grantable' };
  return {
    kind: 'asked',
    id: await open(world, person, { kind: 'permission', action, object, reason }, by.visitor),
  };
}

/**
 * Asks for more time for an account that has ended: by the flow of a sign-in, on a known device or after its code. For
 * everybody else nothing happens; the answer is the same.
 */
export async function askExtension(
  world: World,
  visitor: Visitor,
  input: { flow: string; reason: string },
): Promise<void> {
  const flow = openFlow(world, 'sign-in', input.flow);
  const { person, deviceId } = await whoAsks(world, visitor, flow?.name ?? '');
  const proofs = flow
    ? await Promise.all(codePurposes.map(purpose => codeOf(world, flowHash(flow), purpose)))
    : [];
  const proved = proofs.some(code => code?.state === 'consumed' && code.person_id === person?.id);
  if (person?.state !== 'expired' || !(deviceId || proved)) return;
  const wish = { kind: 'extension' as const, action: '', object: '', reason: input.reason };
  await open(world, person, wish, visitor);
}

/** The same while still signed in, before the end. */
export async function askMoreTime(
  world: World,
  reason: string,
  by: By,
): Promise<{ kind: 'asked' | 'endless' }> {
  const person = await staff.byId(world, by.me.id);
  if (!person?.ends_at) return { kind: 'endless' };
  await open(world, person, { kind: 'extension', action: '', object: '', reason }, by.visitor);
  return { kind: 'asked' };
}

async function open(
  world: World,
  person: staff.Person,
  wish: Pick<RequestRow, 'kind' | 'action' | 'object' | 'reason'>,
  visitor: Visitor,
): Promise<string> {
  return atomically(world, async tx => {
    const { row, fresh } = await store.openRequest(tx, {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      person_id: person.id,
      asked_at: moment(tx),
      ...wish,
    });
    if (!fresh) return row.id;
    await audit.record(tx, {
      action: 'access.ask',
      by: person,
      visitor,
      object: { type: 'person', id: person.id },
      details: {
        wish: wish.kind === 'extension' ? 'extension' : `${wish.action}:${wish.object}`,
        reason: wish.reason,
      },
    });
    const inBoth = (['zh-CN', 'en'] as const).map(language => wishWords(wish, language)).join(' / ');
    const data = { person: person.name, wish: inBoth, reason: wish.reason, key: row.id };
    await alerts.raise(tx, { kind: 'access-request', data });
    return row.id;
  });
}

function wishWords(wish: Pick<RequestRow, 'kind' | 'action' | 'object'>, language: Language): string {
  if (wish.kind === 'extension') return changeWords.extension()[language];
  return permissionWords(wish.action, wish.object, language);
}

export type Decision =
  | { decision: 'grant'; until: string | null; reach?: Grant['reach'] | undefined; reason: string }
  | { decision: 'refuse'; reason: string };

/** Grants or refuses what somebody asked for; nobody decides for himself. */
export async function decide(
  world: World,
  id: string,
  decision: Decision,
  by: By,
): Promise<{ kind: 'decided' | 'not-found' | 'over' | 'oneself' | 'past' }> {
  return atomically(world, async tx => {
    const [request] = await store.requests(tx, { id, limit: 1 });
    const person = request && (await staff.byId(tx, request.person_id));
    if (!request || !person) return { kind: 'not-found' };
    if (person.id === by.me.id) return { kind: 'oneself' };
    const until = decision.decision === 'grant' ? decision.until : null;
    if (until && Date.parse(until) <= tx.now()) return { kind: 'past' };
    const settled = await store.decide(tx, id, {
      state: decision.decision === 'grant' ? 'granted' : 'refused',
      by: by.me.id,
      at: moment(tx),
      why: decision.reason || null,
      until,
    });
    if (!settled) return { kind: 'over' };
    if (decision.decision === 'refuse') await refuse(tx, person, request, decision.reason, by);
    else if (request.kind === 'extension')
      await changeAccess(
        tx,
        { personId: person.id, endsAt: until, reason: decision.reason || request.reason },
        by,
      );
    else
      await grant(
        tx,
        person,
        { ...request, until, reach: decision.reach, reason: decision.reason || request.reason },
        by,
      );
    return { kind: 'decided' };
  });
}

async function refuse(world: World, person: staff.Person, request: RequestRow, reason: string, by: By) {
  const language = person.language as Language;
  await audit.record(world, {
    action: 'access.refuse',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'person', id: person.id },
    details: { wish: wishWords(request, 'en'), reason },
  });
  const text = changeWords.refused(wishWords(request, language))[language];
  await tell(world, person, { kind: 'refused', text, reason, by: by.me.name });
}

async function grant(
  world: World,
  person: staff.Person,
  wish: {
    action: string;
    object: string;
    until: string | null;
    reach?: Grant['reach'] | undefined;
    reason: string;
  },
  by: By,
): Promise<void> {
  const language = person.language as Language;
  const { until, reason } = wish;
  const action = wish.action as Action;
  const object = wish.object as ObjectType;
  const reach = wish.reach ?? nextReach(await rights.handOf(world, person), action, object);
  await staff.grant(world, { personId: person.id, action, object, reach, until, reason }, by);
  const what = permissionWords(action, object, language);
  const text = changeWords.granted(what, until && when(until, language))[language];
  await tell(world, person, {
    kind: 'granted',
    text,
    reason,
    by: by.me.name,
    gained: [`${action}:${object}`],
  });
}

/** Takes a permission back that was given to one person. */
export async function endGrant(
  world: World,
  input: { personId: string; grantId: string },
  by: By,
): Promise<{ kind: 'ended' | 'not-found' }> {
  return atomically(world, async tx => {
    const person = await staff.byId(tx, input.personId);
    const outcome = await staff.endGrant(tx, input, by);
    if (outcome.kind === 'not-found' || !person) return { kind: 'not-found' };
    const language = person.language as Language;
    const { action, object } = outcome.grant;
    const text = changeWords.ended(permissionWords(action, object, language))[language];
    const lost = [`${action}:${object}`];
    await tell(tx, person, { kind: 'grant-ended', text, reason: '', by: by.me.name, lost });
    return { kind: 'ended' };
  });
}

/** Changes role, team or end, and tells the person what that gave and took; sessions go on. */
export async function changeAccess(
  world: World,
  input: Parameters<typeof staff.changeAccess>[1],
  by: By,
): Promise<{
  kind: 'changed' | 'not-found' | 'oneself' | 'last-administrator' | 'no-such-role' | 'no-such-team';
}> {
  return atomically(world, async tx => {
    // Held, so that nobody removes it meanwhile.
    const further = input.roleId ? await rights.holdPolicy(tx, { id: input.roleId }) : null;
    if (further === undefined || (further && input.role && input.role !== further.base))
      return { kind: 'no-such-role' };
    if (input.teamId && !(await staff.teams(tx)).some(team => team.id === input.teamId))
      return { kind: 'no-such-team' };
    const wanted = further ? { ...input, role: further.base } : input;
    const outcome = await staff.changeAccess(tx, wanted, by);
    if (outcome.kind !== 'changed') return outcome;
    const { person, before, after } = outcome;
    const language = person.language as Language;
    const able = ({ role, roleId }: typeof before) =>
      rights.handOf(tx, { id: person.id, role, role_id: roleId });
    const { gained, lost } = difference(await able(before), await able(after));
    const sameRole = before.role === after.role && before.roleId === after.roleId;
    const told = [
      ...(sameRole ? [] : [changeWords.role(further?.name ?? roleWords(after.role, language))]),
      ...(before.teamId === after.teamId ? [] : [changeWords.team()]),
      ...(before.endsAt === after.endsAt
        ? []
        : [after.endsAt ? changeWords.ends(when(after.endsAt, language)) : changeWords.endless()]),
    ].map(words => words[language]);
    if (told.length === 0) return { kind: 'changed' };
    if (person.state === 'expired')
      await devices.endAllSessions(tx, { personId: person.id, why: 'account-expired' }, by);
    const text = told.join(language === 'zh-CN' ? '' : ' ');
    const kind = sameRole && before.teamId === after.teamId ? 'extended' : 'access-changed';
    await tell(tx, person, { kind, text, reason: input.reason, by: by.me.name, gained, lost });
    return { kind: 'changed' };
  });
}
