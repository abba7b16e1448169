// The real clock and dice.
import { randomBytes, randomInt, randomUUIDv7 } from 'node:crypto';
import type { Random } from './world.ts';

export const dice: Random = {
  bytes: randomBytes,
  id: () => randomUUIDv7(),
  digits: count => Array.from({ length: count }, () => randomInt(10)).join(''),
};
