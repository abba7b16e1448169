// Free words that customers carry, to be offered again.
import { seenIn } from '../views/seen.ts';

export const gather = seenIn(['source', 'level', 'industry', 'city', 'tags']);
