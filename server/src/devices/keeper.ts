// Remembers the sessions that were asked about lately, so that a request costs no query; forgets on word of an end.
import type { Me } from '../http.ts';
import { freshMs } from '../memory.ts';
import type { Language } from '../problems.ts';
import * as rights from '../rights/rights.ts';
import * as staff from '../staff/staff.ts';
import { type Installation, iso, type World, worldOf } from '../world.ts';
import * as store from './store.ts';
import { hashOf, unpackId } from './tokens.ts';

type Kept = {
  workspaceId: string;
  me: Me;
  /** Milliseconds since 1970. */
  endsAt: number;
  /** When what the person may do changes by itself. */
  changesAt: number;
  idleMs: number;
  seenAt: number;
  savedAt: number;
  readAt: number;
};

const most = 50_000;
const saveEveryMs = 60_000;

/** Looks sessions up by their token; `null` for none, ended, idle for too long, or of somebody who may not work. */
export function sessionKeeper(installation: Installation) {
  const kept = new Map<string, Kept>();
  let words = 0;
  installation.signals.on(signal => {
    words++;
    if (signal.kind === 'deaf') kept.clear();
    else if (signal.kind === 'workspace-changed') {
      for (const [token, entry] of kept) if (entry.workspaceId === signal.workspaceId) kept.delete(token);
    } else if (signal.kind === 'session-ended' || signal.kind === 'person-changed') {
      const ids = new Set(signal.ids);
      for (const [token, entry] of kept)
        if (ids.has(entry.me.sessionId) || ids.has(entry.me.id)) kept.delete(token);
    }
  });

  const read = async (token: string): Promise<Kept | null> => {
    const dot = token.indexOf('.');
    const workspaceId = unpackId(token.slice(0, dot));
    if (dot < 0 || !workspaceId || token.length > 80) return null;
    const world = worldOf(installation, workspaceId);
    const row = await store.sessionByToken(world, hashOf(token.slice(dot + 1)));
    const now = installation.now();
    if (!row || staff.stateAt({ state: row.state, ends_at: row.person_ends_at }, now) !== 'active')
      return null;
    const { changesAt, ...stands } = await standing(world, row, now);
    return {
      workspaceId,
      changesAt,
      me: {
        id: row.person_id,
        name: row.name,
        email: row.email,
        role: row.role,
        teamId: row.team_id,
        language: row.language as Language,
        sessionId: row.id,
        deviceId: row.device_id,
        ...stands,
      },
      endsAt: Date.parse(row.ends_at),
      idleMs: row.idle_seconds * 1_000,
      seenAt: Date.parse(row.last_seen_at),
      savedAt: Date.parse(row.last_seen_at),
      readAt: now,
    };
  };

  return async (token: string, unasked = false): Promise<{ workspaceId: string; me: Me } | null> => {
    const now = installation.now();
    let entry = kept.get(token);
    if (!entry || now - entry.readAt > freshMs || now < entry.readAt || now >= entry.changesAt) {
      const before = entry;
      const heard = words;
      const found = await read(token);
      if (!found) {
        kept.delete(token);
        return null;
      }
      if (before && before.seenAt > found.seenAt) found.seenAt = before.seenAt;
      if (kept.size >= most) kept.clear();
      // Word of an end may have come while the row was read: then it is not kept.
      if (words === heard) kept.set(token, found);
      entry = found;
    }
    if (now >= entry.endsAt || now - entry.seenAt >= entry.idleMs) {
      kept.delete(token);
      return null;
    }
    if (unasked) return entry;
    entry.seenAt = Math.max(entry.seenAt, now);
    if (now - entry.savedAt >= saveEveryMs) {
      entry.savedAt = now;
      store
        .touchSession(worldOf(installation, entry.workspaceId), entry.me.sessionId, iso(now))
        .catch(error => {
          installation.log.warn({ err: error }, 'the time a session was last seen could not be kept');
        });
    }
    return entry;
  };
}

/** What a person may do by and beyond the role, what holds him back, and when any of it changes by itself. */
async function standing(
  world: World,
  row: NonNullable<Awaited<ReturnType<typeof store.sessionByToken>>>,
  now: number,
): Promise<Pick<Me, 'held' | 'grants' | 'policy' | 'shares'> & { changesAt: number }> {
  const [policy, rows, role, shared] = await Promise.all([
    staff.passwordPolicy(world),
    staff.grantRows(world, row.person_id),
    rights.policyOf(world, row),
    rights.sharesWith(world, { id: row.person_id, teamId: row.team_id }),
  ]);
  const account = { ...row, ends_at: row.person_ends_at, created_at: row.person_created_at };
  const moments = [
    staff.passwordDue(account, policy),
    staff.verifyDue(account),
    ...[row.person_ends_at, ...rows.map(grant => grant.until), ...(shared?.until ?? [])].map(
      at => at && Date.parse(at),
    ),
  ].filter((at): at is number => typeof at === 'number' && at > now);
  const held = row.held_by
    ? { cause: row.held_by, since: row.created_at }
    : staff.holdAt(account, policy, now);
  return {
    ...(held ? { held } : {}),
    ...(rows.length > 0 ? { grants: rows.map(staff.asGrant) } : {}),
    ...(role ? { policy: role } : {}),
    ...(shared ? { shares: shared.shares } : {}),
    changesAt: Math.min(...moments, Number.POSITIVE_INFINITY),
  };
}
