// What values a field takes, how they are sorted, and what of them changes. Pure.
import type { z } from 'zod';
import type { Custom } from '../db/custom-fields-tables.ts';
import { folded, sortKey } from '../folding.ts';
import type { Language } from '../problems.ts';
import type { LinkType } from '../subjects/subjects.ts';
import type { CustomFilter, CustomValues, Kind } from './contract.ts';

export type { Custom } from '../db/custom-fields-tables.ts';
export type FieldKind = z.output<typeof Kind>;
export type Values = z.output<typeof CustomValues>;
export type Asked = NonNullable<z.output<typeof CustomFilter>>;
export type Value = string | number | boolean;
export type Choice = { id: string; label: string; archived?: boolean | undefined };

export type Field = {
  id: string;
  object: string;
  key: string;
  label: string;
  labelOther: string | null;
  kind: FieldKind;
  choices: Choice[];
  currency: string | null;
  target: LinkType | null;
  required: boolean;
  position: number;
  archivedAt: string | null;
  indexed: boolean;
  version: number;
};

export type Fault = { path: string; message: string };

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;
const most = 1e15;

type Read = { value: Value } | { fault: string };

/** Reads a value for a field: tidied, or what is wrong with it. */
export function readValue(field: Pick<Field, 'kind' | 'choices'>, given: Value): Read {
  const text = typeof given === 'string' ? given.toWellFormed().normalize('NFC').trim() : '';
  switch (field.kind) {
    case 'text':
      return typeof given === 'string' && text.length <= 300 && !/[\r\n\0]/.test(text)
        ? { value: text }
        : { fault: 'is a line of text of at most 300 characters' };
    case 'lines':
      return typeof given === 'string' && !text.includes('\0')
        ? { value: text }
        : { fault: 'is text of at most 5,000 characters' };
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) && Math.abs(given) < most
        ? { value: given }
        : { fault: 'is a number below 10^15' };
    case 'money':
      return typeof given === 'number' && Number.isInteger(given) && Math.abs(given) < most
        ? { value: given }
        : { fault: 'is a whole number of minor units' };
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text)
        ? { value: text }
        : { fault: 'is a date such as 2026-03-31' };
    case 'choice':
      return field.choices.some(choice => choice.id === text)
        ? { value: text }
        : { fault: 'is the id of one of its choices' };
    case 'person':
      return uuid.test(text) ? { value: text } : { fault: 'is the id of a person' };
    case 'link':
      return /^https?:\/\/[^\s/]+(?:[/?#]\S*)?$/i.test(text) && text.length <= 2_000
        ? { value: text }
        : { fault: 'is a web address that begins with http:// or https://' };
    case 'flag':
      return typeof given === 'boolean' ? { value: given } : { fault: 'is true or false' };
    case 'file':
      return uuid.test(text) ? { value: text } : { fault: 'is the id of a file' };
    case 'record':
      return uuid.test(text) ? { value: text } : { fault: 'is the id of a record' };
  }
}

/** Text whose byte order is that of the values of one field: numbers by size, names by pinyin. */
export function sortText(value: Value): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string') return sortKey(value);
  // Sign and twenty-five places: a negative number counts up from the least one there is.
  const places = (n: number) => n.toFixed(6).padStart(25, '0');
  return value < 0 ? `0${places(most + value)}` : `1${places(value)}`;
}

/** The values by which records are sorted. */
export function sortTexts(custom: Custom): Record<string, string> {
  return Object.fromEntries(Object.entries(custom).map(([key, value]) => [key, sortText(value)]));
}

export type Settled =
  | { kind: 'settled'; custom: Custom; before: Record<string, unknown>; after: Record<string, unknown> }
  | { kind: 'wrong-custom'; faults: Fault[] };

/**
 * What becomes of a record's values. A new record (`current` is null) must have what is required; a change may not take
 * it away. Fields in `fixed` are not this person's to change, so that he is not asked for them either.
 */
export function settle(
  fields: readonly Field[],
  given: Values,
  current: Custom | null,
  fixed: ReadonlySet<string>,
): Settled {
  const faults: Fault[] = [];
  const custom: Custom = { ...current };
  const settled = { before: {} as Record<string, unknown>, after: {} as Record<string, unknown> };
  const known = new Map(fields.map(field => [field.key, field]));
  for (const [key, value] of Object.entries(given)) {
    const field = known.get(key);
    const fault = (message: string) => void faults.push({ path: `custom.${key}`, message });
    if (!field || field.archivedAt) fault('is no field of this object');
    else if (fixed.has(`custom.${key}`)) fault('may not be changed by you');
    else if (value === null || value === '') {
      if (field.required) fault('is needed');
      delete custom[key];
    } else {
      const read = readValue(field, value);
      if ('fault' in read) fault(read.fault);
      else custom[key] = read.value;
    }
  }
  if (!current)
    for (const field of fields)
      if (
        field.required &&
        !field.archivedAt &&
        custom[field.key] === undefined &&
        !(field.key in given) &&
        !fixed.has(`custom.${field.key}`)
      )
        faults.push({ path: `custom.${field.key}`, message: 'is needed' });
  if (faults.length > 0) return { kind: 'wrong-custom', faults };
  for (const key of Object.keys(given)) {
    if (custom[key] === current?.[key]) continue;
    settled.before[`custom.${key}`] = current?.[key] ?? null;
    settled.after[`custom.${key}`] = custom[key] ?? null;
  }
  return { kind: 'settled', custom, ...settled };
}

/** Kinds that lists are not sorted by. */
export const unsorted: readonly FieldKind[] = ['lines', 'file', 'record'];

type Condition = Asked[string];

/** What is asked of a field in the form in which its values are kept; undefined for what it can never hold. */
function tidied(field: Pick<Field, 'kind'>, wanted: Condition): Condition | undefined {
  if (wanted === null) return null;
  const isNumber = field.kind === 'number' || field.kind === 'money';
  const isWrong = (one: Value | undefined) => isNumber && one !== undefined && !isNumeric(one);
  const tidy = <V extends Value | undefined>(one: V) =>
    isNumber && one !== undefined ? Number(one) : field.kind === 'flag' && one === 'true' ? true : one;
  if (Array.isArray(wanted)) return wanted.some(isWrong) ? undefined : wanted.map(one => tidy(one) ?? one);
  if (typeof wanted !== 'object') return isWrong(wanted) ? undefined : tidy(wanted);
  const { from, to, contains } = wanted;
  if (isWrong(from) || isWrong(to)) return undefined;
  return {
    ...(from === undefined ? {} : { from: tidy(from) }),
    ...(to === undefined ? {} : { to: tidy(to) }),
    ...(contains === undefined ? {} : { contains }),
  };
}

const isNumeric = (one: Value) => String(one).trim() !== '' && Number.isFinite(Number(one));

/** The same of all that is asked for: numbers as numbers, however they were written; null for what nothing can meet. */
export function askedOf(fields: readonly Field[], asked: Asked): Asked | null {
  const all: Asked = {};
  for (const [key, wanted] of Object.entries(asked)) {
    const field = fields.find(one => one.key === key);
    const tidy = field && tidied(field, wanted);
    if (tidy === undefined) return null;
    all[key] = tidy;
  }
  return all;
}

/**
 * What one record's values become in another's fields: those of the same key and kind, a choice by its label, money in
 * the same currency; nothing where the other holds a value or the meaning is not certain.
 */
export function carriedOver(
  from: readonly Field[],
  custom: Custom,
  into: readonly Field[],
  there: Custom,
): Custom {
  const carried: Custom = {};
  for (const field of from) {
    const value = custom[field.key];
    const other = into.find(one => one.key === field.key && one.kind === field.kind);
    if (value === undefined || !other || there[field.key] !== undefined || field.kind === 'file') continue;
    if (field.currency !== other.currency || field.target !== other.target) continue;
    const meant = field.kind === 'choice' ? choiceLike(field, value, other) : value;
    if (meant !== undefined) carried[field.key] = meant;
  }
  return carried;
}

function choiceLike(field: Field, value: Value, other: Field): string | undefined {
  const label = field.choices
    .find(choice => choice.id === value)
    ?.label.trim()
    .toLowerCase();
  const alike = other.choices.filter(one => !one.archived && one.label.trim().toLowerCase() === label);
  return alike.length === 1 ? alike[0]?.id : undefined;
}

/** The keys under which such values are looked up: `x` is the letter of whole ones, `b` of how texts begin. */
export function valueKeys(custom: Custom): [string, string][] {
  const whole = Object.entries(custom)
    .filter(([, value]) => String(value).length <= 80)
    .map(([key, value]): [string, string] => ['x', `${key}=${value}`]);
  const begun = Object.entries(custom).flatMap(([key, value]) =>
    typeof value === 'string' && isWords(value) ? beginnings(key, value) : [],
  );
  return [...whole, ...begun];
}

/** How many characters of a text its keys hold: more than two fits, four and eight tell apart what begins alike. */
const begunBy = [2, 4, 8];

/** Whether a value may be a text that somebody has written: no id, no day, no address of a page. */
const isWords = (value: string) =>
  !uuid.test(value) && !/^(?:o\d+|\d{4}-\d\d-\d\d|https?:\/\/.*)$/i.test(value);

function beginnings(key: string, value: string): [string, string][] {
  const characters = [...folded(value.slice(0, 40))];
  return begunBy
    .filter(size => size <= characters.length)
    .map(size => ['b', `${key}=${characters.slice(0, size).join('')}`]);
}

/** The key that every value of a field has which begins with such a text; null for a text that is too short. */
export function begunKey(key: string, q: string): [string, string] | null {
  return beginnings(key, q).at(-1) ?? null;
}

/** Of what was asked for, what the index of keys can answer. */
export function askedKeys(asked: Asked | undefined): [string, string][] {
  return Object.entries(asked ?? {})
    .filter(([, wanted]) => wanted !== null && typeof wanted !== 'object' && String(wanted).length <= 80)
    .map(([key, wanted]) => ['x', `${key}=${String(wanted)}`]);
}

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

/** What a field is called in a language: by its other label where that is in it and the first is not. */
export function labelIn(field: Pick<Field, 'label' | 'labelOther'>, language: Language): string {
  const { label, labelOther: other } = field;
  const fits = (text: string) => isChinese(text) === (language === 'zh-CN');
  return other && fits(other) && !fits(label) ? other : label;
}

export type Objection = 'choices-missing' | 'target-missing' | 'file-required';

/** What speaks against such a new field; null for nothing. */
export function objectionTo(
  input: Pick<Field, 'kind' | 'required'> & {
    choices?: readonly unknown[] | undefined;
    target?: LinkType | undefined;
  },
): Objection | null {
  if (input.kind === 'choice' && !input.choices?.length) return 'choices-missing';
  if (input.kind === 'record' && !input.target) return 'target-missing';
  return input.kind === 'file' && input.required ? 'file-required' : null;
}

/** A key made from a label: what Latin letters and digits it has, else `field`; not one of `taken`. */
export function keyFrom(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 34);
  const stem = plain || 'field';
  for (let i = 1; ; i++) {
    const key = i === 1 ? stem : `${stem}_${i}`;
    if (!taken.has(key)) return key;
  }
}

/** The choices after a change: each keeps its id, new ones get one, those left out are archived. */
export function choicesAfter(
  before: Choice[],
  wanted: { id?: string | undefined; label: string; archived?: boolean | undefined }[],
): Choice[] {
  let last = Math.max(0, ...before.map(choice => Number(choice.id.slice(1))));
  const after = wanted.map(choice => ({
    id: before.some(one => one.id === choice.id) ? (choice.id ?? '') : `o${++last}`,
    label: choice.label,
    ...(choice.archived ? { archived: true } : {}),
  }));
  const gone = before.filter(choice => !after.some(one => one.id === choice.id));
  return [...after, ...gone.map(choice => ({ ...choice, archived: true }))];
}
