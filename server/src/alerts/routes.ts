// The addresses of alerts, hooks and settings.
import { bind, refuse } from '../http.ts';
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import * as alerts from './alerts.ts';
import { alertsContract } from './contract.ts';
import type { UrlFault } from './destinations.ts';
import * as hooks from './hooks.ts';

type Listed = Awaited<ReturnType<typeof alerts.list>>[number];

function alertView(alert: Listed, language: Language) {
  const { id, at, data } = alert;
  // Written by a version that knew more kinds than this one.
  const known = alerts.isAlertKind(alert.kind) ? alert.kind : null;
  const telling = known
    ? alerts.tell({ kind: known, data }, language, alert.carried)
    : { title: alert.kind, text: '', facts: [] };
  return {
    id,
    kind: alert.kind,
    severity: known ? alerts.severityOf(known) : ('info' as const),
    at,
    title: telling.title,
    text: telling.text,
    facts: telling.facts,
    data,
    heldBack: alert.held_back,
    deliveries: alert.deliveries.map(({ name, state, problem }) => ({ hook: name, state, problem })),
  };
}

function stateOf(hook: hooks.Hook) {
  if (!hook.active) return 'off';
  if (hook.failing_since) return 'failing';
  if (hook.failures > 0) return 'retrying';
  return hook.last_ok_at ? 'good' : 'untried';
}

function hookView(world: World, hook: hooks.Hook) {
  return {
    id: hook.id,
    name: hook.name,
    format: hook.format,
    url: hooks.shownUrl(world, hook),
    signed: hook.secret !== null,
    kinds: hook.kinds.filter(alerts.isAlertKind),
    ownNetwork: hook.own_network,
    active: hook.active,
    state: stateOf(hook) as ReturnType<typeof stateOf>,
    createdBy: hook.created_by,
    createdAt: hook.created_at,
    lastOkAt: hook.last_ok_at,
    lastProblem: hook.last_problem,
    failures: hook.failures,
    failingSince: hook.failing_since,
  };
}

const faultWords: Record<UrlFault, Record<Language, string>> = {
  'no-url': { en: 'is no web address', 'zh-CN': '不是有效的网址' },
  'has-credentials': {
    en: 'must not hold a user name or password',
    'zh-CN': '网址中不能包含用户名或密码',
  },
  'plain-http': {
    en: 'must begin with https:// unless it lies in your own network',
    'zh-CN': '必须以 https:// 开头（位于贵方内网的除外）',
  },
  'own-network': {
    en: 'lies in a private network; say so if it is your own',
    'zh-CN': '属于内网地址；如确属贵方内网，请勾选“位于我们自己的网络”',
  },
  forbidden: { en: 'is an address that alerts are never sent to', 'zh-CN': '属于禁止发送告警的地址' },
};

function badUrl(fault: UrlFault, language: Language) {
  return refuse('invalid', {
    members: { faults: [{ path: 'url', message: faultWords[fault][language], code: fault }] },
  });
}

async function settingsView(world: World, personId: string, language: Language) {
  const settings = await alerts.settingsOf(world, personId);
  const kinds = alerts.alertKinds.map(kind => ({
    kind,
    severity: alerts.severityOf(kind),
    title: alerts.tell({ kind, data: {} }, language).title,
  }));
  return { ...settings, kinds };
}

export const alertsRoutes = bind(alertsContract)({
  'GET /alerts': async ({ world, query, visitor }) => {
    const found = await alerts.list(world, { limit: query.limit + 1, after: query.after });
    const page = found.slice(0, query.limit);
    return {
      status: 200,
      body: {
        items: page.map(alert => alertView(alert, visitor.language)),
        next: found.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      },
    };
  },
  'GET /alerts/hooks': async ({ world }) => {
    const items = await hooks.list(world);
    return { status: 200, body: { items: items.map(hook => hookView(world, hook)), next: null } };
  },
  'POST /alerts/hooks': async ({ world, body, me, visitor }) => {
    const outcome = await hooks.add(world, body, { me, visitor });
    if (outcome.kind === 'bad-url') return badUrl(outcome.fault, visitor.language);
    if (outcome.kind === 'too-many')
      return refuse('wrong-state', {
        words: { state: visitor.language === 'zh-CN' ? 'Webhook 数量已达上限' : 'there are enough webhooks' },
      });
    return { status: 201, body: { hook: hookView(world, outcome.hook), secret: outcome.secret } };
  },
  'PATCH /alerts/hooks/{id}': async ({ world, params, body, me, visitor }) => {
    const outcome = await hooks.change(world, params.id, body, { me, visitor });
    if (outcome.kind === 'not-found') return refuse('not-found');
    if (outcome.kind === 'bad-url') return badUrl(outcome.fault, visitor.language);
    return { status: 200, body: { hook: hookView(world, outcome.hook), secret: outcome.secret } };
  },
  'DELETE /alerts/hooks/{id}': async ({ world, params, me, visitor }) => {
    const outcome = await hooks.remove(world, params.id, { me, visitor });
    return outcome.kind === 'not-found' ? refuse('not-found') : { status: 204 };
  },
  'POST /alerts/hooks/{id}/test': async ({ world, params, me, visitor }) => {
    const tried = await hooks.test(world, params.id, { me, visitor });
    return tried.kind === 'not-found' ? refuse('not-found') : { status: 200, body: tried.outcome };
  },
  'GET /alerts/settings': async ({ world, me, visitor }) => ({
    status: 200,
    body: await settingsView(world, me.id, visitor.language),
  }),
  'PUT /alerts/settings': async ({ world, body, me, visitor }) => {
    const outcome = await alerts.keepSettings(world, body, { me, visitor });
    if (outcome.kind === 'critical')
      return refuse('invalid', {
        members: {
          faults: [
            {
              path: 'off',
              message:
                visitor.language === 'zh-CN'
                  ? `严重告警不能关闭：${outcome.kinds.join('、')}`
                  : `critical alerts cannot be switched off: ${outcome.kinds.join(', ')}`,
            },
          ],
        },
      });
    return { status: 200, body: await settingsView(world, me.id, visitor.language) };
  },
});
