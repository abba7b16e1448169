// Inputs for the filters that have no room above a list: words, and days from and to.
import { useMe } from '../session.ts';
import { useWords } from '../words.ts';
import { furtherOf } from './further.ts';
import { Typed } from './Typed.tsx';
import type { Search, ViewObject } from './view.ts';
import css from './views.module.css';

type FurtherInputsProps = { object: ViewObject; search: Search; onSet: (change: Search) => void };

export function FurtherInputs({ object, search, onSet }: FurtherInputsProps) {
  const { t } = useWords('views');
  const { sees } = useMe();
  const { texts, spans } = furtherOf(object);
  return (
    <>
      {texts
        .filter(text => sees(object, text))
        .map(text => (
          <Typed
            key={`${text} ${search[text] ?? ''}`}
            label={t(`further.${text}`)}
            start={search[text] ?? ''}
            onCommit={value => onSet({ [text]: value.trim() })}
          />
        ))}
      {spans
        .filter(span => span !== 'followUp' || sees(object, 'nextFollowUpAt'))
        .map(span => (
          <fieldset key={span} className={css.range}>
            <legend>{t(`further.${span}`)}</legend>
            {(['From', 'To'] as const).map(end => (
              <Typed
                key={`${end} ${search[span + end] ?? ''}`}
                type="date"
                label={t(`further.${end}`)}
                start={search[span + end] ?? ''}
                onCommit={value => onSet({ [span + end]: value })}
              />
            ))}
          </fieldset>
        ))}
    </>
  );
}
