// Webhooks: addresses of other systems that are told of alerts, with secrets, tries and what came of them.
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { link } from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { type UrlFault, urlFault } from './destinations.ts';
import { type Format, type Notice, pack, refusal } from './formats.ts';
import { type AlertKind, isAlertKind, severityOf, tell } from './kinds.ts';
import { send } from './sending.ts';
import * as store from './store.ts';

export type Hook = store.HookRow;
type By = { me: Me; visitor: Visitor };

export type HookInput = {
  name: string;
  format: Format;
  url: string;
  /** Of DingTalk and Feishu, where the robot was given one; our own format gets a secret made for it. */
  secret?: string | null | undefined;
  kinds: AlertKind[];
  ownNetwork: boolean;
};

const hooksAtMost = 20;

/** All hooks, oldest first. */
export const list = store.listHooks;

/** Adds a hook; the secret of our own format is handed out here and never again. */
export async function add(
  world: World,
  input: HookInput,
  by: By,
): Promise<
  | { kind: 'added'; hook: Hook; secret: string | null }
  | { kind: 'bad-url'; fault: UrlFault }
  | { kind: 'too-many' }
> {
  const fault = urlFault(input.url, input.ownNetwork);
  if (fault) return { kind: 'bad-url', fault };
  const made = input.format === 'latchkey' ? newSecret(world) : null;
  const secret = made ?? (input.format === 'wecom' ? null : input.secret || null);
  const id = world.random.id();
  return atomically(world, async tx => {
    const row = {
      workspace_id: tx.workspaceId,
      id,
      name: input.name,
      format: input.format,
      url: tx.secrets.seal('hook', new URL(input.url).href),
      secret: secret === null ? null : tx.secrets.seal('hook', secret),
      kinds: input.kinds,
      own_network: input.ownNetwork,
      created_by: by.me.id,
      created_at: moment(tx),
    };
    if (!(await store.insertHook(tx, row, hooksAtMost))) return { kind: 'too-many' };
    const hook = await store.hookById(tx, id);
    if (!hook) throw new Error('a hook that was just added is gone');
    await note(tx, 'alert.hook-add', by, hook, { after: shown(tx, hook) });
    return { kind: 'added', hook, secret: made };
  });
}

export type HookPatch = Partial<Omit<HookInput, 'format'>> & {
  active?: boolean | undefined;
  /** Our own format only: makes a new secret; the old one no longer signs. */
  renewSecret?: boolean | undefined;
};

/** Changes a hook. A new address or secret begins with a clean sheet. */
export async function change(
  world: World,
  id: string,
  patch: { [K in keyof HookPatch]: HookPatch[K] | undefined },
  by: By,
): Promise<
  | { kind: 'changed'; hook: Hook; secret: string | null }
  | { kind: 'bad-url'; fault: UrlFault }
  | { kind: 'not-found' }
> {
  return atomically(world, async tx => {
    const before = await store.hookById(tx, id);
    if (!before) return { kind: 'not-found' };
    const url = patch.url ?? addressOf(tx, before);
    const ownNetwork = patch.ownNetwork ?? before.own_network;
    const fault = urlFault(url, ownNetwork);
    if (fault) return { kind: 'bad-url', fault };
    const made = patch.renewSecret && before.format === 'latchkey' ? newSecret(tx) : null;
    const given = before.format === 'dingtalk' || before.format === 'feishu' ? patch.secret : undefined;
    const secret = made ?? given;
    const anew = patch.url !== undefined || secret !== undefined || patch.active === true;
    await store.changeHook(tx, id, {
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.url === undefined ? {} : { url: tx.secrets.seal('hook', new URL(url).href) }),
      ...(secret === undefined ? {} : { secret: secret ? tx.secrets.seal('hook', secret) : null }),
      ...(patch.kinds === undefined ? {} : { kinds: patch.kinds }),
      own_network: ownNetwork,
      ...(patch.active === undefined ? {} : { active: patch.active }),
      ...(anew ? { failures: 0, last_problem: null, failing_since: null } : {}),
    });
    const hook = (await store.hookById(tx, id)) ?? before;
    const details = secret === undefined ? null : { secret: 'renewed' };
    await note(tx, 'alert.hook-change', by, hook, {
      before: shown(tx, before),
      after: shown(tx, hook),
      details,
    });
    return { kind: 'changed', hook, secret: made };
  });
}

/** Removes a hook; what was still to be delivered to it is dropped. */
export async function remove(world: World, id: string, by: By): Promise<{ kind: 'removed' | 'not-found' }> {
  return atomically(world, async tx => {
    const hook = await store.hookById(tx, id);
    if (!hook) return { kind: 'not-found' };
    await store.removeHook(tx, id);
    await note(tx, 'alert.hook-remove', by, hook, { before: shown(tx, hook) });
    return { kind: 'removed' };
  });
}

type Outcome = {
  ok: boolean;
  status: number | null;
  problem: string | null;
  reply: string | null;
  ms: number;
};

/** Sends a test alert at once and tells what came back; it is tried only once. */
export async function test(
  world: World,
  id: string,
  by: By,
): Promise<{ kind: 'tried'; outcome: Outcome } | { kind: 'not-found' }> {
  const hook = await store.hookById(world, id);
  if (!hook) return { kind: 'not-found' };
  const notice: Notice = {
    ...(await frame(world)),
    id: world.random.id(),
    kind: 'test',
    severity: 'info',
    at: moment(world),
    data: { by: by.me.name },
    telling: testTelling[await languageOf(world)](by.me.name),
  };
  const began = performance.now();
  const outcome = await post(world, hook, notice, world.random.id());
  const ms = Math.round(performance.now() - began);
  await atomically(world, async tx => {
    if (outcome.problem === null) await store.noteGood(tx, id, moment(tx));
    else await store.noteBad(tx, id, { problem: outcome.problem, givenUpAt: null });
    await note(tx, 'alert.hook-test', by, hook, { details: { problem: outcome.problem } });
  });
  return { kind: 'tried', outcome: { ok: outcome.problem === null, ...outcome, ms } };
}

const testTelling: Record<Language, (by: string) => Notice['telling']> = {
  en: by => ({
    title: 'Test alert',
    text: `${by} sent this to find out whether alerts arrive. They do.`,
    facts: [],
  }),
  'zh-CN': by => ({
    title: '测试告警',
    text: `${by} 发送了这条消息，用于测试告警能否送达。您能看到它，说明接收正常。`,
    facts: [],
  }),
};

/** Queues an alert for every active hook that wants to hear of its kind, in the caller's transaction. */
export async function spread(world: World, alert: store.AlertRow): Promise<void> {
  for (const hook of await store.listHooks(world)) {
    if (!hook.active || (hook.kinds.length > 0 && !hook.kinds.includes(alert.kind))) continue;
    const id = world.random.id();
    await store.insertDelivery(world, {
      workspace_id: world.workspaceId,
      id,
      alert_id: alert.id,
      hook_id: hook.id,
      created_at: moment(world),
    });
    await world.jobs.send(world, 'hooks', { id });
  }
}

const hour = 3_600_000;
/** The queue waits two hours at most, so these amount to about a day. */
const tryForMs = 22 * hour;
const attemptsAtMost = 20;

export type Delivered = { kind: 'sent' | 'idle' | 'failed' } | { kind: 'again'; problem: string };

/** Tries one delivery; `again` asks for another try later. A receiver may see one twice and knows it by its id. */
export async function deliver(world: World, id: string): Promise<Delivered> {
  const delivery = await store.takeDelivery(world, id);
  if (!delivery) return { kind: 'idle' };
  const [hook, alert] = [
    await store.hookById(world, delivery.hook_id),
    await store.alertById(world, delivery.alert_id),
  ];
  if (!hook || !alert || !isAlertKind(alert.kind)) return { kind: 'idle' };
  if (!hook.active) {
    await store.closeDelivery(world, id, { state: 'failed', problem: 'inactive' });
    return { kind: 'failed' };
  }
  const { problem } = await post(world, hook, await noticeOf(world, alert, alert.kind), id);
  if (problem === null) {
    await atomically(world, async tx => {
      await store.closeDelivery(tx, id, { state: 'sent', problem: null });
      await store.noteGood(tx, hook.id, moment(tx));
    });
    return { kind: 'sent' };
  }
  const age = world.now() - Date.parse(delivery.created_at);
  const last = delivery.attempts >= attemptsAtMost || age >= tryForMs;
  await atomically(world, async tx => {
    await store.closeDelivery(tx, id, { state: last ? 'failed' : 'queued', problem });
    const began = await store.noteBad(tx, hook.id, { problem, givenUpAt: last ? iso(tx.now()) : null });
    if (began)
      await audit.record(tx, {
        action: 'alert.hook-failing',
        object: { type: 'hook', id: hook.id },
        details: { name: hook.name, problem },
      });
  });
  return last ? { kind: 'failed' } : { kind: 'again', problem };
}

/** What another room tells by a hook that exists already. */
export type Message = {
  id: string;
  kind: string;
  at: string;
  title: string;
  text: string;
  data: Notice['data'];
  link: string;
};

/**
 * Tells one active hook something that is no alert: signed, guarded and noted at the hook as alerts are. Null: it
 * arrived; else what was wrong. `deliveryId` lets the receiver know one that comes twice.
 */
export async function hand(
  world: World,
  hookId: string,
  message: Message,
  deliveryId: string,
): Promise<string | null> {
  const hook = await store.hookById(world, hookId);
  if (!hook?.active) return 'inactive';
  const { id, kind, at, data, title, text } = message;
  const telling = { title, text, facts: [] };
  const notice: Notice = {
    ...(await frame(world)),
    id,
    kind,
    severity: 'info',
    at,
    data,
    telling,
    link: link(world, message.link),
  };
  const { problem } = await post(world, hook, notice, deliveryId);
  await atomically(world, async tx => {
    if (problem === null) await store.noteGood(tx, hook.id, moment(tx));
    else await store.noteBad(tx, hook.id, { problem, givenUpAt: null });
  });
  return problem;
}

async function post(world: World, hook: Hook, notice: Notice, deliveryId: string) {
  const url = addressOf(world, hook);
  const secret = hook.secret === null ? null : world.secrets.open('hook', hook.secret);
  if (url === '' || (hook.secret !== null && secret === null))
    return { status: null, problem: 'sealed', reply: null };
  const { format, own_network: ownNetwork } = hook;
  const language = await languageOf(world);
  const parcel = pack(notice, { format, url, secret, deliveryId, now: world.now(), language });
  const came = await send({ ...parcel, ownNetwork });
  if (came.kind === 'problem') return { status: null, problem: came.problem, reply: null };
  const { status, body } = came;
  return { status, problem: refusal(format, status, body), reply: body.slice(0, 300) };
}

async function noticeOf(world: World, alert: store.AlertRow, kind: AlertKind): Promise<Notice> {
  const { id, at, data, carried } = alert;
  const telling = tell({ kind, data }, await languageOf(world), carried);
  return { ...(await frame(world)), id, kind, severity: severityOf(kind), at, data, telling };
}

async function frame(world: World) {
  const workspace = await workspaces.find(world);
  return { workspace: workspace?.name ?? '', link: link(world, '/alerts') };
}

/** Other systems are told in the workspace's language. */
async function languageOf(world: World): Promise<Language> {
  return (await workspaces.find(world))?.language === 'en' ? 'en' : 'zh-CN';
}

function newSecret(world: World): string {
  return `lks_${world.random.bytes(32).toString('base64url')}`;
}

/** The address, or nothing when it was sealed under another installation secret. */
function addressOf(world: World, hook: Hook): string {
  return world.secrets.open('hook', hook.url) ?? '';
}

/** A hook's address as it may be shown: what opens a robot's group (query, last part of the path) is left out. */
export function shownUrl(world: World, hook: Hook): string {
  const url = URL.parse(addressOf(world, hook));
  if (!url) return '';
  const path = hook.format === 'latchkey' ? url.pathname : url.pathname.replace(/[^/]*$/, '…');
  return `${url.origin}${path}${url.search ? '?…' : ''}`;
}

function shown(world: World, hook: Hook) {
  const { name, format, kinds, active, own_network: ownNetwork } = hook;
  return { name, format, url: shownUrl(world, hook), kinds, active, ownNetwork };
}

async function note(
  world: World,
  action: string,
  by: By,
  hook: Hook,
  more: Pick<audit.Entry, 'before' | 'after' | 'details'>,
): Promise<void> {
  const details = { name: hook.name, ...more.details };
  await audit.record(world, {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'hook', id: hook.id },
    ...more,
    details,
  });
}
