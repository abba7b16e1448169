// The request that each service wants, signed as its documentation says; pure but for what it is handed.
import { createHash, createHmac } from 'node:crypto';
import type { Json, SmsSettings, Templates } from './settings.ts';

/** A text message; `code` and `minutes` for services that put them into a template of theirs. */
export type Sms = { id: string; to: string; text: string; code: string | null; minutes: number | null };

export type Request = { url: string; headers: Record<string, string>; body: string };

export type Dice = { now: number; nonce: string };

type Of<S extends SmsSettings['service']> = Extract<SmsSettings, { service: S }>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The request that sends one text message. */
export function requestFor(settings: SmsSettings, sms: Sms, dice: Dice): Request {
  switch (settings.service) {
    case 'gateway':
      return gateway(settings, sms);
    case 'aliyun':
      return aliyun(settings, sms, dice);
    case 'tencent':
      return tencent(settings, sms, dice);
    case 'twilio':
      return twilio(settings, sms);
  }
}

/** Whether the service can carry this one: notices need a template where only templates are sent. */
export function carries(settings: SmsSettings, sms: Pick<Sms, 'code'>): boolean {
  return !('templates' in settings) || sms.code !== null || settings.templates.notice !== null;
}

function gateway(settings: Of<'gateway'>, sms: Sms): Request {
  const given: Record<string, string> = {
    to: sms.to,
    text: sms.text,
    code: sms.code ?? '',
    minutes: String(sms.minutes ?? ''),
    id: sms.id,
  };
  const fill = (part: Json): Json => {
    if (typeof part === 'string') return part.replace(/\{\{(\w+)\}\}/g, (hole, key) => given[key] ?? hole);
    if (Array.isArray(part)) return part.map(fill);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value)]));
  };
  return {
    url: settings.url,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': sms.id,
      ...(settings.authorization ? { authorization: settings.authorization } : {}),
    },
    body: JSON.stringify(fill(settings.body)),
  };
}

function chosen(templates: Templates, sms: Sms): { template: string; params: [string, string][] } {
  if (sms.code === null) return { template: templates.notice ?? '', params: [] };
  const given: Record<string, string> = { code: sms.code, minutes: String(sms.minutes ?? '') };
  return { template: templates.code, params: templates.params.map(name => [name, given[name] ?? '']) };
}

/** As RFC 3986 wants it: encodeURIComponent leaves five characters that must be encoded as well. */
const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Alibaba Cloud, SendSms 2017-05-25, signature version 3 (ACS3-HMAC-SHA256). */
function aliyun(settings: Of<'aliyun'>, sms: Sms, dice: Dice): Request {
  const { template, params } = chosen(settings.templates, sms);
  // Numbers of the mainland go without their country, all others with it and without the plus.
  const number = sms.to.startsWith('+86') ? sms.to.slice(3) : sms.to.slice(1);
  const query = Object.entries({
    OutId: sms.id,
    PhoneNumbers: number,
    SignName: settings.signName,
    TemplateCode: template,
    ...(params.length > 0 ? { TemplateParam: JSON.stringify(Object.fromEntries(params)) } : {}),
  })
    .map(([key, value]) => `${percent(key)}=${percent(value)}`)
    .sort()
    .join('&');
  const { host } = new URL(settings.endpoint);
  const signed: Record<string, string> = {
    host,
    'x-acs-action': 'SendSms',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': new Date(dice.now).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'x-acs-signature-nonce': dice.nonce,
    'x-acs-version': '2017-05-25',
  };
  const names = Object.keys(signed).sort().join(';');
  const lines = Object.keys(signed)
    .sort()
    .map(name => `${name}:${signed[name]}\n`)
    .join('');
  const canonical = ['POST', '/', query, lines, names, sha256('')].join('\n');
  const signature = hmac(settings.secret, `ACS3-HMAC-SHA256\n${sha256(canonical)}`).toString('hex');
  const { host: _, ...headers } = signed;
  const authorization = `ACS3-HMAC-SHA256 Credential=${settings.id},SignedHeaders=${names},Signature=${signature}`;
  return { url: `${settings.endpoint}/?${query}`, headers: { ...headers, authorization }, body: '' };
}

/** Tencent Cloud, SendSms 2021-01-11, signature TC3-HMAC-SHA256. */
function tencent(settings: Of<'tencent'>, sms: Sms, dice: Dice): Request {
  const { template, params } = chosen(settings.templates, sms);
  const body = JSON.stringify({
    PhoneNumberSet: [sms.to],
    SmsSdkAppId: settings.app,
    SignName: settings.signName,
    TemplateId: template,
    TemplateParamSet: params.map(([, value]) => value),
    SessionContext: sms.id,
  });
  const { host } = new URL(settings.endpoint);
  const stamp = Math.floor(dice.now / 1_000);
  const day = new Date(dice.now).toISOString().slice(0, 10);
  const type = 'application/json; charset=utf-8';
  const names = 'content-type;host;x-tc-action';
  const lines = `content-type:${type}\nhost:${host}\nx-tc-action:sendsms\n`;
  const canonical = ['POST', '/', '', lines, names, sha256(body)].join('\n');
  const scope = `${day}/sms/tc3_request`;
  const key = hmac(hmac(hmac(`TC3${settings.secret}`, day), 'sms'), 'tc3_request');
  const signature = hmac(key, `TC3-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`).toString('hex');
  return {
    url: `${settings.endpoint}/`,
    headers: {
      'content-type': type,
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-timestamp': String(stamp),
      'x-tc-region': settings.region,
      authorization: `TC3-HMAC-SHA256 Credential=${settings.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    },
    body,
  };
}

/** Twilio, Messages 2010-04-01. */
function twilio(settings: Of<'twilio'>, sms: Sms): Request {
  const { account, token, from } = settings;
  const sender: [string, string] = from.startsWith('MG') ? ['MessagingServiceSid', from] : ['From', from];
  return {
    url: `${settings.endpoint}/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
    },
    body: new URLSearchParams([['To', sms.to], sender, ['Body', sms.text]]).toString(),
  };
}
