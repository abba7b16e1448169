// The value of one of the workspace's own fields, as a reader wants it.
import { Suspense } from 'react';
import { useOwners } from '../customers/use-owners.ts';
import { moneyOf } from '../deals/board.ts';
import { date, number } from '../formats.ts';
import { fetched } from '../ui/fetched.tsx';
import { useWords } from '../words.ts';
import type { Custom, CustomField } from './values.ts';

const Pointing = fetched(() => import('./Pointing.tsx'));

export function CustomValue({ field, value }: { field: CustomField; value: Custom[string] | undefined }) {
  const { t } = useWords('custom-fields');
  const { nameOf } = useOwners();
  if (value === undefined) return null;
  switch (field.kind) {
    case 'number':
      return number(Number(value));
    case 'money':
      return moneyOf(Number(value), field.currency ?? 'CNY');
    case 'flag':
      return t(value === true ? 'yes' : 'no');
    case 'date':
      return date(`${String(value)}T00:00`);
    case 'choice':
      return field.choices.find(choice => choice.id === value)?.label ?? t('gone');
    case 'person':
      return nameOf(String(value)) ?? t('somebody');
    case 'file':
    case 'record':
      return (
        <Suspense fallback={null}>
          <Pointing field={field} value={String(value)} />
        </Suspense>
      );
    case 'link':
      return (
        <a className="lk-link" href={String(value)} rel="noreferrer noopener" target="_blank">
          {String(value).replace(/^https?:\/\//i, '')}
        </a>
      );
    default:
      return String(value);
  }
}

/** The rows of a `<dl>` for the fields that hold anything. */
export function CustomFacts({ fields, custom }: { fields: CustomField[]; custom: Custom }) {
  return fields
    .filter(field => custom[field.key] !== undefined)
    .map(field => (
      <div key={field.key}>
        <dt>{field.label}</dt>
        <dd>
          <CustomValue field={field} value={custom[field.key]} />
        </dd>
      </div>
    ));
}
