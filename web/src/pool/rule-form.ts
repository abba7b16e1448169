// The rules of a pool as their form holds them: numbers as typed, empty for "not limited"; and what goes to the server.
import type { Calls } from '../calls.ts';
import { type Stage, stages } from '../customers/form.ts';

export type Rule = Calls['PUT /pool/rules/{team}']['body'];

export const numberFields = [
  'idleDays',
  'deallessDays',
  'warnDays',
  'protectDays',
  'claimsPerDay',
  'claimsPerWeek',
  'holdingCap',
] as const;
export type NumberField = (typeof numberFields)[number];
/** Those that stand for nothing when empty; the others for none at all. */
const counted: NumberField[] = ['warnDays', 'protectDays'];

export type RuleForm = Record<NumberField, string> & {
  active: string;
  exemptOpenDeals: string;
  /** Separated by commas. */
  exemptStages: string;
};

/** What is offered where nothing has been set: a month, a week's warning, won customers left alone. */
export const usual: RuleForm = {
  active: 'yes',
  idleDays: '30',
  deallessDays: '',
  warnDays: '7',
  protectDays: '14',
  claimsPerDay: '10',
  claimsPerWeek: '',
  holdingCap: '',
  exemptOpenDeals: 'yes',
  exemptStages: 'won',
};

export function formOf(rule: Rule | null): RuleForm {
  if (!rule) return { ...usual, active: '' };
  const numbers = Object.fromEntries(
    numberFields.map(field => [field, rule[field] === null ? '' : String(rule[field])]),
  ) as Record<NumberField, string>;
  return {
    ...numbers,
    active: rule.active ? 'yes' : '',
    exemptOpenDeals: rule.exemptOpenDeals ? 'yes' : '',
    exemptStages: rule.exemptStages.join(','),
  };
}

const most: Record<NumberField, number> = {
  idleDays: 3650,
  deallessDays: 3650,
  warnDays: 365,
  protectDays: 3650,
  claimsPerDay: 10_000,
  claimsPerWeek: 10_000,
  holdingCap: 1_000_000,
};

/** The number that was typed, also in full-width digits; null for none, NaN for what is none. */
export function numberIn(field: NumberField, text: string): number | null {
  const tidy = text.normalize('NFKC').trim();
  if (tidy === '') return counted.includes(field) ? 0 : null;
  const found = /^\d{1,7}$/.test(tidy) ? Number(tidy) : Number.NaN;
  return found <= most[field] && (found > 0 || counted.includes(field)) ? found : Number.NaN;
}

/** The fields with what is no number. */
export function faultsOf(form: RuleForm): NumberField[] {
  return numberFields.filter(field => Number.isNaN(numberIn(field, form[field])));
}

export const stagesIn = (text: string): Stage[] => stages.filter(stage => text.split(',').includes(stage));

/** The rules that a form without faults means. */
export function ruleOf(form: RuleForm): Rule {
  const numbers = Object.fromEntries(numberFields.map(field => [field, numberIn(field, form[field])]));
  return {
    ...(numbers as Pick<Rule, NumberField>),
    active: form.active !== '',
    exemptOpenDeals: form.exemptOpenDeals !== '',
    exemptStages: stagesIn(form.exemptStages),
  };
}
