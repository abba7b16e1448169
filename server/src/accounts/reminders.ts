// Warnings before an account, a password or the time to verify an address runs out; and writing down what has.
import * as devices from '../devices/devices.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, type World } from '../world.ts';
import { warningAt } from './rules.ts';
import * as store from './store.ts';

const page = 200;

/** Ends the sessions of accounts whose end has come. */
export async function expire(world: World): Promise<void> {
  for (const person of await staff.expireEnded(world))
    await devices.endAllSessions(
      world,
      { personId: person.id, why: 'account-expired' },
      { me: null, visitor: null },
    );
}

/** Warns everybody for whom something runs out within a fortnight, each time once. */
export async function remind(world: World): Promise<void> {
  const policy = await staff.passwordPolicy(world);
  let after: string | undefined;
  for (;;) {
    const people = await staff.list(world, { limit: page, after });
    for (const person of people)
      if (staff.stateAt(person, world.now()) === 'active') await warn(world, person, policy);
    after = people.at(-1)?.id;
    if (people.length < page) return;
  }
}

async function warn(world: World, person: staff.Person, policy: staff.PasswordPolicy): Promise<void> {
  const due = {
    ends: person.ends_at === null ? null : Date.parse(person.ends_at),
    password: staff.passwordDue(person, policy),
    email: staff.verifyDue(person),
  };
  for (const kind of ['ends', 'password', 'email'] as const) {
    const at = due[kind];
    const days = at === null ? null : warningAt(at, world.now());
    if (at === null || days === null) continue;
    await atomically(world, async tx => {
      const note = { workspace_id: tx.workspaceId, person_id: person.id, kind, due_at: iso(at), days };
      if (!(await store.noteReminder(tx, note))) return;
      await messages.post(tx, {
        to: person.email,
        personId: person.id,
        channel: 'email',
        template: templates[kind],
        language: person.language as Language,
        data: { name: person.name, until: at, link: messages.link(tx, pages[kind]) },
      });
    });
  }
}

const templates = { ends: 'account-ends', password: 'password-due', email: 'verify-due' } as const;
const pages = { ends: '/account', password: '/new-password', email: '/verify-email' } as const;

/** Forgets reminders, notices read and invitations that are long over. */
export async function sweep(world: World): Promise<void> {
  await store.sweep(world, iso(world.now() - 90 * 86_400_000));
}
