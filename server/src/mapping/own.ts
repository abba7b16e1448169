// Cells of the workspace's own fields: what they mean, and how their headings are recognised. Pure.
import type { Custom, Field } from '../custom-fields/custom-fields.ts';
import { minorUnits } from '../money.ts';
import { readAmount } from './amounts.ts';
import { type DateStyle, dayOf, readDate } from './dates.ts';
import type { ImportField } from './fields.ts';
import { headingKey } from './headings.ts';

export type OwnField = `custom.${string}`;

/** What cells of own fields are read by. */
export type Own = {
  fields: readonly Field[];
  personIn: (text: string) => { id: string } | null;
  /** The id of the record of that kind that a text names, once it has been looked up; null for none. */
  recordIn: (target: string, text: string) => string | null;
};

const yes = new Set(['1', 'true', 'yes', 'y', 'x', '是', '对', '有', '√', '✓']);
const no = new Set(['0', 'false', 'no', 'n', '否', '无', '没有', '×', '✗']);

/** The field of that name, `custom.` before its key. */
export function ownField(own: Own, name: string): Field | undefined {
  return own.fields.find(field => `custom.${field.key}` === name);
}

/** What a cell means for such a field; null for nothing that it takes. */
export function meantFor(field: Field, cell: string, own: Own, style: DateStyle): Custom[string] | null {
  const text = cell.trim();
  const plain = text.normalize('NFKC').toLowerCase();
  switch (field.kind) {
    case 'number': {
      const amount = readAmount(text);
      return amount === null ? null : Number(amount);
    }
    case 'money': {
      const amount = readAmount(text);
      return amount === null ? null : minorUnits(amount, field.currency ?? 'CNY');
    }
    case 'date': {
      const at = readDate(text, style);
      return at ? dayOf(at, style.timeZone) : null;
    }
    case 'choice':
      return (
        field.choices.find(
          ({ label, archived }) => !archived && label.normalize('NFKC').toLowerCase() === plain,
        )?.id ?? null
      );
    case 'person':
      return own.personIn(text)?.id ?? null;
    case 'flag':
      return yes.has(plain) ? true : no.has(plain) ? false : null;
    case 'link': {
      const link = /^https?:\/\//i.test(text) ? text : `https://${text}`;
      return /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(link) && link.length <= 2_000 ? link : null;
    }
    case 'record':
      return own.recordIn(field.target ?? '', text);
    // A file is attached to a record that is there.
    case 'file':
      return null;
    case 'lines':
      return text.length <= 5_000 ? text : null;
    default:
      return text.length <= 300 ? text.replace(/\s+/g, ' ') : null;
  }
}

/** The values of own fields that a row brings. */
export function ownIn(values: Record<string, unknown>, own: Own, style: DateStyle): Custom {
  const custom: Custom = {};
  for (const [name, cell] of Object.entries(values)) {
    const field = typeof cell === 'string' ? ownField(own, name) : undefined;
    const value = field ? meantFor(field, String(cell), own, style) : null;
    if (field && value !== null) custom[field.key] = value;
  }
  return custom;
}

/** For every column the own field or price list whose label, key or name its heading is; each once. */
export function ownColumns(
  fields: readonly Field[],
  columns: string[],
  lists: readonly { field: ImportField; name: string }[] = [],
): (ImportField | null)[] {
  const taken = new Set<string>();
  return columns.map(column => {
    const heading = headingKey(column);
    const found = fields.find(
      field =>
        !taken.has(field.key) &&
        [field.label, field.labelOther ?? '', field.key, `custom.${field.key}`].some(
          name => name !== '' && headingKey(name) === heading,
        ),
    );
    const list = lists.find(one => !taken.has(one.field) && headingKey(one.name) === heading);
    if (!found && list) taken.add(list.field);
    if (!found) return list?.field ?? null;
    taken.add(found.key);
    return `custom.${found.key}` as const;
  });
}
