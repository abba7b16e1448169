// Which rules apply, what they leave of a claim, and when a customer goes. Pure.
import type { z } from 'zod';
import type { RuleInput } from './contract.ts';

export type Rule = z.output<typeof RuleInput>;

/** In place of a team: all that have no rules of their own. */
export const everyTeam = '00000000-0000-0000-0000-000000000000';

const hour = 3_600_000;
export const day = 24 * hour;

/** The rules that apply to a team's people: its own, else those of all; null where neither is switched on. */
export function ruleFor(
  rules: ReadonlyMap<string, Rule & { version: number }>,
  teamId: string | null,
): Rule | null {
  const found = (teamId && rules.get(teamId)) || rules.get(everyTeam);
  return found?.active ? found : null;
}

export type Count = { lastDay: number; lastWeek: number; holding: number };

/** How many customers one may still claim now; null for as many as one likes. */
export function leftOf(rule: Rule, count: Count): number | null {
  const lefts = [
    rule.claimsPerDay === null ? null : rule.claimsPerDay - count.lastDay,
    rule.claimsPerWeek === null ? null : rule.claimsPerWeek - count.lastWeek,
    rule.holdingCap === null ? null : rule.holdingCap - count.holding,
  ].filter(left => left !== null);
  return lefts.length === 0 ? null : Math.max(0, Math.min(...lefts));
}

/** What keeps one from claiming another; null for nothing. */
export function against(rule: Rule, count: Count): 'holding-enough' | 'claimed-enough' | null {
  if (rule.holdingCap !== null && count.holding >= rule.holdingCap) return 'holding-enough';
  const isOver = (most: number | null, claimed: number) => most !== null && claimed >= most;
  const claimed = isOver(rule.claimsPerDay, count.lastDay) || isOver(rule.claimsPerWeek, count.lastWeek);
  return claimed ? 'claimed-enough' : null;
}

/** Whether a customer that is due may go: its owner has known for as long as the rules promise. */
export function mayGo(rule: Rule, due: { at: number; warnedAt: number | null }, now: number): boolean {
  if (due.at > now) return false;
  if (rule.warnDays === 0) return true;
  return due.warnedAt !== null && due.warnedAt + rule.warnDays * day <= now;
}
