// Targets: what a person, a team or the company is to win in a month or a quarter, set by whoever leads them.
import * as audit from '../audit/audit.ts';
import { may } from '../permissions.ts';
import type { By } from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import type { TargetInput } from './contract.ts';
import { monthsOf, type TargetRow } from './rules.ts';
import * as rows from './store.ts';
import * as store from './targets-store.ts';

type Input = ReturnType<(typeof TargetInput)['parse']>;
export type Target = TargetRow;

/** The targets that count for a period; of a quarter, those of its months too. */
export function of(world: World, period: string): Promise<Target[]> {
  return store.of(world, [...new Set([period, ...monthsOf(period)])]);
}

/** Those of them that somebody may see: his own, his team’s, or all. */
export async function visible(world: World, period: string, by: By): Promise<Target[]> {
  const all = await of(world, period);
  if (by.reach === 'all') return all;
  const team = by.reach === 'team' ? by.me.teamId : null;
  const people = team ? (await rows.people(world)).filter(person => person.team_id === team) : [];
  const seen = new Set([by.me.id, team, ...people.map(person => person.id)]);
  return all.filter(row => row.subject !== 'everybody' && seen.has(row.subject_id));
}

/** Whether this hand sets anybody’s target. */
export function maySet(me: By['me']): boolean {
  const reach = may(me, 'update', 'deal');
  return me.role !== 'rep' && (reach === 'team' || reach === 'all');
}

/** Sets one, or takes it away where the amount is null. */
export async function set(
  world: World,
  input: Input,
  by: By,
): Promise<{ kind: 'set' | 'not-allowed' | 'no-such-person' | 'no-such-team' }> {
  if (!maySet(by.me)) return { kind: 'not-allowed' };
  return atomically(world, async tx => {
    const subject = input.person ? 'person' : input.team ? 'team' : 'everybody';
    const named = await nameOf(tx, input);
    if (!named) return { kind: input.person ? 'no-such-person' : 'no-such-team' };
    if (by.reach !== 'all' && (!named.teamId || named.teamId !== by.me.teamId))
      return { kind: 'not-allowed' };
    const { period, currency, amount } = input;
    const key = {
      subject,
      subject_id: input.person ?? input.team ?? world.workspaceId,
      period,
      currency,
    } as const;
    const before = await store.held(tx, key);
    if ((before?.amount ?? null) === amount) return { kind: 'set' };
    const entry = audit.row(tx, {
      action: amount === null ? 'target.remove' : 'target.set',
      by: by.me,
      visitor: by.visitor,
      object: { type: subject === 'everybody' ? 'workspace' : subject, id: key.subject_id },
      before: before ? { amount: before.amount } : null,
      after: amount === null ? null : { amount },
      details: { name: named.name, period, currency },
    });
    await store.write(tx, { ...key, amount, id: tx.random.id(), at: moment(tx), by: by.me.id }, entry);
    return { kind: 'set' };
  });
}

/** Whose target it is, and the team that this is part of; undefined for nobody. */
async function nameOf(
  world: World,
  input: Input,
): Promise<{ name: string; teamId: string | null } | undefined> {
  if (input.person) {
    const found = (await rows.people(world)).find(person => person.id === input.person && person.seller);
    return found && { name: found.name, teamId: found.team_id };
  }
  if (!input.team) return { name: await workspaces.name(world), teamId: null };
  const found = (await rows.teams(world)).find(team => team.id === input.team);
  return found && { name: found.name, teamId: found.id };
}
