// Text messages: sends one over the service of SMS_URL and says what became of it.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { carries, requestFor, type Sms } from './requests.ts';
import { readSmsSettings, type SmsSettings } from './settings.ts';

export type { Sms } from './requests.ts';

export type SmsOutcome =
  | { kind: 'sent' }
  /** `reason` is a code, a colon and what the service said, on one line; `final`: trying again cannot help. */
  | { kind: 'failed'; reason: string; final: boolean };

export type SmsSender = {
  configured: boolean;
  /** Whether such a message can be sent at all: some services know templates for codes only. */
  carries: (sms: Pick<Sms, 'code'>) => boolean;
  send: (sms: Sms) => Promise<SmsOutcome>;
};

const timeoutMs = 15_000;
const mostRead = 64_000;

/** The sender of `SMS_URL`, or one that is not configured. */
export function openSms(
  config: { smsUrl: string | null },
  log: Pick<Logger, 'warn'>,
  options: { timeoutMs?: number; now?: () => number } = {},
): SmsSender {
  if (!config.smsUrl)
    return {
      configured: false,
      carries: () => true,
      send: async () => failed('not-configured', 'there is no SMS_URL', true),
    };
  const read = readSmsSettings(config.smsUrl);
  if (read.kind === 'faulty') throw new Error(`SMS_URL is wrong: ${read.why}`);
  const { settings } = read;
  return {
    configured: true,
    carries: sms => carries(settings, sms),
    async send(sms) {
      if (!/^\+[1-9]\d{5,14}$/.test(sms.to))
        return failed('number', 'the recipient is no E.164 number', true);
      if (!carries(settings, sms)) return failed('no-template', 'there is no template for notices', true);
      const outcome = await call(settings, sms, options);
      if (outcome.kind === 'failed')
        log.warn({ service: settings.service, reason: outcome.reason }, 'text message failed');
      return outcome;
    },
  };
}

async function call(
  settings: SmsSettings,
  sms: Sms,
  options: { timeoutMs?: number; now?: () => number },
): Promise<SmsOutcome> {
  const dice = { now: (options.now ?? Date.now)(), nonce: randomUUID() };
  const { url, headers, body } = requestFor(settings, sms, dice);
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? timeoutMs),
    });
    return judge(settings, reply.status, (await reply.text()).slice(0, mostRead));
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === 'TimeoutError') return failed('timeout', 'the service did not answer in time', false);
    return failed('unreachable', cause instanceof Error ? cause.message : message, false);
  }
}

type Told = {
  Code?: string;
  Message?: string;
  message?: string;
  Response?: {
    Error?: { Code?: string; Message?: string };
    SendStatusSet?: { Code?: string; Message?: string }[];
  };
};

/** What an answer means; the clouds say in the body what went wrong. */
function judge(settings: SmsSettings, status: number, text: string): SmsOutcome {
  const told = parse(text);
  const good = status >= 200 && status < 300;
  const passing = status >= 500 || status === 408 || status === 425 || status === 429;
  if (settings.service === 'aliyun') {
    if (good && told.Code === 'OK') return { kind: 'sent' };
    return byCode(told.Code, told.Message, status, passing);
  }
  if (settings.service === 'tencent') {
    const one = told.Response?.Error ?? told.Response?.SendStatusSet?.[0];
    if (good && one?.Code === 'Ok') return { kind: 'sent' };
    return byCode(one?.Code, one?.Message, status, passing);
  }
  if (good) return { kind: 'sent' };
  return failed(passing ? 'put-off' : 'refused', `${status} ${told.message ?? text}`, !passing);
}

/** Limits and faults of the service pass; everything else has to be put right by somebody. */
const passingCode = /limit|throttl|busy|internal|unavailable|timeout|RequestLimitExceeded/i;

function byCode(
  code: string | undefined,
  said: string | undefined,
  status: number,
  passing: boolean,
): SmsOutcome {
  const mayHelp = passing || code === undefined || passingCode.test(code);
  return failed(mayHelp ? 'put-off' : 'refused', `${code ?? status} ${said ?? ''}`, !mayHelp);
}

function parse(text: string): Told {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? (found as Told) : {};
  } catch {
    return {};
  }
}

function failed(code: string, said: string, final: boolean): SmsOutcome {
  const line = said
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 300);
  return { kind: 'failed', reason: `${code}: ${line}`, final };
}
