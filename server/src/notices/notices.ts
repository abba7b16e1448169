// Notices: telling colleagues what concerns them, in the app and by mail, each as far as he may read what it is about.
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import { announce } from '../signals.ts';
import * as subjects from '../subjects/subjects.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { kinds, type NoticeKind, sentence, type Way } from './kinds.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export { isNoticeKind, type NoticeKind } from './kinds.ts';
export { excerptOf } from './rules.ts';

export type Notice = {
  to: readonly string[];
  kind: NoticeKind;
  /** Who caused it; nobody is told what he did himself. Null: the system. */
  by: { id: string; name: string } | null;
  /** The record it is about: only who may read it is told. */
  object: subjects.Ref | null;
  /** What the kind's words need besides. */
  params?: Readonly<Record<string, string | number>>;
  /** Words that somebody wrote, and the comment they stand in. */
  quote?: { text: string; source: string };
  /** Where a letter about no record leads. */
  page?: string;
};

/**
 * Tells people of something in the caller's transaction, each by the way he has chosen; returns the ids of those who
 * were told. Whoever may not read the record, does not work here now, or did it himself is left out.
 */
export async function tell(world: World, notice: Notice): Promise<string[]> {
  const { object, by } = notice;
  const ids = [...new Set(notice.to)].filter(id => id !== by?.id);
  const known = await subjects.colleagues(world, ids);
  const place = object && (await subjects.placesOf(world, object.type, [object.id])).get(object.id);
  if (object && (!place || place.deleted_at !== null)) return [];
  const readers = object && place ? known.filter(one => subjects.sees(one, object.type, place)) : known;
  if (readers.length === 0) return [];
  const settings = await store.settingsOf(
    world,
    readers.map(one => one.id),
  );
  return atomically(world, async tx => {
    const rows = await Promise.all(
      readers.map(async reader => {
        const chosen = settings.filter(setting => setting.person_id === reader.id);
        const way = await spared(tx, reader, rules.wayOf(notice.kind, chosen));
        return { reader, way, row: rowOf(tx, reader.id, notice, way) };
      }),
    );
    await store.insert(
      tx,
      rows.filter(({ way }) => way.app || way.mail === 'digest').map(({ row }) => row),
    );
    for (const { reader, way } of rows)
      if (way.mail === 'at-once') await mailAtOnce(tx, reader, notice, place?.name);
    const inApp = rows.filter(({ way }) => way.app).map(({ reader }) => reader.id);
    await stir(tx, inApp);
    return readers.map(reader => reader.id);
  });
}

/** What thousands of records set off at once does not fill a mailbox: more than so many in an hour wait for the digest. */
async function spared(world: World, { email }: subjects.Colleague, way: Way): Promise<Way> {
  if (way.mail !== 'at-once') return way;
  const since = iso(world.now() - 3_600_000);
  const asked = { to: email, template: 'notice', since, most: rules.lettersAnHour } as const;
  const count = await messages.countSince(world, asked);
  return count < rules.lettersAnHour ? way : { ...way, mail: 'digest' };
}

function rowOf(world: World, personId: string, notice: Notice, way: Way) {
  return {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    person_id: personId,
    kind: notice.kind,
    at: moment(world),
    by_id: notice.by?.id ?? null,
    by_name: notice.by?.name ?? null,
    object_type: notice.object?.type ?? null,
    object_id: notice.object?.id ?? null,
    source_id: notice.quote?.source ?? null,
    excerpt: notice.quote ? rules.excerptOf(notice.quote.text) : null,
    params: JSON.stringify(notice.params ?? {}),
    in_app: way.app,
    digest: way.mail === 'digest',
  };
}

/** As many ids as a notification of PostgreSQL (8,000 bytes) holds. */
const most = 150;

async function stir(world: World, personIds: string[]): Promise<void> {
  for (let at = 0; at < personIds.length; at += most) {
    const ids = personIds.slice(at, at + most);
    await announce(world, { kind: 'inbox-changed', workspaceId: world.workspaceId, ids });
  }
}

const pages: Record<subjects.SubjectType, (id: string) => string> = {
  customer: id => `/customers/${id}`,
  contact: () => '/contacts',
  deal: id => `/deals/${id}`,
  lead: id => `/leads/${id}`,
  order: id => `/orders/${id}`,
};

async function mailAtOnce(
  world: World,
  reader: subjects.Colleague,
  notice: Notice,
  name: string | undefined,
): Promise<void> {
  if (!reader.verified) return;
  const { kind, by, params = {}, object, quote } = notice;
  const text = sentence(kind, reader.language, { by: by?.name ?? null, name, params });
  await messages.post(world, {
    to: reader.email,
    personId: reader.id,
    channel: 'email',
    template: 'notice',
    language: reader.language,
    data: {
      name: reader.name,
      text,
      lines: quote ? rules.excerptOf(quote.text, 400) : '',
      link: messages.link(world, object ? pages[object.type](object.id) : (notice.page ?? '/inbox')),
    },
  });
}

/** A comment's words have changed; null: they are gone, and with them the notices of them. */
export async function requote(world: World, source: string, text: string | null): Promise<void> {
  await stir(world, await store.requote(world, source, text === null ? null : rules.excerptOf(text)));
}

export type Shown = Omit<store.NoticeRow, 'object_type' | 'object_id'> & {
  text: string;
  object: subjects.Ref | null;
};

/** What somebody has been told, newest first; names are those that he may read now. */
export async function list(
  world: World,
  reader: subjects.Reader,
  input: { unread: boolean; limit: number; after?: string | undefined; language: Language },
): Promise<{ items: Shown[]; next: string | null }> {
  const { limit, after, unread, language } = input;
  const rows = await store.list(world, { personId: reader.id, unread, limit: limit + 1, after });
  const page = rows.slice(0, limit);
  const items = await shown(world, reader, page, language);
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

async function shown(
  world: World,
  reader: subjects.Reader,
  rows: store.NoticeRow[],
  language: Language,
): Promise<Shown[]> {
  const nameOf = await subjects.namesFor(
    world,
    rows.map(row => ({ type: row.object_type, id: row.object_id })),
    reader,
  );
  return rows.map(({ object_type: type, object_id: id, ...row }) => {
    const name = nameOf(type, id);
    const isOpen = subjects.isSubjectType(type) && id !== null && name !== undefined;
    return {
      ...row,
      text: sentence(row.kind, language, { by: row.by_name, name, params: row.params }),
      excerpt: isOpen ? row.excerpt : null,
      object: isOpen ? { type, id } : null,
    };
  });
}

const counted = 100;

/** How many are unread, at most a hundred. */
export async function unread(world: World, personId: string): Promise<number> {
  return store.countUnread(world, personId, counted);
}

/** Marks a person's notices as read: some, all up to one, or all. */
export async function markRead(
  world: World,
  personId: string,
  which: { ids?: string[] | undefined; upTo?: string | undefined },
): Promise<number> {
  return atomically(world, async tx => {
    if ((await store.markRead(tx, { personId, ...which }, moment(tx))) > 0) await stir(tx, [personId]);
    return store.countUnread(tx, personId, counted);
  });
}

/** How somebody hears of each kind, in words of that language. */
export async function ways(world: World, personId: string, language: Language) {
  const chosen = rules.waysOf(await store.settingsOf(world, [personId]));
  return chosen.map(way => ({
    ...way,
    title: kinds[way.kind].title[language],
    about: kinds[way.kind].about[language],
  }));
}

/** Chooses how somebody hears of some kinds. */
export async function chooseWays(
  world: World,
  personId: string,
  chosen: readonly (Way & { kind: NoticeKind })[],
): Promise<void> {
  const rows = new Map(
    chosen.map(({ kind, app, mail }) => [
      kind,
      { workspace_id: world.workspaceId, person_id: personId, kind, in_app: app, mail },
    ]),
  );
  await store.saveSettings(world, [...rows.values()]);
}

const lines = 20;

/** Sends the digests that are due: one letter a day to each who has unread notices that he wants so. */
export async function sendDigests(world: World): Promise<void> {
  const waiting = await store.awaitingDigest(world);
  if (waiting.length === 0) return;
  const home = await workspaces.timeZone(world);
  const due = waiting.filter(one => rules.isDigestDue(world.now(), one.last, one.zone ?? home));
  for (const { person_id: id } of due) {
    // One at a time: who works here and may read what is asked anew for each, and few are held in memory.
    const [reader] = await subjects.colleagues(world, [id]);
    if (reader) await atomically(world, tx => sendDigest(tx, reader));
  }
}

async function sendDigest(tx: World, reader: subjects.Colleague): Promise<void> {
  const { rows, count } = await store.takeDigest(tx, reader.id, lines);
  if (count === 0) return;
  await store.noteDigest(tx, reader.id, tx.now());
  if (!reader.verified) return;
  const told = await shown(tx, reader, rows, reader.language);
  await messages.post(tx, {
    to: reader.email,
    personId: reader.id,
    channel: 'email',
    template: 'notice-digest',
    language: reader.language,
    data: {
      name: reader.name,
      count: String(count),
      lines: told.map(one => (one.excerpt ? `${one.text}: ${one.excerpt}` : one.text)).join('\n'),
      link: messages.link(tx, '/inbox'),
    },
  });
}

const swept = 5_000;

/** Drops what is older than ninety days, some thousands at a time. */
export async function sweep(world: World): Promise<void> {
  const before = iso(world.now() - rules.KEPT_DAYS * 86_400_000);
  while ((await store.removeOld(world, before, swept)) === swept);
}
