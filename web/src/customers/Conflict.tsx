// Somebody else saved first: both versions field by field, one tap decides, both texts can stay.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './conflict.module.css';
import { type Choice, type Clash, suggestion } from './conflict.ts';

type ConflictProps<K extends string> = {
  clashes: Clash<K>[];
  /** The field's name, and a value of it, in words. */
  name: (field: K) => string;
  show: (field: K, value: string) => string;
  busy: boolean;
  onBack: () => void;
  onDecided: (choices: Partial<Record<K, Choice>>) => void;
};

export function Conflict<K extends string>(props: ConflictProps<K>) {
  const { clashes, name, show, busy, onBack, onDecided } = props;
  const { t } = useWords('customers');
  const [choices, setChoices] = useState<Partial<Record<K, Choice>>>({});
  return (
    <Form onSubmit={() => onDecided(choices)} className={css.form} aria-label={t('conflict.title')}>
      <Note tone="warn">{t('conflict.words')}</Note>
      {clashes.map(clash => {
        const choice = choices[clash.field] ?? suggestion(clash);
        const options: Choice[] = clash.joinable ? ['theirs', 'mine', 'both'] : ['theirs', 'mine'];
        return (
          <fieldset key={clash.field} className={css.clash}>
            <legend>
              {name(clash.field)}
              {clash.contested ? <span className={css.contested}>{t('conflict.contested')}</span> : null}
            </legend>
            <div className={css.versions}>
              {options.map(option => (
                <label key={option} className={css.version} data-chosen={option === choice || undefined}>
                  <input
                    type="radio"
                    name={`clash-${clash.field}`}
                    checked={option === choice}
                    onChange={() => setChoices(before => ({ ...before, [clash.field]: option }))}
                  />
                  <span>
                    <span className={css.quiet}>{t(`conflict.${option}`)}</span>
                    {option === 'both' ? null : (
                      <span className={css.value}>
                        {clash[option] ? show(clash.field, clash[option]) : t('conflict.empty')}
                      </span>
                    )}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        );
      })}
      <Button type="submit" loading={busy} fullWidth>
        {t('conflict.save')}
      </Button>
      <Button variant="default" onClick={onBack} fullWidth>
        {t('conflict.back')}
      </Button>
    </Form>
  );
}
