// Whose work somebody may hand over or pause. Pure.
import type { Me, Visitor } from '../http.ts';
import type { Reach } from '../permissions.ts';

export type By = { me: Me; reach: Reach; visitor: Visitor | null };

/** Whether this person may hand over what that one has: a manager within the team, whoever reaches all for everybody. */
export function reaches(by: By, person: { team_id: string | null }): boolean {
  if (by.reach === 'all') return true;
  return by.reach === 'team' && by.me.teamId !== null && by.me.teamId === person.team_id;
}
