// Each kind of trouble is called by its own name.
import { describe, expect, it } from 'vitest';
import type { Measured, Try } from './connection.ts';
import { findingsOf } from './verdicts.ts';

const ping = {
  at: 0,
  address: '192.0.2.7',
  passedOn: false,
  proxyTrusted: false,
  secure: true,
  cookies: true,
  version: '1.0.0',
};
const reply = (ms = 20, skewMs = 0, more = {}): Try => ({
  kind: 'reply',
  ms,
  skewMs,
  ping: { ...ping, ...more },
});
const fine: Measured = {
  online: true,
  tries: Array.from({ length: 20 }, () => reply()),
  cookies: true,
  storage: true,
  worker: 'active',
  secure: true,
  missing: [],
  pageVersion: '1.0.0',
};
const of = (more: Partial<Measured>, what: string) =>
  findingsOf({ ...fine, ...more }).find(one => one.what === what);

describe('the connection check', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(findingsOf(fine).every(one => one.tone === 'good')).toBe(true);
  });

  it.each<[string, Partial<Measured>, string]>([
    ['no network', { online: false, tries: [{ kind: 'none' }] }, 'offline'],
    [
      'a network that asks to sign in',
      { tries: [{ kind: 'other', status: 200, redirected: false }] },
      'portal',
    ],
    ['a redirect elsewhere', { tries: [{ kind: 'other', status: 0, redirected: true }] }, 'portal'],
    [
      'network authentication required',
      { tries: [{ kind: 'other', status: 511, redirected: false }] },
      'portal',
    ],
    ['a proxy that forbids', { tries: [{ kind: 'other', status: 403, redirected: false }] }, 'blocked'],
    [
      'a proxy that wants a password',
      { tries: [{ kind: 'other', status: 407, redirected: false }] },
      'blocked',
    ],
    ['a server that is away', { tries: [{ kind: 'other', status: 502, redirected: false }] }, 'server'],
    ['no answer', { tries: [{ kind: 'none' }, { kind: 'none' }] }, 'none'],
  ])('calls %s by its name', (_, more, says) => {
    expect(of(more, 'reach')).toMatchObject({ says, tone: 'bad' });
    expect(of(more, 'speed')).toBeUndefined();
  });

  it.each<[string, Try[], string, string, string]>([
    ['a slow way', [reply(900)], 'speed', 'no', 'warn'],
    ['a very slow way', [reply(3_000)], 'speed', 'no', 'bad'],
    ['one lost of twenty', [...fine.tries.slice(1), { kind: 'none' }], 'loss', 'no', 'warn'],
    ['every other lost', [reply(), { kind: 'none' }], 'loss', 'no', 'bad'],
    ['a clock a minute fast', [reply(20, 60_000)], 'clock', 'fast', 'warn'],
    ['a clock an hour slow', [reply(20, -3_600_000)], 'clock', 'slow', 'bad'],
    ['a trusted proxy', [reply(20, 0, { passedOn: true, proxyTrusted: true })], 'address', 'proxy', 'good'],
    ['an unknown proxy', [reply(20, 0, { passedOn: true })], 'address', 'proxy-unknown', 'warn'],
    ['an older page', [reply(20, 0, { version: '1.1.0' })], 'version', 'no', 'warn'],
  ])('tells %s', (_, tries, what, says, tone) => {
    expect(of({ tries }, what)).toMatchObject({ says, tone });
  });

  it('takes the clock from the quickest reply, which says it best', () => {
    expect(of({ tries: [reply(2_000, 40_000), reply(30, 1_000)] }, 'clock')?.tone).toBe('good');
  });

  it('names what the browser does not allow or lacks', () => {
    expect(of({ cookies: false }, 'cookies')?.tone).toBe('bad');
    expect(of({ storage: false }, 'storage')?.tone).toBe('bad');
    expect(of({ secure: false }, 'secure')?.tone).toBe('warn');
    expect(of({ missing: ['AbortSignal.timeout'] }, 'browser')?.values.missing).toBe('AbortSignal.timeout');
  });
});
