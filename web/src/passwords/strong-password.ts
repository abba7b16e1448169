// A password made by dice that fits any policy: groups one can read out, with an upper-case letter and a digit.
import { makePassword } from '../people/password.ts';

/** At least `least` characters and 64 bits. */
export function strongPassword(least = 0): string {
  const digit = () => String((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % 10);
  const group = () => {
    const made = makePassword();
    return `${made.slice(0, 1).toUpperCase()}${made.slice(1)}${digit()}`;
  };
  let made = group();
  while (made.length < least) made += `-${group()}`;
  return made;
}
