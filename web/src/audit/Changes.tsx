// Before and after of a record, field by field; also used by the history of a customer.
import { useWords } from '../words.ts';
import css from './audit.module.css';
import type { Difference, NameOf } from './sentences.ts';
import { fieldWords, valueWords } from './values.ts';

export function Changes({ lines, nameOf }: { lines: Difference[]; nameOf: NameOf }) {
  const { t } = useWords('audit');
  return (
    <dl className={css.changes}>
      {lines.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{fieldWords(field, t)}</dt>
          <dd>
            {before === null ? null : (
              <del>
                <span className="lk-hidden">{t('changes.before')}: </span>
                {valueWords(before, t, nameOf)}
              </del>
            )}
            {after === null && before === null ? null : (
              <ins>
                <span className="lk-hidden">{t('changes.after')}: </span>
                {valueWords(after, t, nameOf)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
