// What a measured connection means: one finding for each question, with how bad it is. Pure.
import type { Measured, Try } from './connection.ts';

export type Finding = {
  /** The question. */
  what:
    | 'reach'
    | 'speed'
    | 'loss'
    | 'clock'
    | 'address'
    | 'cookies'
    | 'storage'
    | 'secure'
    | 'browser'
    | 'version';
  /** The answer, a key of the words. */
  says: string;
  tone: 'good' | 'warn' | 'bad';
  values: Record<string, string | number>;
};

type Reply = Extract<Try, { kind: 'reply' }>;

const slowMs = 400;
const verySlowMs = 1_500;
const lossWarn = 0;
const lossBad = 0.1;
/** Codes of authenticators are taken half a minute early or late. */
const skewWarnMs = 25_000;
const skewBadMs = 5 * 60_000;

/** The findings in the order in which they are told. */
export function findingsOf(m: Measured): Finding[] {
  const replies = m.tries.filter((one): one is Reply => one.kind === 'reply');
  const quickest = [...replies].sort((a, b) => a.ms - b.ms)[0];
  return [
    reach(m, replies.length),
    ...(quickest
      ? [speed(replies), loss(m.tries.length, replies.length), clock(quickest.skewMs), address(quickest)]
      : []),
    yes('cookies', m.cookies),
    yes('storage', m.storage),
    ...(m.secure ? [] : [finding('secure', 'no', 'warn')]),
    m.missing.length === 0
      ? finding('browser', 'yes', 'good')
      : finding('browser', 'no', 'bad', { missing: m.missing.join(', ') }),
    ...(quickest ? [version(m.pageVersion, quickest.ping.version)] : []),
  ];
}

function finding(
  what: Finding['what'],
  says: string,
  tone: Finding['tone'],
  values: Finding['values'] = {},
): Finding {
  return { what, says, tone, values };
}

const yes = (what: Finding['what'], is: boolean) => finding(what, is ? 'yes' : 'no', is ? 'good' : 'bad');

function reach(m: Measured, replies: number): Finding {
  if (replies > 0) return finding('reach', 'yes', 'good');
  if (!m.online) return finding('reach', 'offline', 'bad');
  const other = m.tries.find(one => one.kind === 'other');
  if (!other) return finding('reach', 'none', 'bad');
  const { status } = other;
  if (other.redirected || status === 511 || (status >= 200 && status < 400))
    return finding('reach', 'portal', 'bad');
  return status >= 500 && status !== 511
    ? finding('reach', 'server', 'bad', { status })
    : finding('reach', 'blocked', 'bad', { status });
}

function speed(replies: Reply[]): Finding {
  const times = replies.map(one => one.ms).sort((a, b) => a - b);
  const ms = Math.round(times[Math.floor(times.length / 2)] ?? 0);
  const worst = Math.round(times.at(-1) ?? 0);
  if (ms <= slowMs) return finding('speed', 'yes', 'good', { ms, worst });
  return finding('speed', 'no', ms <= verySlowMs ? 'warn' : 'bad', { ms, worst });
}

function loss(sent: number, came: number): Finding {
  const lost = sent - came;
  const share = sent === 0 ? 0 : lost / sent;
  if (share <= lossWarn) return finding('loss', 'yes', 'good', { sent, lost });
  return finding('loss', 'no', share > lossBad ? 'bad' : 'warn', { sent, lost });
}

function clock(skewMs: number): Finding {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) <= skewWarnMs) return finding('clock', 'yes', 'good', { seconds });
  const tone = Math.abs(skewMs) > skewBadMs ? 'bad' : 'warn';
  return finding('clock', skewMs > 0 ? 'fast' : 'slow', tone, { seconds });
}

function address({ ping }: Reply): Finding {
  const values = { address: ping.address };
  if (!ping.passedOn) return finding('address', 'direct', 'good', values);
  return ping.proxyTrusted
    ? finding('address', 'proxy', 'good', values)
    : finding('address', 'proxy-unknown', 'warn', values);
}

function version(page: string, server: string): Finding {
  const same = page === '' || page === server;
  return finding('version', same ? 'yes' : 'no', same ? 'good' : 'warn', { page, server });
}
