// Text messages in both languages: one short line each, as every further part costs.
import type { Language } from '../problems.ts';

type Say = (d: Record<string, string>) => string;

const en = {
  'sign-in-code': d =>
    `[Latchkey] Your sign-in code is ${d.code}, valid for ${d.minutes} minutes. Give it to nobody.`,
  recovery: d =>
    `[Latchkey] Your code for a new password is ${d.code}, valid for ${d.minutes} minutes. Give it to nobody. Not you? Ignore this.`,
  'contact-code': d =>
    `[Latchkey] Your code to confirm this phone is ${d.code}, valid for ${d.minutes} minutes.`,
  'contact-added': d =>
    `[Latchkey] Your account can now be recovered by this ${d.kind} too: ${d.value}. Not you? Tell your administrator.`,
  'contact-removed': d =>
    `[Latchkey] This ${d.kind} was removed from your account: ${d.value}. Not you? Tell your administrator.`,
  'recovery-proved': d =>
    `[Latchkey] Somebody is setting a new password for your account. Not you? Stop it here: ${d.link}`,
  'password-recovered': d =>
    `[Latchkey] A new password was set for your account. Not you? Stop it here: ${d.link}`,
  test: d => `[Latchkey] Test message, sent by ${d.by}.`,
} satisfies Record<string, Say>;

/** Templates that exist as a text message as well. */
export type SmsTemplate = keyof typeof en;

const zh: Record<SmsTemplate, Say> = {
  'sign-in-code': d => `【Latchkey】登录验证码 ${d.code}，${d.minutes} 分钟内有效，请勿告知他人。`,
  recovery: d =>
    `【Latchkey】您正在重设密码，验证码 ${d.code}，${d.minutes} 分钟内有效，请勿告知他人。如非本人操作，请忽略。`,
  'contact-code': d => `【Latchkey】手机号验证码 ${d.code}，${d.minutes} 分钟内有效。`,
  'contact-added': d =>
    `【Latchkey】您的账号新增了可用于找回密码的${d.kind}：${d.value}。如非本人操作，请联系系统管理员。`,
  'contact-removed': d => `【Latchkey】您的账号移除了${d.kind}：${d.value}。如非本人操作，请联系系统管理员。`,
  'recovery-proved': d =>
    `【Latchkey】有人正在为您的账号设置新密码。如非本人操作，请打开以下链接中止：${d.link}`,
  'password-recovered': d =>
    `【Latchkey】您的账号已设置新密码。如非本人操作，请打开以下链接使其失效：${d.link}`,
  test: d => `【Latchkey】测试短信，由 ${d.by} 发送。`,
};

export const smsTexts: Record<Language, Record<SmsTemplate, Say>> = { en, 'zh-CN': zh };

export function isSmsTemplate(name: string): name is SmsTemplate {
  return Object.hasOwn(en, name);
}
