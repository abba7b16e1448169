// `latchkey people list|unlock|reset`: the unlock desk from the server's own shell, which needs no second approver.
import * as desk from '../desk/desk.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import type { Command, Done, Options } from './commands.ts';

const said = (value: unknown, ...lines: string[]): Done => ({ ok: true, lines, value });
const failed = (line: string): Done => ({ ok: false, lines: [line], value: { error: line } });
const byShell = { me: null, visitor: null };

/** Helps one person by address; whoever has the shell has the reason, and the proof is the shell. */
async function help(
  world: World,
  address: string,
  action: desk.Action,
  options: Options,
): Promise<{ fault: Done } | { person: staff.Person; outcome: desk.Outcome }> {
  const person = await staff.bySignInName(world, address);
  if (!person) return { fault: failed(`nobody signs in as ${address}`) };
  const reason = typeof options.reason === 'string' ? options.reason.trim() : '';
  if (reason.length < 3) return { fault: failed('give --reason') };
  return {
    person,
    outcome: await desk.help(world, person.id, { action, reason, proof: 'in-person' }, byShell),
  };
}

function issued(outcome: desk.Outcome, email: string, tell: string): Done {
  if (outcome.kind !== 'done' || !outcome.secret)
    return failed(`not done: ${outcome.kind === 'refused' ? outcome.why : outcome.kind}`);
  const { value, until } = outcome.secret;
  return said({ email, [outcome.secret.kind]: value, until }, `${email}:`, `  ${value}`, tell);
}

export const peopleCommands: Record<string, Command> = {
  'people list': {
    usage: 'people list [--locked] — who there is: role, state, standing locks, last sign-in',
    run: async (world, _, options) => {
      const value = [];
      let after: string | undefined;
      do {
        const page = await desk.people(world, {
          limit: 200,
          after,
          ...(options.locked ? { locked: true } : {}),
        });
        for (const row of page?.rows ?? [])
          value.push({
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            state: row.state,
            locks: row.standing.map(lock => lock.cause),
            lastSignInAt: row.last_sign_in,
            devices: row.devices,
            factors: row.factors,
          });
        after = page?.next ?? undefined;
      } while (after);
      const lines = value.map(
        p =>
          `${p.email.padEnd(32)} ${p.role.padEnd(14)} ${p.state.padEnd(10)} ${(p.locks.join(',') || '-').padEnd(17)} ${p.lastSignInAt ?? 'never'}  ${p.name}`,
      );
      return said(value, ...lines);
    },
  },
  'people unlock': {
    usage:
      'people unlock ADDRESS --reason WORDS [--code] — lifts the standing locks of one person; or draws a code that opens one device',
    run: async (world, [address = ''], options) => {
      if (options.code) {
        const helped = await help(world, address, 'unlock-code', options);
        if ('fault' in helped) return helped.fault;
        return issued(helped.outcome, helped.person.email, 'Opens one device within 10 minutes.');
      }
      const before = await staff.bySignInName(world, address);
      const count = before ? ((await desk.person(world, before.id))?.standing.length ?? 0) : 0;
      const helped = await help(world, address, 'lift', options);
      if ('fault' in helped) return helped.fault;
      const { outcome } = helped;
      if (outcome.kind === 'refused' && outcome.why === 'no-lock') return said({ lifted: 0 }, '0 lifted');
      return outcome.kind === 'done'
        ? said({ lifted: count }, `${count} lifted`)
        : failed(`not lifted: ${outcome.kind}`);
    },
  },
  'people reset': {
    usage:
      'people reset ADDRESS --reason WORDS — an initial password for one sign-in within a day, to be changed then; sign-in methods stay',
    run: async (world, [address = ''], options) => {
      const helped = await help(world, address, 'initial-password', options);
      if ('fault' in helped) return helped.fault;
      const tell = 'Good for one sign-in within 24 hours; a password of one’s own is set then.';
      return issued(helped.outcome, helped.person.email, tell);
    },
  },
};
