// The first rows as they would be stored, with what is wrong in them.
import { useMediaQuery } from '@mantine/hooks';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import { type Field, fieldName, fieldsInUse, type ImportDraft, neededIn } from './mapping.ts';

type Row = ImportDraft['preview'][number];

export function Preview({ draft }: { draft: ImportDraft }) {
  const { t } = useWords('imports');
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const fields = fieldsInUse(draft.fields, draft.mapping);
  const needed = neededIn(draft.fields);
  return (
    <Card title={t('preview.title', { count: draft.preview.length })} flush>
      {desk ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard too
        <section className={css.scroll} aria-label={t('preview.region')} tabIndex={0}>
          <table className={css.preview}>
            <thead>
              <tr>
                <th scope="col">{t('preview.row')}</th>
                <th scope="col">{t('preview.outcome')}</th>
                {fields.map(field => (
                  <th key={field} scope="col">
                    {fieldName(draft, field, t)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {draft.preview.map(row => (
                <tr key={row.row}>
                  <td>{row.row}</td>
                  <td>
                    <OutcomeMark row={row} />
                    <Reasons row={row} draft={draft} />
                  </td>
                  {fields.map(field => (
                    <td key={field} data-wrong={isWrong(row, field) || undefined}>
                      {textOf(row, field)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <ul className={css.rows}>
          {draft.preview.map(row => (
            <li key={row.row}>
              <div className="lk-spread">
                <strong>{textOf(row, needed) || t('preview.unnamed', { row: row.row })}</strong>
                <OutcomeMark row={row} />
              </div>
              <span className={css.quiet}>
                {fields
                  .filter(field => field !== needed)
                  .map(field => textOf(row, field))
                  .filter(Boolean)
                  .slice(0, 5)
                  .join(' · ')}
              </span>
              <Reasons row={row} draft={draft} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function OutcomeMark({ row }: { row: Row }) {
  const { t } = useWords('imports');
  return (
    <span className={css.mark} data-outcome={row.outcome}>
      {t(`will.${row.outcome}`)}
    </span>
  );
}

function Reasons({ row, draft }: { row: Row; draft: ImportDraft }) {
  const { t } = useWords('imports');
  if (row.faults.length + row.conflicts.length === 0) return null;
  const called = (field: string) =>
    field === 'title' && titled.has(draft.object) ? field : (otherwise[field] ?? field);
  return (
    <ul className={css.reasons}>
      {row.faults.map(fault => (
        <li key={`${fault.column}${fault.code}`}>
          {fault.column ? `${fault.column}: ` : null}
          {fault.message}
        </li>
      ))}
      {row.conflicts.map(({ field, before }) => (
        <li key={field} className={css.quiet}>
          {t('preview.replaces', {
            field: fieldName(draft, called(field), t),
            before,
          })}
        </li>
      ))}
    </ul>
  );
}

/** Fields of records that files call otherwise. */
const otherwise: Record<string, string> = {
  title: 'name',
  note: 'remark',
  dueOn: 'dueAt',
  total: 'amount',
  unqualifiedRemark: 'unqualifiedReason',
  lostRemark: 'lostReason',
};
/** Contacts and leads have a title of their own. */
const titled = new Set<ImportDraft['object']>(['contact', 'lead', 'customer']);

function isWrong(row: Row, field: Field): boolean {
  return row.faults.some(fault => fault.field === field);
}

function textOf(row: Row, field: Field): string {
  const value = row.values[field];
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? '✓' : '';
  return value ?? '';
}
