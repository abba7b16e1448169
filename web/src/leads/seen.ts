// Free words that leads carry, to be offered again.
import { seenIn } from '../views/seen.ts';

export const gather = seenIn(['source', 'city', 'tags']);
