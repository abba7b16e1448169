// Hints: which records have changed, for whom; made once for all who look on, and then only compared.

import type { Me } from '../http.ts';
import { may, type ObjectType } from '../permissions.ts';
import * as subjects from '../subjects/subjects.ts';
import type { World } from '../world.ts';
import type { Entry } from './rules.ts';
import { commentedIn, formerOwner, subjectOf } from './rules.ts';
import * as store from './store.ts';

export type Hint = {
  seq: number;
  object: string;
  id: string;
  /** Of the record now; null for what has none of its own. */
  version: number | null;
  /** The record it belongs to, where it is none itself. */
  of?: subjects.Ref;
  /** What must be read for it: that kind of object, at a record that stands there. */
  needs: ObjectType;
  at: { type: subjects.SubjectType; place: subjects.Place };
  /** Whose it was: told that something changed, and nothing else. */
  former: string[];
};

type Raw = { seq: number; object: string; id: string; at: subjects.Ref; former: string[] };

/** The hints of these entries, the last one of each thing. */
export async function hintsOf(world: World, entries: readonly Entry[]): Promise<Hint[]> {
  const acted = entries.flatMap(one =>
    one.object_type === 'activity' && one.object_id ? [one.object_id] : [],
  );
  const parties = await store.activities(world, acted);
  const latest = new Map<string, Raw>();
  for (const entry of entries) {
    const at = subjectOf(entry) ?? commentedIn(entry) ?? partyOf(entry, parties);
    if (!at || entry.seq === null || !entry.object_type || !entry.object_id) continue;
    const key = `${entry.object_type} ${entry.object_id}`;
    const owner = formerOwner(entry);
    const former = [...(latest.get(key)?.former ?? []), ...(owner ? [owner] : [])];
    latest.set(key, { seq: entry.seq, object: entry.object_type, id: entry.object_id, at, former });
  }
  return placed(world, [...latest.values()]);
}

function partyOf(entry: Entry, parties: Map<string, store.Acted>): subjects.Ref | null {
  return (entry.object_type === 'activity' && parties.get(entry.object_id ?? '')?.of) || null;
}

async function placed(world: World, raws: Raw[]): Promise<Hint[]> {
  const types = [...new Set(raws.map(raw => raw.at.type))];
  const places = new Map<string, Map<string, subjects.Place>>();
  for (const type of types) {
    const ids = raws.filter(raw => raw.at.type === type).map(raw => raw.at.id);
    places.set(type, await subjects.placesOf(world, type, ids));
  }
  return raws.flatMap(({ at, ...raw }) => {
    const place = places.get(at.type)?.get(at.id);
    if (!place) return [];
    const isSubject = raw.object === at.type;
    return [
      {
        ...raw,
        version: isSubject ? place.version : null,
        ...(isSubject ? {} : { of: at }),
        needs: raw.object === 'activity' ? ('activity' as const) : at.type,
        at: { type: at.type, place },
      },
    ];
  });
}

/** What of a hint somebody may hear; null for nothing. */
export function heard(
  hint: Hint,
  me: Me,
): { object: string; id: string; version: number | null; of?: subjects.Ref } | null {
  const { object, id, version, of, at, needs } = hint;
  const reads = may(me, 'read', needs) !== 'none' && subjects.sees(me, at.type, at.place);
  if (reads) return { object, id, version, ...(of ? { of } : {}) };
  return hint.former.includes(me.id) ? { object, id, version: null } : null;
}
