// The letters in both languages: a subject and paragraphs, which become plain text and HTML alike.
import type { Language } from '../problems.ts';
import { type AccountsLetters, accountsWords } from './accounts-words.ts';
import { type ChannelLetters, channelWords } from './channel-words.ts';
import { deskWords } from './desk-words.ts';
import { type OrderLetters, orderWords } from './order-words.ts';
import { type SupportLetters, supportWords } from './support-words.ts';
import { type TeamLetters, teamWords } from './team-words.ts';

export { footers, greetings, withheld } from './frame-words.ts';

/** A moment, as ISO 8601 or milliseconds since 1970. */
export type Time = string | number;

/** What each letter has to be told; a `link` comes from link(world, path) and from nowhere else. */
export type Letters = AccountsLetters & {
  'sign-in-code': { code: string; minutes: number; device?: string; address?: string };
  recovery: { code: string; minutes: number; link: string; stop?: string };
  'password-changed': { device?: string; address?: string };
  'account-locked': { since: Time; until: Time | '' };
  'account-unlocked': { by: string; reason: string };
  'desk-help': { text: string; by: string; reason: string; proof: string };
  'new-device': { device: string; address: string; place?: string; far?: string; link: string };
  'stale-client': { device: string; address: string; times: number; since: Time; former: string };
  'factor-added': { kind: string; called: string; device?: string; address?: string };
  'factor-removed': { kind: string; called: string; by: string; device?: string; address?: string };
  'recovery-code-used': { left: string; device: string; address: string };
  invitation: { workspace: string; link: string };
  test: { by: string };
  alert: { title: string; text: string; lines: string; link: string };
} & ChannelLetters &
  SupportLetters &
  TeamLetters &
  OrderLetters;

/** What any letter may be told as well. */
export type Common = {
  /** Whom it greets. */
  name?: string;
  /** When it happened; now, unless given. */
  at?: Time;
  /** It is not sent after that. */
  expiresAt?: Time;
};

export type TemplateName = keyof Letters;

/** When so few recovery codes are left, their owner is told to make new ones. */
const fewLeft = 3;

/** All in words: times told, texts made harmless, `''` where nothing was given; `home` is the installation's address. */
type Filled<T extends TemplateName> = Record<keyof Letters[T] | 'name' | 'at' | 'home', string>;
type Letter = { subject: string; paragraphs: string[] };
type Words = { [T in TemplateName]: (d: Filled<T>) => Letter };

/** Lines of `label: value`; those without a value are left out. */
function facts(separator: string, lines: [string, string][]): string {
  return lines
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}${separator}${value}`)
    .join('\n');
}

const en: Words = {
  ...accountsWords.en,
  ...channelWords.en,
  ...supportWords.en,
  ...teamWords.en,
  ...orderWords.en,
  'desk-help': deskWords.en,
  'sign-in-code': d => ({
    subject: 'Your Latchkey sign-in code',
    paragraphs: [
      'You are signing in to Latchkey. Enter this code to continue:',
      d.code,
      `The code is valid for ${d.minutes} minutes and works once. A newer code replaces it.`,
      facts(': ', [
        ['Device', d.device],
        ['Network address', d.address],
        ['Time', d.at],
      ]),
      'If this was not you, give the code to nobody; without it nobody gets in. You need do nothing else.',
    ],
  }),
  recovery: d => ({
    subject: 'Get back into your Latchkey account',
    paragraphs: [
      'Somebody asked to get back into your account. Enter this code on the page where you asked for it:',
      d.code,
      'Or open this page to go on:',
      d.link,
      `The code is valid for ${d.minutes} minutes and works once. A newer code replaces it.`,
      'If it was not you who asked, there is nothing to do: your account is unchanged. Give the code to nobody, not even to someone who says they are from support.',
      d.stop ? 'To put an end to this code at once, open this page and choose “This was not me”:' : '',
      d.stop,
    ],
  }),
  'password-changed': d => ({
    subject: 'Your Latchkey password was changed',
    paragraphs: [
      'The password of your account was changed.',
      facts(': ', [
        ['Device', d.device],
        ['Network address', d.address],
        ['Time', d.at],
      ]),
      'If you did this, all is well. If not, choose “Forgot password” on the sign-in page at once and tell your administrator.',
    ],
  }),
  'account-locked': d => ({
    subject: 'Signing in to your account is locked for now',
    paragraphs: [
      'There were too many failed attempts to sign in to your account, so that signing in is locked for now. Devices on which you are known are counted apart and usually still work.',
      facts(': ', [
        ['Locked since', d.since],
        ['Locked until', d.until || 'you prove that it is you, or an administrator unlocks it'],
      ]),
      'To get in sooner, ask for a code by e-mail on the sign-in page, or ask an administrator to unlock your account:',
      d.home,
      'If the attempts were not yours, somebody may be guessing at your password. None of these attempts got in. If your password is short or used elsewhere, change it.',
    ],
  }),
  'account-unlocked': d => ({
    subject: 'Your account is unlocked',
    paragraphs: [
      'Your account has been unlocked. You can sign in again now.',
      facts(': ', [
        ['Unlocked by', d.by],
        ['Reason', d.reason],
        ['Time', d.at],
      ]),
      'If this surprises you, ask your administrator.',
    ],
  }),
  'new-device': d => ({
    subject: 'Your account was used on a new device',
    paragraphs: [
      'Somebody signed in to your account on a device that was not known before.',
      facts(': ', [
        ['Device', d.device],
        ['Network address', d.address],
        ['Place', d.place],
        ['Time', d.at],
      ]),
      d.far ? 'It is too far from your last sign-in to have been reached in the time between.' : '',
      'If it was you, there is nothing to do. If not, open this page and choose “It was not me”: that ends the session at once and leads you to a new password.',
      d.link,
    ],
  }),
  'stale-client': d => ({
    subject: 'A program keeps using an old password of yours',
    paragraphs: [
      d.former
        ? 'A device or program keeps signing in to your account with a password that you have changed since.'
        : 'A device or program keeps signing in to your account with one and the same wrong password.',
      facts(': ', [
        ['Device or program', d.device],
        ['Network address', d.address],
        ['Times', d.times],
        ['Since', d.since],
      ]),
      'It alone is held off; your account is not locked, and it takes no tries from you. Update the password saved there, or remove the account from it.',
    ],
  }),
  'factor-added': d => ({
    subject: 'A sign-in method was added to your account',
    paragraphs: [
      `A sign-in method was added to your account: ${d.kind}${d.called ? ` “${d.called}”` : ''}.`,
      facts(': ', [
        ['Device', d.device],
        ['Network address', d.address],
        ['Time', d.at],
      ]),
      'If it was you, there is nothing to do. If not, remove it under “Account”, change your password and tell your administrator.',
    ],
  }),
  'factor-removed': d => ({
    subject: 'A sign-in method was removed from your account',
    paragraphs: [
      `A sign-in method was removed from your account: ${d.kind}${d.called ? ` “${d.called}”` : ''}.`,
      facts(': ', [
        ['Removed by', d.by],
        ['Device', d.device],
        ['Network address', d.address],
        ['Time', d.at],
      ]),
      'If you know of it, there is nothing to do. If not, change your password and tell your administrator.',
    ],
  }),
  'recovery-code-used': d => ({
    subject: 'A recovery code of your account was used',
    paragraphs: [
      `One of your recovery codes was used. You have ${d.left} left.`,
      facts(': ', [
        ['Device', d.device],
        ['Network address', d.address],
        ['Time', d.at],
      ]),
      Number(d.left) <= fewLeft
        ? 'Few are left: make new ones under “Account”, as long as you can sign in.'
        : '',
      'If it was not you, make new recovery codes, change your password and tell your administrator.',
    ],
  }),
  invitation: d => ({
    subject: `Your account at ${d.workspace}`,
    paragraphs: [
      `${d.workspace} has opened a Latchkey account for you. Choose your password on this page:`,
      d.link,
      'If this means nothing to you, ignore this message.',
    ],
  }),
  test: d => ({
    subject: 'Test message from Latchkey',
    paragraphs: [
      `${d.by} sent this message to find out whether mail arrives. It does.`,
      facts(': ', [['Sent', d.at]]),
    ],
  }),
  alert: d => ({
    subject: `Alert: ${d.title}`,
    paragraphs: [
      d.text,
      [d.lines, facts(': ', [['Time', d.at]])].filter(Boolean).join('\n'),
      'All alerts, and which of them you want by e-mail:',
      d.link,
    ],
  }),
};

const zh: Words = {
  ...accountsWords.zh,
  ...channelWords.zh,
  ...supportWords.zh,
  ...teamWords.zh,
  ...orderWords.zh,
  'desk-help': deskWords.zh,
  'sign-in-code': d => ({
    subject: 'Latchkey 登录验证码',
    paragraphs: [
      '您正在登录 Latchkey，请输入以下验证码完成登录：',
      d.code,
      `验证码 ${d.minutes} 分钟内有效，仅可使用一次；重新获取后，旧验证码随即失效。`,
      facts('：', [
        ['登录设备', d.device],
        ['网络地址', d.address],
        ['时间', d.at],
      ]),
      '如非本人操作，请勿将验证码告知任何人；没有验证码，他人无法登录。您无需进行其他操作。',
    ],
  }),
  recovery: d => ({
    subject: '找回您的 Latchkey 账号',
    paragraphs: [
      '我们收到了找回您账号的请求。请在发起请求的页面输入以下验证码：',
      d.code,
      '也可以打开以下页面继续：',
      d.link,
      `验证码 ${d.minutes} 分钟内有效，仅可使用一次；重新获取后，旧验证码随即失效。`,
      '如非本人请求，您无需进行任何操作，账号没有任何变化。请勿将验证码告知任何人，包括自称客服的人员。',
      d.stop ? '如需立即作废该验证码，请打开以下页面并选择“不是我”：' : '',
      d.stop,
    ],
  }),
  'password-changed': d => ({
    subject: '您的 Latchkey 密码已修改',
    paragraphs: [
      '您的账号密码刚刚被修改。',
      facts('：', [
        ['操作设备', d.device],
        ['网络地址', d.address],
        ['时间', d.at],
      ]),
      '如是本人操作，请忽略此邮件。如非本人操作，请立即在登录页点击“忘记密码”重新设置，并联系系统管理员。',
    ],
  }),
  'account-locked': d => ({
    subject: '您的账号已暂时锁定',
    paragraphs: [
      '由于登录失败次数过多，您的账号已暂时锁定。您常用的设备单独计数，通常仍可正常登录。',
      facts('：', [
        ['锁定时间', d.since],
        ['解锁时间', d.until || '完成身份验证或由管理员解锁后'],
      ]),
      '如需尽快登录，可在登录页获取邮箱验证码，或请系统管理员为您解锁：',
      d.home,
      '如果这些尝试并非来自您本人，可能有人正在猜测您的密码，但均未成功登录。如果您的密码较短，或在其他网站也使用过，请尽快修改。',
    ],
  }),
  'account-unlocked': d => ({
    subject: '您的账号已解锁',
    paragraphs: [
      '您的账号已解锁，现在可以正常登录。',
      facts('：', [
        ['操作人', d.by],
        ['原因', d.reason],
        ['时间', d.at],
      ]),
      '如果您对此并不知情，请向系统管理员核实。',
    ],
  }),
  'new-device': d => ({
    subject: '您的账号在新设备上登录',
    paragraphs: [
      '您的账号刚刚在一台此前未使用过的设备上登录。',
      facts('：', [
        ['登录设备', d.device],
        ['网络地址', d.address],
        ['大致位置', d.place],
        ['时间', d.at],
      ]),
      d.far ? '该位置与您上次登录的位置相距过远，在此期间不可能到达。' : '',
      '如是本人操作，请忽略此邮件。如非本人操作，请打开以下页面并选择“不是我”：系统会立即结束该登录，并引导您设置新密码。',
      d.link,
    ],
  }),
  'stale-client': d => ({
    subject: '有设备或程序仍在使用您的旧密码',
    paragraphs: [
      d.former
        ? '有一台设备或程序一直在用您已更换的旧密码登录您的账号。'
        : '有一台设备或程序一直在用同一个错误密码登录您的账号。',
      facts('：', [
        ['设备或程序', d.device],
        ['网络地址', d.address],
        ['次数', d.times],
        ['开始时间', d.since],
      ]),
      '系统仅拦截该设备或程序，您的账号未被锁定，也不会占用您的登录次数。请更新其中保存的密码，或从中移除该账号。',
    ],
  }),
  'factor-added': d => ({
    subject: '您的账号新增了登录验证方式',
    paragraphs: [
      `您的账号新增了一种登录验证方式：${d.kind}${d.called ? `“${d.called}”` : ''}。`,
      facts('：', [
        ['操作设备', d.device],
        ['网络地址', d.address],
        ['时间', d.at],
      ]),
      '如是本人操作，无需处理。如非本人操作，请在“账号”页面移除该方式，修改密码，并联系系统管理员。',
    ],
  }),
  'factor-removed': d => ({
    subject: '您的账号移除了登录验证方式',
    paragraphs: [
      `您的账号移除了一种登录验证方式：${d.kind}${d.called ? `“${d.called}”` : ''}。`,
      facts('：', [
        ['操作人', d.by],
        ['操作设备', d.device],
        ['网络地址', d.address],
        ['时间', d.at],
      ]),
      '如您知晓此事，无需处理。如非本人操作，请立即修改密码，并联系系统管理员。',
    ],
  }),
  'recovery-code-used': d => ({
    subject: '您的恢复码已被使用',
    paragraphs: [
      `您的一个恢复码刚刚被使用，还剩 ${d.left} 个可用。`,
      facts('：', [
        ['登录设备', d.device],
        ['网络地址', d.address],
        ['时间', d.at],
      ]),
      Number(d.left) <= fewLeft ? '剩余的恢复码不多了，请在还能登录时到“账号”页面重新生成。' : '',
      '如非本人操作，请立即重新生成恢复码，修改密码，并联系系统管理员。',
    ],
  }),
  invitation: d => ({
    subject: `“${d.workspace}”邀请您使用 Latchkey`,
    paragraphs: [
      `“${d.workspace}”已为您开通 Latchkey 账号，请打开以下页面设置密码：`,
      d.link,
      '如果您不了解此事，请忽略本邮件。',
    ],
  }),
  test: d => ({
    subject: 'Latchkey 测试邮件',
    paragraphs: [
      `${d.by} 发送了这封邮件，用于测试邮件能否送达。您能看到它，说明邮件服务工作正常。`,
      facts('：', [['发送时间', d.at]]),
    ],
  }),
  alert: d => ({
    subject: `告警：${d.title}`,
    paragraphs: [
      d.text,
      [d.lines, facts('：', [['时间', d.at]])].filter(Boolean).join('\n'),
      '查看全部告警，或设置接收哪些告警邮件：',
      d.link,
    ],
  }),
};

export const letters: Record<Language, Words> = { en, 'zh-CN': zh };
