// The addresses of accounts.
import { setTimeout as sleep } from 'node:timers/promises';
import * as devices from '../devices/devices.ts';
import { refuseTry } from '../factors/routes.ts';
import { bind, type Refusal, refuse } from '../http.ts';
import * as locks from '../locks/locks.ts';
import type { Language } from '../problems.ts';
import { evenly, userView } from '../sign-in/routes.ts';
import { personView, weakPassword } from '../staff/routes.ts';
import * as staff from '../staff/staff.ts';
import { staleClients, teller } from '../stories/stories.ts';
import { iso } from '../world.ts';
import * as access from './access.ts';
import * as accounts from './accounts.ts';
import { accountsContract } from './contract.ts';
import * as invitations from './invitations.ts';
import * as notices from './notices.ts';
import * as verifying from './verifying.ts';

/** So many locks are told in full on the status page; `GET /locks/mine` has more. */
const mostTold = 10;

const states = {
  oneself: { en: 'one cannot do this for oneself', 'zh-CN': '不能为自己执行此操作' },
  'last-administrator': { en: 'the last administrator', 'zh-CN': '最后一位系统管理员' },
  'not-invited': { en: 'not waiting for an invitation', 'zh-CN': '该成员不在待接受邀请状态' },
  verified: { en: 'the address is verified', 'zh-CN': '邮箱已验证' },
  'not-grantable': {
    en: 'this permission comes with the role alone',
    'zh-CN': '此权限仅随角色授予，不能单独申请',
  },
  'has-it': { en: 'you have this permission', 'zh-CN': '您已有此权限' },
  over: { en: 'already decided', 'zh-CN': '该申请已处理' },
  'no-such-role': { en: 'there is no such role', 'zh-CN': '该角色不存在' },
  'no-such-team': { en: 'there is no such team', 'zh-CN': '该团队不存在' },
  past: { en: 'the end lies in the past', 'zh-CN': '截止时间早于现在' },
  endless: { en: 'the account has no end', 'zh-CN': '该账号没有使用期限' },
} as const satisfies Record<string, Record<Language, string>>;

function impossible(state: keyof typeof states, language: Language): Refusal {
  return refuse('wrong-state', { words: { state: states[state][language] } });
}

function grantView(row: staff.GrantRow) {
  const { id, action, object, reach, until, granted_at: grantedAt } = row;
  return { id, action, object, reach, until, grantedAt };
}

function requestView(row: access.RequestRow) {
  return {
    id: row.id,
    person: { id: row.person_id, name: row.person_name },
    kind: row.kind,
    action: row.action,
    object: row.object,
    reason: row.reason,
    askedAt: row.asked_at,
    state: row.state,
    decidedBy: row.decided_name,
    decidedAt: row.decided_at,
    decidedWhy: row.decided_why,
    until: row.until,
  };
}

function pageOf(rows: access.RequestRow[], limit: number) {
  const page = rows.slice(0, limit);
  return { items: page.map(requestView), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

export const accountsRoutes = bind(accountsContract)({
  'GET /status': async ({ world, me, visitor }) => {
    const own = await accounts.standing(world, me);
    if (!own) return refuse('not-found');
    const { person } = own;
    const tell = teller(world, visitor.language);
    return {
      status: 200,
      body: {
        user: userView(person),
        state: person.state,
        verified: { email: person.email_verified_at !== null },
        verifyBy: own.verifyDue,
        endsAt: person.ends_at,
        passwordSetAt: person.password_set_at,
        passwordDueAt: own.passwordDue,
        grants: own.grants.map(grantView),
        factors: own.factors,
        recoveryCodesLeft: own.codesLeft,
        devices: own.devices,
        sessions: own.sessions,
        improve: own.improve,
        timeline: own.timeline,
        locks: await Promise.all(own.locks.slice(0, mostTold).map(tell.of)),
        staleClients: await staleClients(world, person, visitor.language),
        recentSignIns: own.entries
          .filter(entry => /^(sign-in|session\.open)/.test(entry.action))
          .slice(0, 20)
          .map(entry => ({
            at: entry.at,
            outcome: entry.action === 'session.open' ? 'signed-in' : entry.action.replace('sign-in.', ''),
            address: entry.address,
            device: entry.device ? devices.deviceLabel(entry.device) : null,
          })),
      },
    };
  },
  'POST /invitations': async ({ world, body, me, visitor }) => {
    const { teamId = null, endsAt = null, ...rest } = body;
    if (endsAt && Date.parse(endsAt) <= world.now()) return impossible('past', visitor.language);
    const outcome = await invitations.invite(world, { ...rest, teamId, endsAt }, { me, visitor });
    if (outcome.kind === 'name-taken') return refuse('name-taken');
    const person = await staff.byId(world, outcome.id);
    return person ? { status: 201, body: personView(person) } : refuse('not-found');
  },
  'POST /people/{id}/invitation': async ({ world, params, me, visitor }) => {
    const { kind } = await invitations.resend(world, params.id, { me, visitor });
    if (kind === 'not-found') return refuse('not-found');
    return kind === 'sent' ? { status: 204 } : impossible(kind, visitor.language);
  },
  'POST /invitations/{id}/view': async ({ world, params, body, visitor }) => {
    const found = await invitations.view(world, { id: params.id, token: body.token });
    if (!found) return refuse('link-dead');
    const waits = found.state === 'open' || found.state === 'over';
    const lock = { cause: 'invited' as const, since: found.sentAt, until: null };
    return { status: 200, body: { ...found, lock: waits ? locks.tell(lock, visitor.language) : null } };
  },
  'POST /invitations/{id}': async ({ world, params, body, visitor }) => {
    const outcome = await invitations.accept(world, visitor, { id: params.id, ...body });
    if (outcome.kind === 'dead') return refuse('link-dead');
    return outcome.kind === 'weak' ? await weakPassword(world, outcome.fault, visitor) : { status: 204 };
  },
  'POST /invitations/{id}/renewal': async ({ world, params, body, visitor }) => {
    await Promise.all([
      invitations.renew(world, visitor, { id: params.id, token: body.token }),
      sleep(evenly),
    ]);
    return { status: 202, body: { kind: 'asked' } };
  },
  'POST /me/email/message': async ({ world, me }) => {
    const { kind } = await verifying.sendCode(world, me);
    if (kind === 'enough') return refuse('slow-down', { retryAfter: 900, words: { seconds: 900 } });
    return kind === 'no-address' ? refuse('not-found') : { status: 202, body: { kind } };
  },
  'POST /me/email/proof': async ({ world, body, me, visitor }) => {
    const outcome = await verifying.prove(world, body.code, { me, visitor });
    return outcome.kind === 'verified' ? { status: 204 } : refuseTry(world, outcome);
  },
  'POST /people/{id}/verifying': async ({ world, params, body, me, visitor }) => {
    const outcome = await verifying.defer(world, { personId: params.id, ...body }, { me, visitor });
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind !== 'deferred') return impossible(outcome.kind, visitor.language);
    return { status: 200, body: { until: outcome.until } };
  },
  'PATCH /people/{id}': async ({ world, params, body, me, visitor }) => {
    const input = { personId: params.id, ...body };
    const { kind } = await access.changeAccess(world, input, { me, visitor });
    if (kind === 'not-found') return refuse('not-found');
    if (kind !== 'changed') return impossible(kind, visitor.language);
    const person = await staff.byId(world, params.id);
    return person ? { status: 200, body: personView(person) } : refuse('not-found');
  },
  'GET /people/{id}/access': async ({ world, params }) => {
    const person = await staff.byId(world, params.id);
    if (!person) return refuse('not-found');
    const due = staff.passwordDue(person, await staff.passwordPolicy(world));
    const verify = staff.verifyDue(person);
    return {
      status: 200,
      body: {
        role: person.role,
        roleId: person.role_id,
        teamId: person.team_id,
        endsAt: person.ends_at,
        verifyBy: verify === null ? null : iso(verify),
        passwordDueAt: due === null ? null : iso(due),
        invitation: person.state === 'invited' ? await invitations.standing(world, person.id) : null,
        grants: (await staff.grantRows(world, person.id)).map(grantView),
      },
    };
  },
  'DELETE /people/{id}/grants/{grant}': async ({ world, params, me, visitor }) => {
    const input = { personId: params.id, grantId: params.grant };
    const { kind } = await access.endGrant(world, input, { me, visitor });
    return kind === 'ended' ? { status: 204 } : refuse('not-found');
  },
  'POST /requests': async ({ world, body, me, visitor }) => {
    const outcome = await access.ask(world, body, { me, visitor });
    if (outcome.kind !== 'asked') return impossible(outcome.kind, visitor.language);
    return { status: 201, body: { id: outcome.id } };
  },
  'GET /requests': async ({ world, query }) => {
    const rows = await access.requests(world, { ...query, limit: query.limit + 1 });
    return { status: 200, body: pageOf(rows, query.limit) };
  },
  'GET /requests/mine': async ({ world, query, me }) => {
    const rows = await access.requests(world, { ...query, limit: query.limit + 1, personId: me.id });
    return { status: 200, body: pageOf(rows, query.limit) };
  },
  'POST /requests/{id}/decision': async ({ world, params, body, me, visitor }) => {
    const { kind } = await access.decide(world, params.id, body, { me, visitor });
    if (kind === 'not-found') return refuse('not-found');
    return kind === 'decided' ? { status: 204 } : impossible(kind, visitor.language);
  },
  'POST /extensions': async ({ world, body, visitor }) => {
    await Promise.all([access.askExtension(world, visitor, body), sleep(evenly)]);
    return { status: 202, body: { kind: 'asked' } };
  },
  'POST /me/extension': async ({ world, body, me, visitor }) => {
    const { kind } = await access.askMoreTime(world, body.reason, { me, visitor });
    return kind === 'asked' ? { status: 202, body: { kind } } : impossible(kind, visitor.language);
  },
  'GET /notices': async ({ world, me, visitor }) => {
    const rows = await notices.unseen(world, me.id);
    return { status: 200, body: { items: rows.map(row => noticeView(row, visitor.language)), next: null } };
  },
  'DELETE /notices/{id}': async ({ world, me, params }) =>
    (await notices.seen(world, me.id, params.id)) ? { status: 204 } : refuse('not-found'),
});

type Details = { text: string; reason: string; gained: string[]; lost: string[] };

function noticeView(row: notices.NoticeRow, language: Language) {
  const { text, reason, gained, lost } = row.details as Details;
  const lock = { cause: 'permission-changed' as const, since: row.at, until: null };
  return {
    id: row.id,
    kind: row.kind as notices.Notice['kind'],
    at: row.at,
    by: row.by_name,
    text,
    reason,
    gained,
    lost,
    lock: lost.length > 0 ? locks.tell(lock, language) : null,
  };
}
