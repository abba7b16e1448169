// The kinds of alert: how grave each is, and what it says in two languages; adding one is adding a row here.
import { plain, when } from '../messages/messages.ts';
import type { Language } from '../problems.ts';

export type Severity = 'critical' | 'warning' | 'info';
export type Data = Record<string, string | number | null>;

/** What an alert was told, made harmless: texts are one line without web addresses, numbers are grouped. */
type Told = (key: string, otherwise: string) => string;
type Words = { title: string; text: (told: Told) => string };
type Kind = { severity: Severity; en: Words; zh: Words };

const table = {
  spray: {
    severity: 'warning',
    en: {
      title: 'Passwords are being tried on many accounts',
      text: told =>
        `Somebody is trying a few passwords each on ${told('names', 'many')} accounts. The limit for unknown devices has been tightened; known devices sign in as usual.`,
    },
    zh: {
      title: '大量账号正在被尝试登录',
      text: told =>
        `有人正在对 ${told('names', '多')} 个账号逐一尝试少量密码。系统已收紧对陌生设备的限制，已识别设备可照常登录。`,
    },
  },
  flood: {
    severity: 'warning',
    en: {
      title: 'Far more failed sign-ins than usual',
      text: told =>
        `There were ${told('misses', 'many')} failed sign-ins within ${told('minutes', 'a few')} minutes. Known devices are served first and sign in as usual.`,
    },
    zh: {
      title: '登录失败次数异常增多',
      text: told =>
        `${told('minutes', '数')} 分钟内出现 ${told('misses', '大量')} 次登录失败。系统会优先处理已识别设备，其登录不受影响。`,
    },
  },
  defence: {
    severity: 'critical',
    en: {
      title: 'Heightened defence is on',
      text: () =>
        'Unknown devices now have to prove who they are, whatever the password. Known devices sign in as usual. It ends by itself.',
    },
    zh: {
      title: '已进入加强防护',
      text: () => '陌生设备现在须先完成身份验证才能登录；已识别设备可照常登录。到期后会自动恢复常规规则。',
    },
  },
  calm: {
    severity: 'info',
    en: {
      title: 'The alarm is over',
      text: () => 'What raised it has ended, and the usual rules hold again.',
    },
    zh: { title: '警报已解除', text: () => '引发警报的情况已结束，系统已恢复常规规则。' },
  },
  'stale-client': {
    severity: 'info',
    en: {
      title: 'A program keeps using an old password',
      text: told =>
        `A device or program of ${told('person', 'a colleague')} keeps signing in with a password that no longer holds. It alone is blocked; the account is not locked. The saved password there has to be updated.`,
    },
    zh: {
      title: '有客户端仍在使用旧密码',
      text: told =>
        `${told('person', '某位成员')}的一台设备或程序一直在用已失效的密码登录。系统仅拦截该客户端，账号未被锁定。请更新其中保存的密码。`,
    },
  },
  'break-glass': {
    severity: 'critical',
    en: {
      title: 'Emergency recovery was used',
      text: told =>
        `Emergency recovery for ${told('person', 'an account')} was run on the server. If none of you did this, treat the server as broken into.`,
    },
    zh: {
      title: '有人使用了紧急恢复',
      text: told =>
        `有人在服务器上为${told('person', '某个账号')}执行了紧急恢复。如果并非贵方人员操作，请按服务器已被入侵处理。`,
    },
  },
  'device-lost': {
    severity: 'warning',
    en: {
      title: 'A device was reported lost',
      text: told =>
        `${told('person', 'A colleague')} reported a device as lost. It is signed out and no longer counts as known.`,
    },
    zh: {
      title: '有设备被报告丢失',
      text: told => `${told('person', '某位成员')}报告了一台设备丢失。该设备已退出登录，不再是已识别设备。`,
    },
  },
  'desk-request': {
    severity: 'warning',
    en: {
      title: 'An administrator asks for a second approval',
      text: told =>
        `${told('by', 'An administrator')} asks to help ${told('person', 'another administrator')}, who has administrator rights. Another administrator has to approve within 24 hours. Make sure first that the request is real.`,
    },
    zh: {
      title: '有一项操作等待第二人批准',
      text: told =>
        `${told('by', '一位系统管理员')}申请处理系统管理员${told('person', '')}的账号，须由另一位系统管理员在 24 小时内批准。批准前请先核实该申请属实。`,
    },
  },
  'desk-done': {
    severity: 'critical',
    en: {
      title: 'An administrator’s account was helped at the unlock desk',
      text: told =>
        `Access to the administrator account of ${told('person', 'a colleague')} was restored or changed, with a second approval. If none of you knows of it, look at the log at once.`,
    },
    zh: {
      title: '系统管理员账号已由解锁台处理',
      text: told =>
        `系统管理员${told('person', '')}的账号已经第二人批准并完成处理。如果各位均不知情，请立即查看日志。`,
    },
  },
  'access-request': {
    severity: 'info',
    en: {
      title: 'A colleague asks you for something',
      text: told =>
        `${told('person', 'A colleague')} asks for: ${told('wish', 'a permission')}. Grant or refuse it under “Requests”.`,
    },
    zh: {
      title: '有成员提交了申请',
      text: told =>
        `${told('person', '某位成员')}申请：${told('wish', '一项权限')}。请在“申请”页面批准或拒绝。`,
    },
  },
  ticket: {
    severity: 'info',
    en: {
      title: 'Somebody asks support for help',
      text: told => `Request ${told('ticket', '')} was opened. Answer it under Support.`,
    },
    zh: {
      title: '有人提交了客服工单',
      text: told => `收到工单 ${told('ticket', '')}，请到“客服工单”中处理。`,
    },
  },
  'not-me': {
    severity: 'critical',
    en: {
      title: 'A colleague does not recognise a sign-in',
      text: told =>
        `${told('person', 'A colleague')} says that a sign-in to the account was somebody else’s. Look at the log and at what was done during that session.`,
    },
    zh: {
      title: '有成员表示登录并非本人操作',
      text: told =>
        `${told('person', '某位成员')}表示其账号的一次登录并非本人操作。请查看日志，核实该会话期间的操作。`,
    },
  },
} as const satisfies Record<string, Kind>;

export type AlertKind = keyof typeof table;
export type Alert = { kind: AlertKind; data: Data & { key?: string } };

export const alertKinds = Object.keys(table) as [AlertKind, ...AlertKind[]];

/** True for a kind of this version; rows of an older one may name others. */
export function isAlertKind(text: string): text is AlertKind {
  return Object.hasOwn(table, text);
}

export function severityOf(kind: AlertKind): Severity {
  return table[kind].severity;
}

/** Data that an alert shows below its sentence, in this order; other keys travel in `data` only. */
const labels: Record<string, Record<Language, string>> = {
  person: { en: 'Account', 'zh-CN': '账号' },
  device: { en: 'Device', 'zh-CN': '设备' },
  client: { en: 'Program', 'zh-CN': '客户端' },
  network: { en: 'Network', 'zh-CN': '来源网络' },
  address: { en: 'Network address', 'zh-CN': '网络地址' },
  networks: { en: 'Networks', 'zh-CN': '来源网络数' },
  names: { en: 'Accounts', 'zh-CN': '涉及账号数' },
  misses: { en: 'Failed tries', 'zh-CN': '失败次数' },
  usual: { en: 'Usually', 'zh-CN': '平时次数' },
  by: { en: 'Done by', 'zh-CN': '操作人' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  since: { en: 'Since', 'zh-CN': '开始时间' },
  until: { en: 'Until', 'zh-CN': '截止时间' },
};
const times = new Set(['since', 'until']);

export type Fact = { label: string; value: string /** Where it is a moment: ISO 8601. */; at: string | null };
export type Telling = { title: string; text: string; facts: Fact[] };

/** An alert in one language; `carried` is how many of its like were held back before it. */
export function tell(alert: Alert, language: Language, carried = 0): Telling {
  const words = table[alert.kind][language === 'zh-CN' ? 'zh' : 'en'];
  const data: Data = alert.data;
  const value = (key: string): string => {
    const given = data[key];
    if (given === null || given === undefined || given === '') return '';
    if (times.has(key)) return Number.isNaN(new Date(given).getTime()) ? '' : when(given, language);
    return typeof given === 'number' ? given.toLocaleString('en') : plain(given);
  };
  const sentence = words.text((key, otherwise) => value(key) || otherwise);
  const facts = Object.entries(labels).flatMap(([key, label]): Fact[] => {
    const shown = value(key);
    if (!shown) return [];
    const at = times.has(key) ? new Date(data[key] ?? 0).toISOString() : null;
    return [{ label: label[language], value: shown, at }];
  });
  const more = carried > 0 ? heldBack[language](carried) : '';
  const glue = language === 'zh-CN' ? '' : ' ';
  return { title: words.title, text: more ? `${sentence}${glue}${more}` : sentence, facts };
}

const heldBack: Record<Language, (count: number) => string> = {
  en: count =>
    count === 1
      ? 'Since the last alert of this kind 1 more was held back.'
      : `Since the last alert of this kind ${count.toLocaleString('en')} more were held back.`,
  'zh-CN': count => `上次告警之后，另有 ${count.toLocaleString('en')} 次同类情况未单独提醒。`,
};
