// A kind of proof that nobody counts must keep the server from starting.
import { existsSync } from 'node:fs';
import { FACTOR_RULES, proofRules } from '@latchkey/engine';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { serve } from '../serve.ts';
import { ownFolder } from '../testing/processes.ts';
import { checkRegistry, offered, offeredHere, type Registry, registry } from './registry.ts';

const planted = (counter: unknown): Registry =>
  ({ ...registry, iris: { ...registry.totp, counter } }) as unknown as Registry;

describe('L7 the registry of proofs', () => {
  it('L7 holds a counter for every kind', () => {
    expect(() => checkRegistry(registry)).not.toThrow();
  });

  it.each([
    ['without a counter', undefined, 'no counter'],
    ['with a counter that gives nothing', () => undefined, 'missing'],
    ['without a ceiling', () => ({ ...FACTOR_RULES, ceiling: Number.POSITIVE_INFINITY }), 'looser than 100'],
    [
      'with hundreds of tries at once',
      () => ({ ...FACTOR_RULES, short: { ...FACTOR_RULES.short, capacity: 500 } }),
      'looser than 100',
    ],
    [
      'that forgets within seconds',
      () => ({ ...FACTOR_RULES, short: { ...FACTOR_RULES.short, leakPerMs: 1 } }),
      'too fast',
    ],
    ['whose shares add up to more than 100', () => ({ ...FACTOR_RULES, ceiling: 60 }), '180'],
  ])('L7 refuses a kind %s', (_, counter, why) => {
    expect(() => checkRegistry(planted(counter))).toThrow(why);
  });

  it('L7 keeps a server with an uncounted kind from starting, before anything is touched', async () => {
    const folder = ownFolder();
    const read = readConfig({ LATCHKEY_DATA: `${folder.path}/data`, PORT: '0' });
    if (read.kind !== 'ok') throw new Error('settings');
    const log = pino({ level: 'silent' });
    const outcome = await serve(read.config, log, undefined, planted(undefined));
    expect(outcome).toMatchObject({ kind: 'fault' });
    expect(outcome.kind === 'fault' && outcome.sentence).toContain('"iris" declares no counter');
    expect(existsSync(`${folder.path}/data`)).toBe(false);
    folder.remove();
  });

  it('offers the strongest first, and no text messages where mail is sent and they are not', () => {
    const all = ['passkey', 'totp', 'email-code', 'sms-code', 'recovery-code', 'desk-code'];
    expect(offered).toEqual(all);
    const here = (mail: boolean, sms: boolean) =>
      offeredHere({ mail: { configured: mail }, sms: { configured: sms } });
    expect(here(true, true)).toEqual(all);
    expect(here(false, false)).toEqual(all);
    expect(here(true, false)).toEqual(all.filter(kind => kind !== 'sms-code'));
    expect(registry['sms-code'].restricted).toBe(true);
    expect(registry.totp.counter('strangers')).toEqual(proofRules('strangers'));
  });
});
