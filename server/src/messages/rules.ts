// How a letter is put together, and how many may go to one address; pure.
import type { Language } from '../problems.ts';
import { type OwnText, say, spoken } from './own-words.ts';
import { type SmsTemplate, smsTexts } from './sms-words.ts';
import { footers, greetings, type TemplateName, type Time } from './words.ts';

/** L29: secret messages to one recipient, in an hour and in a day. */
export const caps = { hour: 5, day: 20 };

/** True when one more secret message to that recipient would be too many. */
export function isCapped(sent: { hour: number; day: number }): boolean {
  return sent.hour >= caps.hour || sent.day >= caps.day;
}

const timed = new Set(['at', 'since', 'until', 'expiresAt']);

/** The letter as subject and plain text; `url` is the public address that every link must begin with. */
export function compose(
  template: TemplateName,
  language: Language,
  data: object,
  about: About,
): { subject: string; text: string } {
  const { url, own } = about;
  const filled = fill(language, data, about);
  const { subject, paragraphs } = own ? spoken(own, filled) : say(template, language, filled);
  const greeting = filled.name ? [greetings[language](filled.name)] : [];
  const text = [...greeting, ...paragraphs, footers[language](url)].filter(Boolean).join('\n\n');
  return { subject: plain(subject, 200), text: `${text}\n` };
}

/** The text message; `own` are the workspace's own words. */
export function composeSms(
  template: SmsTemplate,
  language: Language,
  data: object,
  about: About,
): { subject: string; text: string } {
  const filled = fill(language, data, about);
  const own = about.own && spoken(about.own, filled).paragraphs.filter(Boolean).join('\n');
  return { subject: '', text: own ?? smsTexts[language][template](filled) };
}

/** Where and when; `own` are the workspace's own words, if it has any for this. */
type About = { url: string; now: number; own?: OwnText | null };

function fill(language: Language, data: object, { url, now }: About): Record<string, string> {
  const given: [string, Time][] = Object.entries({ at: now, ...data });
  const filled: Record<string, string> = {
    home: `${url}/`,
    ...Object.fromEntries(['name', 'device', 'address', 'place', 'far', 'stop'].map(key => [key, ''])),
  };
  for (const [key, value] of given) {
    if (key === 'link' || key === 'stop') filled[key] = ownLink(String(value), url);
    else if (timed.has(key)) filled[key] = value === '' ? '' : when(value, language);
    else if (key === 'text') filled[key] = plain(String(value), 1_000);
    else if (key === 'lines') filled[key] = linesOf(String(value));
    else filled[key] = plain(String(value ?? ''));
  }
  return filled;
}

/**
 * Somebody else's words in our letters: one line, no control or direction characters, no web address that a mail
 * program would turn into a link, and no more than `limit` characters.
 */
export function plain(text: string, limit = 120): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\b[a-z][a-z\d+.-]*:\/\/\S*|\bwww\.\S*/gi, '…')
    .trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

function linesOf(text: string): string {
  return text
    .split('\n')
    .map(one => plain(one, 200))
    .join('\n');
}

function ownLink(link: string, url: string): string {
  if (!link.startsWith(`${url}/`) || /[\s\p{C}]/u.test(link))
    throw new Error('a message may only link to the public address of this installation');
  return link;
}

/** `2026-07-04 15:04 (UTC+08:00)`: the server's own time zone, and said which. */
export function when(at: Time, language: Language): string {
  const date = new Date(at);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const offset = -date.getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  const zone = `UTC${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return language === 'zh-CN' ? `${day} ${time}（${zone}）` : `${day} ${time} (${zone})`;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, c => escapes[c] ?? c);
}

/** The same letter as simple HTML: a paragraph that is a code stands out, one that is an own link can be followed. */
export function htmlOf(text: string, language: Language, url: string): string {
  const paragraphs = text.trim().split('\n\n');
  const last = paragraphs.length - 1;
  const body = paragraphs.map((paragraph, i) => {
    const safe = escapeHtml(paragraph).replaceAll('\n', '<br>');
    if (/^\d{6,8}$/.test(paragraph))
      return `<p style="font:600 28px/1.4 ui-monospace,Consolas,monospace;letter-spacing:.18em;margin:20px 0">${safe}</p>`;
    if (paragraph.startsWith(`${url}/`) && !/\s/.test(paragraph))
      return `<p><a href="${safe}" style="color:#1c5d99;word-break:break-all">${safe}</a></p>`;
    if (i === last) return `<p style="color:#6b7280;font-size:13px;margin-top:32px">${safe}</p>`;
    return `<p>${safe}</p>`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="font:16px/1.6 system-ui,-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;max-width:36em;margin:0 auto;padding:24px">${body.join('')}</body></html>`;
}
