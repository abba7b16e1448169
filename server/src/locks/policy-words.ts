// What is wrong or risky about a lock policy, in words that say what to do.
import type { LaneKind, LanePolicy, PolicyFault, PolicyWarning } from '@latchkey/engine';
import type { Language } from '../problems.ts';

type Told = Record<Language, string>;

const lanes: Record<LaneKind, Told> = {
  knownDevice: { en: 'Known devices', 'zh-CN': '已识别设备' },
  familiarNetwork: { en: 'Familiar networks', 'zh-CN': '常用网络' },
  strangers: { en: 'Strangers', 'zh-CN': '陌生来源' },
  alarm: { en: 'Strangers during an alarm', 'zh-CN': '警戒状态下的陌生来源' },
};

const fields: Record<keyof LanePolicy, Told> = {
  tries: { en: 'tries at once', 'zh-CN': '连续尝试次数' },
  pauseMinutes: { en: 'minutes of pause', 'zh-CN': '暂停分钟数' },
  reserve: { en: 'tries in reserve', 'zh-CN': '储备次数' },
  perDay: { en: 'tries a day in the long run', 'zh-CN': '长期每日次数' },
};

const number = (value: number) => String(Math.round(value * 100) / 100);

/** A fault: which number of which lane, and what it may be. */
export function faultWords({ lane, field, kind, min, max }: PolicyFault, language: Language): string {
  const whole = field === 'tries' || field === 'reserve' || kind === 'not-whole';
  const [least, most] = [number(min), number(max)];
  if (language === 'zh-CN')
    return `${lanes[lane][language]}的${fields[field][language]}：请填写 ${least} 到 ${most} 之间的${whole ? '整数' : '数字'}。`;
  return `${lanes[lane].en}, ${fields[field].en}: choose a ${whole ? 'whole number' : 'number'} from ${least} to ${most}.`;
}

const warnings: Record<PolicyWarning['kind'], (value: string) => Told> = {
  'many-guesses': value => ({
    en: `A patient attacker can try about ${value} passwords a month on one name; 40 is the most we advise. Keep new passwords screened, or choose a stricter policy.`,
    'zh-CN': `有耐心的攻击者每月可对同一账号尝试约 ${value} 次密码，高于建议的 40 次。请保持弱密码拦截，或选择更严格的策略。`,
  }),
  'few-tries': value => ({
    en: `With a limit of ${value}, a slip of the finger on a new device is enough for a lock. Allow 3 or more.`,
    'zh-CN': `仅允许 ${value} 次尝试，本人在新设备上手误就会被锁定。建议至少允许 3 次。`,
  }),
  'long-pause': value => ({
    en: `${value} minutes is longer than owners on a new device will wait. A pause of up to 120 stops guessers as well.`,
    'zh-CN': `暂停 ${value} 分钟过长，本人在新设备上往往等不及。120 分钟以内同样能挡住猜测。`,
  }),
  'no-alarm': () => ({
    en: 'Nothing is tightened while many accounts are attacked at once. Only presets with lanes do that.',
    'zh-CN': '大量账号同时遭受攻击时不会自动收紧。需要自动收紧时，请选择其他预设。',
  }),
  'strangers-prove': () => ({
    en: 'People without a verified e-mail address or another proof cannot use a new device. Check the people list before saving.',
    'zh-CN': '没有已验证邮箱或其他验证方式的成员将无法在新设备上登录。保存前请先核对成员列表。',
  }),
};

/** A warning, with what can be done about it. */
export function warningWords({ kind, value }: PolicyWarning, language: Language): string {
  return warnings[kind](number(value))[language];
}
