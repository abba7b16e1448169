// The kinds of file that may be attached, in the order in which they are told.
import type { Calls } from '../calls.ts';

export type Kind = NonNullable<Calls['GET /files/settings']['reply']['kinds']>[number];

export const kinds: readonly Kind[] = [
  'pdf',
  'picture',
  'document',
  'sheet',
  'slides',
  'text',
  'mail',
  'sound',
  'film',
  'archive',
];
