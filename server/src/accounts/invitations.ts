// Invitations: somebody is added without a password and sets one himself, by a link to his own mailbox.
import { createHash, timingSafeEqual } from 'node:crypto';
import * as audit from '../audit/audit.ts';
import type { Role } from '../db/tables.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as store from './store.ts';

export const INVITATION_DAYS = 7;
const lifeMs = INVITATION_DAYS * 86_400_000;
/** A link that has run out may be renewed by its holder so often a day. */
const renewalsADay = 3;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

export type Invited = {
  name: string;
  email: string;
  role: Role;
  language: Language;
  teamId: string | null;
  endsAt: string | null;
};

/** Adds a person who has no password yet, and sends the link by which one is set. */
export async function invite(
  world: World,
  input: Invited,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'invited'; id: string } | { kind: 'name-taken' }> {
  return atomically(world, async tx => {
    const added = await staff.add(tx, { ...input, password: null }, by);
    if (added.kind !== 'added') return { kind: 'name-taken' };
    const person = await staff.byId(tx, added.id);
    if (person) await send(tx, person, by.me.name);
    return { kind: 'invited', id: added.id };
  });
}

/** Sends a new link; the one before is dead. */
export async function resend(
  world: World,
  personId: string,
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'sent' | 'not-found' | 'not-invited' }> {
  return atomically(world, async tx => {
    const person = await staff.byId(tx, personId);
    if (!person) return { kind: 'not-found' };
    if (person.state !== 'invited') return { kind: 'not-invited' };
    await send(tx, person, by.me.name);
    await audit.record(tx, {
      action: 'person.reinvite',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
    });
    return { kind: 'sent' };
  });
}

async function send(world: World, person: staff.Person, by: string): Promise<void> {
  const token = world.random.bytes(24).toString('base64url');
  const id = world.random.id();
  const expiresAt = iso(world.now() + lifeMs);
  await store.insertInvitation(world, {
    workspace_id: world.workspaceId,
    id,
    person_id: person.id,
    token_hash: hashOf(token),
    invited_by: by,
    created_at: moment(world),
    expires_at: expiresAt,
  });
  await messages.post(world, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'invitation',
    language: person.language as Language,
    data: {
      name: person.name,
      workspace: await workspaces.name(world),
      link: messages.link(world, `/invitation/${id}#${token}`),
      expiresAt,
    },
    secret: true,
    known: true,
  });
}

export type Asked = { id: string; token: string };
type Held = { row: store.InvitationRow; person: staff.Person };

/** The invitation whose token this is; null for every other. */
async function held(world: World, { id, token }: Asked): Promise<Held | null> {
  const row = await store.invitation(world, id);
  if (!row || !timingSafeEqual(hashOf(token), row.token_hash)) return null;
  const person = await staff.byId(world, row.person_id);
  return person ? { row, person } : null;
}

function stateOf(world: World, { row, person }: Held): 'open' | 'over' | 'used' | 'dead' {
  if (row.used_at) return 'used';
  if (person.state !== 'invited') return 'dead';
  return row.dead_at || Date.parse(row.expires_at) <= world.now() ? 'over' : 'open';
}

/** What the link's page shows to its holder; null for nobody. */
export async function view(world: World, asked: Asked) {
  const found = await held(world, asked);
  if (!found) return null;
  const { row, person } = found;
  const state = stateOf(world, found);
  return {
    state,
    name: person.name,
    email: person.email,
    language: person.language as Language,
    workspace: await workspaces.name(world),
    invitedBy: row.invited_by,
    sentAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

/** Sets the first password with the link's token, which is used up by it; opens no session. */
export async function accept(
  world: World,
  visitor: Visitor,
  input: Asked & { password: string; language: Language },
): Promise<{ kind: 'set' } | { kind: 'dead' } | { kind: 'weak'; fault: staff.PasswordFault }> {
  const found = await held(world, input);
  if (!found || stateOf(world, found) !== 'open') return { kind: 'dead' };
  const { row, person } = found;
  const fault = await staff.weakness(world, input.password, person);
  if (fault) return { kind: 'weak', fault };
  return atomically(world, async tx => {
    if (!(await store.useInvitation(tx, row.id, moment(tx)))) return { kind: 'dead' };
    const { password, language } = input;
    return staff.takeUp(tx, person, { password, language }, visitor);
  });
}

/** Sends a new link to whoever holds one that has run out, some times a day; nothing tells whether it did. */
export async function renew(world: World, visitor: Visitor, asked: Asked): Promise<void> {
  const found = await held(world, asked);
  if (!found || stateOf(world, found) !== 'over') return;
  const { row, person } = found;
  await atomically(world, async tx => {
    const since = iso(tx.now() - 86_400_000);
    if ((await store.countInvitations(tx, person.id, since)) >= renewalsADay) return;
    await send(tx, person, row.invited_by);
    await audit.record(tx, {
      action: 'person.renew-invitation',
      visitor,
      object: { type: 'person', id: person.id },
    });
  });
}

/** When the newest invitation of a person was sent, and until when it works. */
export async function standing(world: World, personId: string) {
  const row = await store.newestInvitation(world, personId);
  return row && !row.used_at ? { sentAt: row.created_at, expiresAt: row.expires_at } : null;
}
