// Adding a passkey: the browser asks for finger, face or PIN and keeps the key; nothing has to be typed.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { Added } from './Added.tsx';
import css from './factors.module.css';
import { factorsKey } from './use-factors.ts';

type Body = Calls['POST /factors/passkeys']['body'];

export function AddPasskey({ onDone }: { onDone: () => void }) {
  const { t } = useWords('factors');
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [word, setWord] = useState<'stopped' | 'known' | null>(null);
  const add = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      setWord(null);
      const { options } = await api('POST /factors/passkeys/options');
      const { makePasskey } = await import('./passkey-browser.ts');
      const response = await makePasskey(options);
      if (response === 'stopped' || response === 'known') {
        setWord(response);
        return false;
      }
      await api('POST /factors/passkeys', { body: { response, name: name.trim() } as Body });
      await queries.invalidateQueries({ queryKey: factorsKey });
      return true;
    },
  });
  if (add.data) return <Added words={t('passkey.added')} onDone={onDone} />;
  return (
    <Form className={css.form ?? ''} onSubmit={() => (add.isPending ? undefined : add.mutate())}>
      <p>{t('passkey.why')}</p>
      <TextField
        label={t('name.label')}
        placeholder={t('name.passkey')}
        maxLength={60}
        value={name}
        onValue={setName}
      />
      {word ? <Note tone="warn">{t(`passkey.${word}`)}</Note> : null}
      <ProblemNote error={add.error} />
      <Button type="submit" loading={add.isPending}>
        {t('passkey.make')}
      </Button>
    </Form>
  );
}
