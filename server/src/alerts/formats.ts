// What goes over the wire in each format, and how it is signed; pure.
import { createHmac } from 'node:crypto';
import type { Language } from '../problems.ts';
import type { Data, Severity, Telling } from './kinds.ts';

export type Format = 'latchkey' | 'wecom' | 'dingtalk' | 'feishu';
export const formats = ['latchkey', 'wecom', 'dingtalk', 'feishu'] as const satisfies Format[];

export type Notice = {
  id: string;
  kind: string;
  severity: Severity;
  at: string;
  workspace: string;
  data: Data;
  telling: Telling;
  /** Where the alerts can be looked at. */
  link: string;
};

export type Parcel = { url: string; body: string; headers: Record<string, string> };
type Packing = {
  format: Format;
  url: string;
  secret: string | null;
  deliveryId: string;
  /** Milliseconds since 1970: the moment of signing, a new one for every try. */
  now: number;
  language: Language;
};

/** A notice in a hook's format, signed. */
export function pack(notice: Notice, packing: Packing): Parcel {
  const { url, secret, now } = packing;
  switch (packing.format) {
    case 'latchkey':
      return packOwn(notice, packing);
    case 'wecom':
      return chat(url, { msgtype: 'text', text: { content: lines(notice, packing.language, 2_000) } });
    case 'dingtalk':
      return chat(secret ? dingtalkUrl(url, secret, now) : url, {
        msgtype: 'text',
        text: { content: lines(notice, packing.language, 15_000) },
        at: { isAtAll: false },
      });
    case 'feishu': {
      // Angle brackets would call people in (`<at user_id="all">`).
      const text = lines(notice, packing.language, 15_000).replaceAll('<', '＜').replaceAll('>', '＞');
      const seconds = String(Math.floor(now / 1_000));
      const signed = secret ? { timestamp: seconds, sign: feishuSign(seconds, secret) } : {};
      return chat(url, { ...signed, msg_type: 'text', content: { text } });
    }
  }
}

function packOwn(notice: Notice, packing: Packing): Parcel {
  const { id, kind, severity, at, workspace, data, telling } = notice;
  const body = JSON.stringify({
    id,
    kind,
    severity,
    at,
    workspace,
    title: telling.title,
    text: telling.text,
    data,
  });
  const t = Math.floor(packing.now / 1_000);
  return {
    url: packing.url,
    body,
    headers: {
      'latchkey-signature': `t=${t},v1=${signature(t, body, packing.secret ?? '')}`,
      'latchkey-delivery': packing.deliveryId,
    },
  };
}

/** `v1` of Latchkey-Signature: HMAC-SHA-256 of "t.body" under the hook's secret, in hexadecimal. */
export function signature(t: number, body: string, secret: string): string {
  return createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
}

/** DingTalk: HMAC-SHA-256 of "timestamp\nsecret" under the secret, base64, in the query; timestamp in milliseconds. */
export function dingtalkUrl(url: string, secret: string, now: number): string {
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(now));
  signed.searchParams.set('sign', sign);
  return signed.href;
}

/** Feishu: HMAC-SHA-256 of nothing under "timestamp\nsecret", base64; timestamp in seconds. */
export function feishuSign(seconds: string, secret: string): string {
  return createHmac('sha256', `${seconds}\n${secret}`).digest('base64');
}

function chat(url: string, body: Record<string, unknown>): Parcel {
  return { url, body: JSON.stringify(body), headers: {} };
}

const marks: Record<Severity, Record<Language, string>> = {
  critical: { en: 'Critical', 'zh-CN': '严重' },
  warning: { en: 'Warning', 'zh-CN': '警告' },
  info: { en: 'For information', 'zh-CN': '提示' },
};

/** The text of a chat message, at most `most` bytes of UTF-8. */
function lines(notice: Notice, language: Language, most: number): string {
  const { telling, severity, workspace, link } = notice;
  const zh = language === 'zh-CN';
  const head = zh
    ? `【Latchkey ${marks[severity][language]}】${telling.title}`
    : `[Latchkey · ${marks[severity][language]}] ${telling.title}`;
  const facts = telling.facts.map(({ label, value }) => `${label}${zh ? '：' : ': '}${value}`);
  const where = `${zh ? '企业空间：' : 'Workspace: '}${workspace}`;
  return cut([head, telling.text, ...facts, where, link].join('\n'), most);
}

function cut(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let kept = '';
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > most - 3) break;
    kept += character;
  }
  return `${kept}…`;
}

/** What the receiver made of it: null when it was taken, else why not. Chat robots say no with status 200. */
export function refusal(format: Format, status: number, body: string): string | null {
  if (status < 200 || status > 299)
    return status >= 300 && status < 400 ? `redirected: ${status}` : `status: ${status}`;
  if (format === 'latchkey') return null;
  const reply = jsonOf(body);
  const code = format === 'feishu' ? (reply?.code ?? reply?.StatusCode) : reply?.errcode;
  if (code === 0) return null;
  const words = reply?.errmsg ?? reply?.msg ?? reply?.StatusMessage;
  return `refused: ${String(code ?? '?')} ${typeof words === 'string' ? words.slice(0, 200) : ''}`.trim();
}

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
