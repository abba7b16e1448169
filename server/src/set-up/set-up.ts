// The first start: makes the workspace and its first administrator, once (L30).
import * as devices from '../devices/devices.ts';
import type { MintPermit, Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type Installation, type World } from '../world.ts';

export type Input = {
  workspace: string;
  name: string;
  email: string;
  password: string;
  language: Language;
  timeZone?: string | undefined;
};

export type Outcome =
  | { kind: 'made'; person: staff.Person; opened: devices.Opened }
  | { kind: 'gone' }
  | { kind: 'weak'; fault: staff.PasswordFault };

class Halt extends Error {
  readonly outcome: Exclude<Outcome, { kind: 'made' }>;
  constructor(outcome: Exclude<Outcome, { kind: 'made' }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** Whether the set-up page is still open. */
export async function needed(installation: Installation): Promise<boolean> {
  return (await workspaces.all(installation)).length === 0;
}

/** Makes workspace and administrator in one transaction; of two at once one finds the page gone. */
export async function setUp(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: Input,
): Promise<Outcome> {
  if (!(await needed(world))) return { kind: 'gone' };
  try {
    return await atomically(workspaces.newWorld(world), async tx => {
      const made = await workspaces.create(tx, {
        name: input.workspace,
        language: input.language,
        demo: false,
        slug: 'main',
        timeZone: input.timeZone,
        onlyIfFirst: true,
      });
      if (made.kind === 'not-first') throw new Halt({ kind: 'gone' });
      const { name, email, password, language } = input;
      const added = await staff.add(
        tx,
        { name, email, password, language, role: 'administrator', emailVerified: true },
        { visitor },
      );
      if (added.kind === 'weak') throw new Halt(added);
      const person = added.kind === 'added' ? await staff.byId(tx, added.id) : undefined;
      if (!person) throw new Halt({ kind: 'gone' });
      const opened = await devices.openSession(tx, permit, {
        person,
        visitor,
        remember: true,
        how: 'set-up',
      });
      await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
      return { kind: 'made', person, opened };
    });
  } catch (error) {
    if (error instanceof Halt) return error.outcome;
    throw error;
  }
}
