import { expect, it } from 'vitest';
import { strongPassword } from './strong-password.ts';

it('fits the strictest policy there can be, and is another every time', () => {
  const made = Array.from({ length: 200 }, (_, n) => strongPassword(n % 65));
  for (const [n, one] of made.entries()) {
    expect(one.length).toBeGreaterThanOrEqual(Math.max(24, n % 65));
    expect(one.length).toBeLessThanOrEqual(128);
    for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /-/]) expect(one).toMatch(kind);
  }
  expect(new Set(made).size).toBe(made.length);
});
