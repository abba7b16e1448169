// Whose the rows become: the person they name, within the reach of the one who imports.

import type { RowFaultCode } from '../mapping/mapping.ts';
import type { Reach } from '../permissions.ts';

export type Owner = { id: string; name: string; email: string; teamId: string | null };
export type Owners = { find: (text: string) => Owner | 'owner-unknown' | 'owner-ambiguous' };

/** People by e-mail address, or by name where it is one person's alone. */
export function ownersOf(people: Owner[]): Owners {
  const byEmail = new Map(people.map(person => [fold(person.email), person]));
  const byName = new Map<string, Owner | 'owner-ambiguous'>();
  for (const person of people) {
    const key = fold(person.name);
    byName.set(key, byName.has(key) ? 'owner-ambiguous' : person);
  }
  return {
    find(text) {
      // `Wang Fang <fang@example.com>` and `王芳(fang@example.com)` name the address as well.
      const address = /[^\s<(\uff08]+@[^\s>)\uff09]+/.exec(text)?.[0];
      return (address && byEmail.get(fold(address))) || byName.get(fold(text)) || 'owner-unknown';
    },
  };
}

/** Whether the importer may give a record to that person. */
export function mayGive(
  importer: { id: string; teamId: string | null },
  reach: Reach,
  owner: { id: string; teamId: string | null },
): boolean {
  if (reach === 'all' || owner.id === importer.id) return reach !== 'none';
  return reach === 'team' && owner.teamId !== null && owner.teamId === importer.teamId;
}

/** The owner of one row, or what is wrong with the one it names. */
export function ownerOf(
  named: string | undefined,
  setting: {
    owners: Owners;
    importer: { id: string; teamId: string | null };
    reach: Reach;
    fallback: Owner;
    unknownOwner: 'fault' | 'default';
  },
): { owner: Owner } | { code: RowFaultCode } {
  if (!named) return { owner: setting.fallback };
  const found = setting.owners.find(named);
  const code =
    typeof found === 'string'
      ? found
      : mayGive(setting.importer, setting.reach, found)
        ? null
        : 'owner-reach';
  if (code === null && typeof found !== 'string') return { owner: found };
  return setting.unknownOwner === 'default' ? { owner: setting.fallback } : { code: code ?? 'owner-unknown' };
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
