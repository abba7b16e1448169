// Values of the workspace's own fields as a form holds them: texts, each under `custom.` and its key.
import type { Calls } from '../calls.ts';
import { amountText, minorIn } from '../deals/form.ts';
import { knownName, refOf } from './known-names.ts';

export type CustomField = Calls['GET /custom-fields']['reply']['items'][number];
export type CustomObject = CustomField['object'];
export type Custom = Calls['GET /customers/{id}']['reply']['custom'];
export type CustomKey = `custom.${string}`;
export type CustomTexts = Record<CustomKey, string>;
/** A form with the texts of the workspace's own fields beside its own. */
export type WithCustom<Form> = Form & CustomTexts;
/** What changes in such a form. */
export type FormChange<Form> = Partial<Form> | CustomTexts;
type Written = Record<string, string | number | boolean | null>;

export const keyOf = (field: Pick<CustomField, 'key'>): CustomKey => `custom.${field.key}`;

function textOf(field: CustomField, value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (field.kind === 'money' && typeof value === 'number') {
    const text = amountText(Math.abs(value), field.currency ?? 'CNY') || '0';
    return value < 0 ? `-${text}` : text;
  }
  if (field.kind === 'flag') return value === true ? 'yes' : 'no';
  return String(value);
}

/** What a record holds, as its form shows it; every field has a text. */
export function customTexts(fields: CustomField[], custom: Custom = {}): CustomTexts {
  return Object.fromEntries(fields.map(field => [keyOf(field), textOf(field, custom[field.key])]));
}

function moneyIn(text: string, currency: string): number | null {
  const tidy = text.normalize('NFKC').trim();
  const minor = minorIn(tidy.replace(/^[-−]/, ''), currency);
  return minor === null ? null : /^[-−]/.test(tidy) ? -minor : minor;
}

/** What a text means to the server; undefined for what means nothing there. */
function meantBy(field: CustomField, text: string): string | number | boolean | null | undefined {
  if (text.trim() === '') return null;
  switch (field.kind) {
    case 'number': {
      const number = Number(text.normalize('NFKC').replace(/[\s,]/g, '').replace('−', '-'));
      return Number.isFinite(number) ? number : undefined;
    }
    case 'money':
      return moneyIn(text, field.currency ?? 'CNY') ?? undefined;
    case 'flag':
      return text === 'yes';
    case 'link':
      return /^https?:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
    default:
      return text.trim();
  }
}

/** `{custom}` with what differs between two states of a form; nothing where nothing does. */
export function customPatch(
  fields: CustomField[],
  before: Partial<CustomTexts>,
  after: Partial<CustomTexts>,
): { custom?: Written } {
  const custom: Written = {};
  for (const field of fields) {
    const key = keyOf(field);
    const [old, now] = [before[key] ?? '', after[key] ?? ''];
    if (old.trim() === now.trim()) continue;
    const value = meantBy(field, now);
    if (value !== undefined) custom[field.key] = value;
  }
  return Object.keys(custom).length > 0 ? { custom } : {};
}

/** What is wrong with the texts before they are sent. */
export function customFaults(
  fields: CustomField[],
  form: Partial<CustomTexts>,
): Partial<Record<CustomKey, 'missing' | 'wrong'>> {
  const faults: Partial<Record<CustomKey, 'missing' | 'wrong'>> = {};
  for (const field of fields) {
    const text = form[keyOf(field)] ?? '';
    if (field.required && text.trim() === '') faults[keyOf(field)] = 'missing';
    else if (meantBy(field, text) === undefined) faults[keyOf(field)] = 'wrong';
  }
  return faults;
}

/** The field's label in the reader's language: its other label where one is given and the reader's is not the first's. */
export function labelOf(field: Pick<CustomField, 'label' | 'labelOther'>, language: string): string {
  const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
  const other = field.labelOther;
  return other &&
    isChinese(other) === language.startsWith('zh') &&
    isChinese(field.label) !== isChinese(other)
    ? other
    : field.label;
}

/** A form's text as a reader of two versions wants it: a choice by its label, what it points to by name. */
export function shownText(field: CustomField, text: string): string {
  if (field.kind === 'choice') return field.choices.find(choice => choice.id === text)?.label ?? text;
  return field.kind === 'file' || field.kind === 'record' ? (knownName(refOf(field, text)) ?? text) : text;
}
