// A deal as a form holds it: texts as typed; amounts in their major unit; and what of it goes to the server.
import type { Calls } from '../calls.ts';

export type Deal = Calls['GET /deals/{id}']['reply'];
export type Pipeline = Calls['GET /pipelines']['reply']['items'][number];
export type Stage = Pipeline['stages'][number];
export type RequiredField = Stage['requiredFields'][number];
type NewDeal = Calls['POST /deals']['body'];
type Patch = Calls['PATCH /deals/{id}']['body'];

export const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY'];

export type DealForm = {
  title: string;
  customerId: string;
  customerName: string;
  contactId: string;
  amount: string;
  currency: string;
  probability: string;
  expectedOn: string;
  source: string;
  nextStep: string;
  ownerId: string;
};

export const blank: DealForm = {
  title: '',
  customerId: '',
  customerName: '',
  contactId: '',
  amount: '',
  currency: 'CNY',
  probability: '',
  expectedOn: '',
  source: '',
  nextStep: '',
  ownerId: '',
};

/** How many decimal places a currency has. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units of what was typed; 0 for nothing, null for what is no amount. Full-width digits count. */
export function minorIn(text: string, currency: string): number | null {
  const tidy = text.normalize('NFKC').replace(/[\s,¥$€£]/g, '');
  if (tidy === '') return 0;
  const decimals = decimalsOf(currency);
  const found = /^(\d{1,10})(?:\.(\d*))?$/.exec(tidy);
  if (!found || (found[2] ?? '').length > decimals) return null;
  return Number(`${found[1]}${(found[2] ?? '').padEnd(decimals, '0')}`);
}

/** Minor units as a field shows them. */
export function amountText(minor: number, currency: string): string {
  if (minor === 0) return '';
  const decimals = decimalsOf(currency);
  const digits = String(minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const rest = digits.slice(digits.length - decimals);
  return /^0*$/.test(rest) ? whole : `${whole}.${rest}`;
}

/** A deal as its form shows it. */
export function formOf(deal: Deal): DealForm {
  return {
    title: deal.title,
    customerId: deal.customer.id,
    customerName: deal.customer.name,
    contactId: deal.contact?.id ?? '',
    amount: amountText(deal.amount ?? 0, deal.currency),
    currency: deal.currency,
    probability: deal.probabilityOwn ? String(deal.probability) : '',
    expectedOn: deal.expectedOn ?? '',
    source: deal.source ?? '',
    nextStep: deal.nextStep ?? '',
    ownerId: deal.owner?.id ?? '',
  };
}

/** What a new deal is made of; an owner left empty is whoever is signed in. */
export function bodyOf(form: DealForm): NewDeal {
  const { title, customerId, contactId, currency, probability, expectedOn, source, nextStep, ownerId } = form;
  return {
    title: title.trim(),
    customerId,
    currency,
    ...(form.amount.trim() ? { amount: minorIn(form.amount, currency) ?? 0 } : {}),
    ...(contactId ? { contactId } : {}),
    ...(probability.trim() ? { probability: percentIn(probability) ?? 0 } : {}),
    ...(expectedOn ? { expectedOn } : {}),
    ...(source.trim() ? { source: source.trim() } : {}),
    ...(nextStep.trim() ? { nextStep: nextStep.trim() } : {}),
    ...(ownerId ? { ownerId } : {}),
  };
}

/** What differs between two states of a form, as the server wants it; an emptied field is null. */
export function patchOf(before: DealForm, after: DealForm): Patch {
  const patch: Patch = {};
  const has = (field: keyof DealForm) => before[field].trim() !== after[field].trim();
  if (has('title')) patch.title = after.title.trim();
  if (has('contactId')) patch.contactId = after.contactId || null;
  if (has('amount') || has('currency')) patch.amount = minorIn(after.amount, after.currency) ?? 0;
  if (has('currency')) patch.currency = after.currency;
  if (has('probability')) patch.probability = percentIn(after.probability);
  if (has('expectedOn')) patch.expectedOn = after.expectedOn || null;
  if (has('source')) patch.source = after.source.trim() || null;
  if (has('nextStep')) patch.nextStep = after.nextStep.trim() || null;
  if (has('ownerId')) patch.ownerId = after.ownerId || null;
  return patch;
}

/** A whole per cent that was typed; null for nothing and for anything else. */
export function percentIn(text: string): number | null {
  const found = /^(\d{1,3})%?$/.exec(text.normalize('NFKC').trim());
  const value = found ? Number(found[1]) : Number.NaN;
  return value >= 0 && value <= 100 ? value : null;
}

/** What is wrong with a form before it is sent, by field. */
export function faultsOf(form: DealForm): Partial<Record<keyof DealForm, 'missing' | 'wrong'>> {
  return {
    ...(form.title.trim() ? {} : { title: 'missing' }),
    ...(form.customerId ? {} : { customerId: 'missing' }),
    ...(minorIn(form.amount, form.currency) === null ? { amount: 'wrong' } : {}),
    ...(form.probability.trim() && percentIn(form.probability) === null ? { probability: 'wrong' } : {}),
  };
}

/** The fields that a stage asks for and a deal has not. */
export function missingFor(stage: Stage, deal: Deal): RequiredField[] {
  const has: Record<RequiredField, boolean> = {
    amount: deal.amount !== null && deal.amount > 0,
    expectedOn: deal.expectedOn !== null,
    contactId: deal.contact !== null,
    source: Boolean(deal.source),
    nextStep: Boolean(deal.nextStep),
  };
  return stage.requiredFields.filter(field => !has[field]);
}

/** The version that a write names. */
export const versionOf = (deal: Deal) => `"v${deal.version}"`;
