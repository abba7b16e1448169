// The line under a form that says the typed words are kept, with the only way to lose them.
import { useState } from 'react';
import { time } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './draft-note.module.css';
import { PlainButton } from './plain.tsx';
import type { DraftHold } from './use-draft.ts';

/** "Draft kept at 14:05 · Discard"; discarding asks once. */
export function DraftNote({ draft }: { draft: Pick<DraftHold<object>, 'keptAt' | 'discard'> }) {
  const { t } = useWords('ui');
  const [asking, setAsking] = useState(false);
  function discard() {
    setAsking(false);
    draft.discard();
  }
  return (
    <div className={css.note} role="status">
      {draft.keptAt === null ? null : (
        <>
          <span>{asking ? t('draft.sure') : t('draft.kept', { time: time(draft.keptAt) })}</span>
          {asking ? (
            <>
              <PlainButton look="quiet" onClick={discard}>
                {t('draft.discard')}
              </PlainButton>
              <PlainButton look="quiet" onClick={() => setAsking(false)}>
                {t('draft.keep')}
              </PlainButton>
            </>
          ) : (
            <PlainButton look="quiet" onClick={() => setAsking(true)}>
              {t('draft.discard')}
            </PlainButton>
          )}
        </>
      )}
    </div>
  );
}
