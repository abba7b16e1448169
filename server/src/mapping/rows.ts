// From the cells of a row to the values of our fields, by the mapping.

import { meant } from '../formats/cells.ts';
import type { DateStyle } from './dates.ts';
import { type ImportField, type ImportObject, joinedFields, requiredFields, standIns } from './fields.ts';
import { fieldsOf, isTold } from './headings.ts';
import { meantFor, type Own, ownField } from './own.ts';
import { type Reading, type RowFaultCode, readValue, type Value } from './values.ts';

export type Mapping = Record<string, ImportField | null>;
export type RowFault = {
  column: string | null;
  field: ImportField | null;
  code: RowFaultCode;
  value: string | null;
};
export type Values = Partial<Record<ImportField, Value>>;

/** Everything about a mapping that is the same for all rows. */
export type Plan = {
  object: ImportObject;
  /** `labelled`: the value goes into a field of another meaning, with its heading in front. */
  columns: { at: number; name: string; field: ImportField; labelled: boolean }[];
  /** The workspace's own fields. */
  own: Own;
};

const none: Own = { fields: [], personIn: () => null, recordIn: () => null };
const joined = new Set<string>(joinedFields);
const longest: Record<string, number> = { remark: 5_000, body: 9_000, description: 5_000 };

export function planOf(object: ImportObject, columns: string[], mapping: Mapping, own: Own = none): Plan {
  const remarks = columns.filter(name => mapping[name] === 'remark').length;
  return {
    object,
    own,
    columns: columns.flatMap((name, at) => {
      const field = mapping[name];
      if (!field) return [];
      const known = fieldsOf(object, name);
      const foreign = remarks > 1 || known.length > 0 || isTold(object, name);
      return [{ at, name, field, labelled: field === 'remark' && foreign && !known.includes('remark') }];
    }),
  };
}

/** The values of one row and whatever is wrong with them; a row with a fault is not imported. */
export function readRow(
  plan: Plan,
  cells: string[],
  style: DateStyle,
): { values: Values; faults: RowFault[] } {
  const values: Values = {};
  const faults: RowFault[] = [];
  const columnOf = (field: ImportField) => plan.columns.find(c => c.field === field)?.name ?? null;
  for (const { at, name, field, labelled } of plan.columns) {
    const text = meant(cells[at] ?? '');
    if (text === '' || (values[field] !== undefined && !joined.has(field))) continue;
    const reading = field.startsWith('custom.')
      ? readOwn(plan.own, field, text, style)
      : readValue(field.startsWith('list.') ? 'listPrice' : field, text, style, plan.object);
    if ('code' in reading)
      faults.push({ column: name, field, code: reading.code, value: text.slice(0, 500) });
    else {
      const there = values[field];
      values[field] = together(there, labelled ? `${name}: ${reading.value}` : reading.value, field);
    }
  }
  nameFromParts(values);
  if (plan.object === 'customer' && hasContact(values) && !values.contactName && values.name)
    values.contactName = values.name;
  if (plan.object === 'lead' && !values.name && values.company) values.name = values.company;
  const required = requiredFields[plan.object];
  const stands = [required, ...(standIns[plan.object] ?? [])].some(field => values[field]);
  if (!stands && !faults.some(fault => fault.field === required))
    faults.push({ column: columnOf(required), field: required, code: 'missing', value: null });
  for (const field of joinedFields) {
    const value = values[field];
    if (typeof value === 'string' && value.length > (longest[field] ?? 500))
      faults.push({ column: columnOf(field), field, code: 'too-long', value: value.slice(0, 500) });
  }
  return { values, faults };
}

function readOwn(own: Own, name: string, text: string, style: DateStyle): Reading {
  const field = ownField(own, name);
  // Which record that is takes looking up.
  if (field?.kind === 'record') return text.length <= 300 ? { value: text.trim() } : { code: 'too-long' };
  return field && meantFor(field, text, own, style) !== null ? { value: text } : { code: 'choice' };
}

function hasContact(values: Values): boolean {
  return Boolean(values.contactPhone || values.contactEmail || values.contactWechat || values.contactTitle);
}

function together(there: Value | undefined, value: Value, field: ImportField): Value {
  if (there === undefined) return value;
  if (Array.isArray(there) && Array.isArray(value)) return [...new Set([...there, ...value])];
  if (field === 'remark' || field === 'body' || field === 'description') return `${there}\n${value}`;
  const isChinese = /\p{Script=Han}$/u.test(String(there)) && /^\p{Script=Han}/u.test(String(value));
  return `${there}${isChinese ? '' : ', '}${value}`;
}

/** Given and family name become one, in the order in which their script has them. */
function nameFromParts(values: Values): void {
  const given = String(values.givenName ?? '');
  const family = String(values.familyName ?? '');
  delete values.givenName;
  delete values.familyName;
  if (values.name || (!given && !family)) return;
  const isChinese = /\p{Script=Han}/u.test(given + family);
  values.name = isChinese ? `${family}${given}` : `${given} ${family}`.trim();
}
