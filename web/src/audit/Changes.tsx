// Before and after of a record, field by field; also used by the history of a customer.
import { useOwnWords } from '../custom-fields/use-own-words.tsx';
import { useWords } from '../words.ts';
import css from './audit.module.css';
import type { Difference, NameOf } from './sentences.ts';
import { fieldWords, valueWords } from './values.ts';

type ChangesProps = {
  lines: Difference[];
  nameOf: NameOf;
  /** The kind of record, whose own fields are called as the workspace calls them. */
  object?: string | undefined;
};

export function Changes({ lines, nameOf, object }: ChangesProps) {
  const { t } = useWords('audit');
  const own = useOwnWords(object);
  const shown = (field: string, value: unknown) => own(field)?.value(value) ?? valueWords(value, t, nameOf);
  return (
    <dl className={css.changes}>
      {lines.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{own(field)?.name ?? fieldWords(field, t)}</dt>
          <dd>
            {before === null ? null : (
              <del>
                <span className="lk-hidden">{t('changes.before')}: </span>
                {shown(field, before)}
              </del>
            )}
            {after === null && before === null ? null : (
              <ins>
                <span className="lk-hidden">{t('changes.after')}: </span>
                {shown(field, after)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
