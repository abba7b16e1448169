// Each column of the file with some of its values, and the field it becomes.
import { SelectField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import { type Field, fieldName, type ImportDraft, type Mapping } from './mapping.ts';

type MappingTableProps = {
  draft: ImportDraft;
  mapping: Mapping;
  onMap: (column: string, field: Field | null) => void;
};

export function MappingTable({ draft, mapping, onMap }: MappingTableProps) {
  const { t } = useWords('imports');
  const { columns, fields } = draft;
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
              onValue={value => onMap(column.name, fields.find(one => one.field === value)?.field ?? null)}
              data={[
                { value: '', label: t('prepare.unused') },
                ...fields.map(one => ({ value: one.field, label: fieldName(draft, one.field, t) })),
              ]}
            />
          </li>
        );
      })}
    </ul>
  );
}
