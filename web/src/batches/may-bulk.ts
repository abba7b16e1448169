// Whether somebody may do anything with many records at once.
import { useMe } from '../session.ts';
import type { BatchObject } from './changes.ts';

/** Whether this person may do anything with many records of a kind. */
export function useMayBulk(object: BatchObject): boolean {
  const { may } = useMe();
  return may(`update:${object}`) || may(`delete:${object}`);
}
