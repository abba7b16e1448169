// What stands around every letter, in both languages.
import type { Language } from '../problems.ts';

/** Above a letter to somebody whose name is known. */
export const greetings: Record<Language, (name: string) => string> = {
  en: name => `Hello ${name},`,
  'zh-CN': name => `${name}，您好：`,
};

/** Below every letter; the address is the installation's own. */
export const footers: Record<Language, (url: string) => string> = {
  en: url => `Latchkey · ${url}\nThis message was sent automatically; please do not reply to it.`,
  'zh-CN': url => `Latchkey · ${url}\n本邮件由系统自动发送，请勿直接回复。`,
};

/** What stands in the outbox in place of a code or link. */
export const withheld: Record<Language, string> = {
  en: 'This message holds a code or a link that only its recipient may see.',
  'zh-CN': '本邮件含有验证码或链接，仅收件人可见。',
};
