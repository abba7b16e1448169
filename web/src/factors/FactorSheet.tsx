// One factor: call it by another name, or remove it for good.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { ConfirmFirst } from './ConfirmFirst.tsx';
import css from './factors.module.css';
import { type Factor, factorsKey, useFactors } from './use-factors.ts';

export function FactorSheet({ factor, onDone }: { factor: Factor; onDone: () => void }) {
  return (
    <ConfirmFirst>
      <Inside factor={factor} onDone={onDone} />
    </ConfirmFirst>
  );
}

function Inside({ factor, onDone }: { factor: Factor; onDone: () => void }) {
  const { t } = useWords('factors');
  const { data } = useFactors();
  const [name, setName] = useState(factor.name);
  const [asking, setAsking] = useState(false);
  const params = { id: factor.id };
  const done = (words: string) => () => {
    toast(words);
    onDone();
  };
  const rename = useWrite('PATCH /factors/{id}', { renews: [factorsKey], onDone: done(t('saved')) });
  const remove = useWrite('DELETE /factors/{id}', { renews: [factorsKey], onDone: done(t('remove.done')) });

  function submit() {
    if (name.trim() && !rename.isPending) rename.mutate({ params, body: { name: name.trim() } });
  }

  return (
    <div className={css.form}>
      <Form className={css.form ?? ''} onSubmit={submit}>
        <TextField label={t('name.label')} maxLength={60} value={name} onValue={setName} />
        <ProblemNote error={rename.error} />
        <Button type="submit" loading={rename.isPending} disabled={!name.trim()}>
          {t('name.save')}
        </Button>
      </Form>
      <ProblemNote error={remove.error} />
      {asking ? (
        <>
          <Note tone="warn">{t(data?.items.length === 1 ? 'remove.last' : 'remove.why')}</Note>
          <div className={css.actions}>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ params })}>
              {t('remove.sure')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('remove.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <Button variant="default" color="red" onClick={() => setAsking(true)}>
          {t('remove.act')}
        </Button>
      )}
    </div>
  );
}
