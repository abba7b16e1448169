// What SMS_URL says: which service sends text messages, as whom, and by which templates.

export type SmsSettings =
  | { service: 'gateway'; url: string; authorization: string | null; body: Json }
  | {
      service: 'aliyun';
      id: string;
      secret: string;
      signName: string;
      endpoint: string;
      templates: Templates;
    }
  | {
      service: 'tencent';
      id: string;
      secret: string;
      signName: string;
      app: string;
      region: string;
      endpoint: string;
      templates: Templates;
    }
  | { service: 'twilio'; account: string; token: string; from: string; endpoint: string };

/** Services in mainland China send approved templates only: one for codes, another (if any) for notices. */
export type Templates = { code: string; params: string[]; notice: string | null };

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type ReadSms = { kind: 'ok'; settings: SmsSettings } | { kind: 'faulty'; why: string };

const faulty = (why: string) => ({ kind: 'faulty' as const, why });
const values = ['code', 'minutes'];

/**
 * Reads SMS_URL:
 * `https://user:password@host/path#{"phone":"{{to}}","text":"{{text}}"}` posts that JSON (without a user the password is
 * a bearer token); `aliyun://key:secret@signature/template`; `tencent://id:key@signature/app/template?region=…`;
 * `twilio://account:token@sender`. `?params=code,minutes` names what a template takes, `?notice=` its template for
 * notices, `?endpoint=` another address of the service.
 */
export function readSmsSettings(text: string): ReadSms {
  const url = URL.parse(text);
  if (!url?.hostname) return faulty('it is no URL with a host');
  try {
    return read(url);
  } catch {
    return faulty('it holds a % that is not followed by two hexadecimal digits');
  }
}

function read(url: URL): ReadSms {
  if (/^https?:$/.test(url.protocol)) return readGateway(url);
  const id = decodeURIComponent(url.username);
  const secret = decodeURIComponent(url.password);
  const host = decodeURIComponent(url.hostname);
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const endpoint = url.searchParams.get('endpoint');
  if (!id || !secret) return faulty('key and secret are missing: give scheme://key:secret@…');
  if (endpoint !== null && !isSafe(endpoint)) return faulty('endpoint= is no https:// address');
  const params = (url.searchParams.get('params') ?? '').split(',').filter(Boolean);
  if (params.some(param => !values.includes(param)))
    return faulty('params= names other than code and minutes');
  const notice = url.searchParams.get('notice');
  switch (url.protocol) {
    case 'aliyun:': {
      const [code] = parts;
      if (!code) return faulty('the template is missing: aliyun://key:secret@signature/template');
      const templates = { code, params: params.length > 0 ? params : ['code'], notice };
      const at = endpoint ?? 'https://dysmsapi.aliyuncs.com';
      return ok({ service: 'aliyun', id, secret, signName: host, endpoint: at, templates });
    }
    case 'tencent:': {
      const [app, code] = parts;
      if (!app || !code) return faulty('app or template is missing: tencent://id:key@signature/app/template');
      const templates = { code, params: params.length > 0 ? params : values, notice };
      const region = url.searchParams.get('region') ?? 'ap-guangzhou';
      const at = endpoint ?? 'https://sms.tencentcloudapi.com';
      return ok({ service: 'tencent', id, secret, signName: host, app, region, endpoint: at, templates });
    }
    case 'twilio:': {
      const at = endpoint ?? 'https://api.twilio.com';
      return ok({ service: 'twilio', account: id, token: secret, from: host, endpoint: at });
    }
    default:
      return faulty('its scheme is none of https, aliyun, tencent, twilio');
  }
}

function readGateway(url: URL): ReadSms {
  if (!isSafe(url.href)) return faulty('http:// is for this machine only; give https://');
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const pair = Buffer.from(`${user}:${password}`).toString('base64');
  const authorization = user ? `Basic ${pair}` : password ? `Bearer ${password}` : null;
  let body: Json = { to: '{{to}}', text: '{{text}}' };
  if (url.hash.length > 1) {
    try {
      body = JSON.parse(decodeURIComponent(url.hash.slice(1))) as Json;
    } catch {
      return faulty('what follows # is no JSON');
    }
  }
  const whole = JSON.stringify(body);
  if (!whole.includes('{{to}}') || !/\{\{(text|code)\}\}/.test(whole))
    return faulty('what follows # holds no {{to}}, or neither {{text}} nor {{code}}');
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return ok({ service: 'gateway', url: bare.href, authorization, body });
}

const ok = (settings: SmsSettings): ReadSms => ({ kind: 'ok', settings });

/** Encrypted on its way, or not leaving this machine. */
function isSafe(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
