// A kind of proof that nobody counts must keep the server from starting.
import { FACTOR_RULES, proofRules } from '@latchkey/engine';
import { describe, expect, it } from 'vitest';
import { checkRegistry, offered, type Registry, registry } from './registry.ts';

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

  it('offers the strongest first and leaves out what is not offered yet', () => {
    expect(offered).toEqual(['passkey', 'totp', 'email-code', 'recovery-code']);
    expect(registry.totp.counter('strangers')).toEqual(proofRules('strangers'));
  });
});
