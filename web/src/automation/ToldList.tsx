// What was done to one record, or would have been.
import { useWords } from '../words.ts';
import css from './automation.module.css';

type Told = { kind: string; person: string | null; words: string | null };

export function ToldList({ told }: { told: Told[] }) {
  const { t } = useWords('automation');
  const said = told.map(({ kind, person, words }) => {
    const what = kind === 'set' && words ? t(`field.${words}`) : words;
    return [t(`told.${kind}`), person, what].filter(Boolean).join(t('told.glue'));
  });
  return <span className={css.quiet}>{said.join(t('joint-then'))}</span>;
}
