// Orders of a list by the workspace's own fields: `custom.key`, `-custom.key`.
import { say } from '../words.ts';

const isOwn = (sort: string | undefined): sort is string => /^-?custom\.[a-z]\w*$/.test(sort ?? '');

/** The order that an address asks for, where there is such a one. */
export function sortIn(sort: string | undefined, sorts: readonly string[]): string | undefined {
  return isOwn(sort) ? sort : sorts.find(one => one === sort);
}

/** What a choice of orders has in addition while the list goes by an own field. */
export const ownSort = (sort: string | undefined) =>
  isOwn(sort) ? [{ value: sort, label: say('views', 'own.sorted') }] : [];
