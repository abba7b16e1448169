// Telling somebody that what he may do has changed: once in the app, and by mail.
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import type { Person } from '../staff/staff.ts';
import { moment, type World } from '../world.ts';
import * as store from './store.ts';

export type NoticeRow = store.NoticeRow;

export type Notice = {
  kind: 'access-changed' | 'granted' | 'grant-ended' | 'refused' | 'extended';
  /** What happened, in the person's language. */
  text: string;
  reason: string;
  by: string;
  gained?: string[];
  lost?: string[];
};

/** Tells a change in the caller's transaction, in the app and by mail. */
export async function tell(world: World, person: Person, notice: Notice): Promise<void> {
  const { kind, text, reason, by, gained = [], lost = [] } = notice;
  await store.insertNotice(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    person_id: person.id,
    kind,
    at: moment(world),
    by_name: by,
    details: JSON.stringify({ text, reason, gained, lost }),
  });
  await messages.post(world, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'access-changed',
    language: person.language as Language,
    data: { name: person.name, text, by, reason, link: messages.link(world, '/requests') },
  });
}

/** What somebody has not seen yet, newest first. */
export const unseen = store.unseen;

/** Takes a notice as read. */
export async function seen(world: World, personId: string, id: string): Promise<boolean> {
  return store.markSeen(world, personId, id, moment(world));
}
