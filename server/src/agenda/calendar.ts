// Private calendar addresses: whoever has one reads what its owner has planned, and nothing else.
import * as audit from '../audit/audit.ts';
import * as customers from '../customers/customers.ts';
import * as devices from '../devices/devices.ts';
import { calendarEvent, calendarFrame, type Planned } from '../formats/calendar-writing.ts';
import type { Me } from '../http.ts';
import * as leads from '../leads/leads.ts';
import * as locks from '../locks/locks.ts';
import type { By } from '../records/records.ts';
import * as subjects from '../subjects/subjects.ts';
import * as tasks from '../tasks/tasks.ts';
import { atomically, type Installation, iso, moment, type World, worldOf } from '../world.ts';
import * as store from './store.ts';
import { reading } from './today.ts';

/** 192 bits: nobody guesses one. */
const secretBytes = 24;
const shape = /^([\w-]{22})\.([\w-]{32})$/;
const day = 86_400_000;
const most = 200;

/** The address somebody has; undefined for none. */
export const feedOf = store.feedOf;

async function record(world: World, action: string, by: By): Promise<void> {
  const object = { type: 'person', id: by.me.id };
  await audit.record(world, { action, by: by.me, visitor: by.visitor, object });
}

/** Makes a new address for oneself and ends the one before; the text handed out is not kept. */
export async function makeFeed(world: World, by: By): Promise<string> {
  return atomically(world, async tx => {
    await store.endFeed(tx, by.me.id, moment(tx));
    const secret = tx.random.bytes(secretBytes).toString('base64url');
    await store.insertFeed(tx, {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      person_id: by.me.id,
      secret_hash: devices.hashOf(secret),
      created_at: moment(tx),
    });
    await record(tx, 'calendar.make', by);
    return `${devices.packId(tx.workspaceId)}.${secret}`;
  });
}

/** Ends one's address: from now on it answers like one that never was. */
export async function endFeed(world: World, by: By): Promise<boolean> {
  return atomically(world, async tx => {
    const ended = await store.endFeed(tx, by.me.id, moment(tx));
    if (ended) await record(tx, 'calendar.end', by);
    return ended;
  });
}

const perMinute = 20;
const asked = new Map<string, { since: number; count: number }>();

// Kept by each process for itself: a calendar asks a few times an hour.
function isTooOften(id: string, now: number): boolean {
  const before = asked.get(id);
  if (!before || now - before.since >= 60_000 || now < before.since) {
    if (asked.size > 10_000) asked.clear();
    asked.set(id, { since: now, count: 1 });
    return false;
  }
  before.count += 1;
  return before.count > perMinute;
}

/**
 * The calendar behind an address. It ends while its owner does not work here or may not read: a lock on signing in is
 * no reason, as nobody signs in by it.
 */
export async function open(
  installation: Installation,
  token: string,
): Promise<{ kind: 'calendar'; text: string } | { kind: 'not-found' | 'slow-down' }> {
  const [, packed = '', secret = ''] = shape.exec(token) ?? [];
  const workspaceId = devices.unpackId(packed);
  if (!workspaceId) return { kind: 'not-found' };
  const world = worldOf(installation, workspaceId);
  const feed = await store.feedBySecret(world, devices.hashOf(secret));
  if (!feed) return { kind: 'not-found' };
  if (isTooOften(feed.id, world.now())) return { kind: 'slow-down' };
  const [owner] = await subjects.colleagues(world, [feed.person_id]);
  if (!owner || (await isKeptFromReading(world, owner.id))) return { kind: 'not-found' };
  await store.noteRead(world, feed.id, moment(world), iso(world.now() - day / 24));
  const me: Me = { ...owner, sessionId: feed.id, deviceId: null };
  return { kind: 'calendar', text: await written(world, me) };
}

async function isKeptFromReading(world: World, personId: string): Promise<boolean> {
  const standing = (await locks.mine(world, personId)).filter(lock => locks.stands(lock, world.now()));
  return standing.some(({ cause, since, until }) => {
    return locks.isCause(cause) && locks.tell({ cause, since, until }, 'en').scope.includes('read');
  });
}

async function written(world: World, me: Me): Promise<string> {
  const by: By = { me, reach: 'none', visitor: null, action: 'read' };
  const since = iso(world.now() - 30 * day);
  const planned = {
    filters: { owner: 'me' as const, followUpFrom: since },
    sort: 'nextFollowUpAt' as const,
    limit: most,
  };
  const open = { owner: 'me' as const, status: 'open' as const, dueFrom: since };
  const [ofTasks, ofCustomers, ofLeads] = await Promise.all([
    tasks.list(world, { filters: open, limit: most }, reading(by, 'task')),
    customers.list(world, planned, reading(by, 'customer')),
    leads.list(world, planned, reading(by, 'lead')),
  ]);
  const follow = me.language === 'zh-CN' ? '跟进：' : 'Follow up: ';
  const events: Planned[] = [];
  if (ofTasks.kind === 'page')
    for (const row of ofTasks.items) {
      const { id, title, note, due_at: at, due_on: on, updated_at: changedAt } = row;
      const name = row.about_name ? `${title} · ${row.about_name}` : title;
      if (at ?? on) events.push({ id, at: at ?? '', day: at ? null : on, title: name, note, changedAt });
    }
  for (const page of [ofCustomers, ofLeads])
    for (const row of page.kind === 'page' ? page.items : []) {
      const { id, name, next_follow_up_at: at, updated_at: changedAt } = row;
      if (at) events.push({ id, at, title: `${follow}${name}`, note: null, changedAt });
    }
  return `${calendarFrame.head}${events.map(calendarEvent).join('')}${calendarFrame.tail}`;
}
