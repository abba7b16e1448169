// From what was asked for to conditions on rows. Pure.
import type { z } from 'zod';
import { askedKeys } from '../custom-fields/custom-fields.ts';
import { markOf, sortKey, soundKeysIn, wantedIn, wantedKeys } from '../folding.ts';
import { type Hand, hiddenFields } from '../permissions.ts';
import { filterValues } from './changes.ts';
import type { CustomerFilters as Schema } from './contract.ts';
import type { Conditions } from './store.ts';

export type CustomerFilters = z.output<typeof Schema>;

/** The conditions that filters mean for a person of that workspace. */
export function conditionsOf(
  workspaceId: string,
  filters: CustomerFilters,
  me: Hand & { id: string },
): Conditions {
  const { q, owner, deleted, custom, ...rest } = filters;
  const mark = markOf(workspaceId);
  const wanted = wantedIn(q, hiddenFields(me, 'customer'));
  const values = [
    ...filterValues({
      city: rest.city ?? null,
      source: rest.source ?? null,
      level: rest.level ?? null,
      industry: rest.industry ?? null,
      tags: rest.tag ? [rest.tag] : [],
    }),
    ...askedKeys(custom),
  ].map(([letter, value]) => `${mark}${letter}${value}`);
  const single = wanted?.name && [...wanted.name].length === 1 ? wanted.name : null;
  const texts = wanted && !single ? wantedKeys(mark, wanted) : [];
  const ways =
    texts.length > 0 ? texts.map(way => [...way, ...values]) : values.length > 0 && !wanted ? [values] : [];
  return {
    ...rest,
    ways,
    name: single ? null : (wanted?.name ?? null),
    namePrefix: single ? sortKey(single) : null,
    digits: wanted?.digits ?? null,
    emailPart: single ? null : (wanted?.email ?? null),
    sounds: wanted && !single ? soundKeysIn(mark, wanted) : [],
    ownerId: owner === 'me' ? me.id : owner === 'none' ? null : owner,
    deleted: deleted === 'true',
  };
}
