// Each column of the file with some of its values, and the field it becomes.
import { type CustomField, keyOf } from '../custom-fields/values.ts';
import { SelectField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import {
  type Field,
  type ImportDraft,
  type ImportObject,
  importFields,
  type Mapping,
  wordOf,
} from './mapping.ts';

type MappingTableProps = {
  columns: ImportDraft['columns'];
  object: ImportObject;
  mapping: Mapping;
  onMap: (column: string, field: Field | null) => void;
  /** The workspace's own fields. */
  own: CustomField[];
};

export function MappingTable({ columns, object, mapping, onMap, own }: MappingTableProps) {
  const { t } = useWords('imports');
  const fields: readonly Field[] = [...importFields[object], ...own.map(keyOf)];
  return (
    <ul className={css.mapping} aria-label={t('prepare.mapping')}>
      {columns.map(column => {
        const field = mapping[column.name] ?? null;
        return (
          <li key={column.name} data-unused={field === null || undefined}>
            <div className={css.column}>
              <strong>{column.name}</strong>
              <span className={css.quiet}>{column.samples.filter(Boolean).slice(0, 3).join(' · ')}</span>
            </div>
            <span className={css.arrow} aria-hidden="true">
              →
            </span>
            <SelectField
              aria-label={t('prepare.becomes', { column: column.name })}
              value={field ?? ''}
              onValue={value => onMap(column.name, fields.find(one => one === value) ?? null)}
              data={[
                { value: '', label: t('prepare.unused') },
                ...fields.map(one => ({
                  value: one,
                  label: own.find(field => keyOf(field) === one)?.label ?? t(`field.${wordOf(object, one)}`),
                })),
              ]}
            />
          </li>
        );
      })}
    </ul>
  );
}
