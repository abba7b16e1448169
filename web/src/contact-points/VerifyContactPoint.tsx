// The code that was sent to a new address.
import { Button } from '@mantine/core';
import { useState } from 'react';
import css from '../factors/factors.module.css';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { contactPointsKey } from './use-contact-points.ts';

type Props = { id: string; value: string; sent?: boolean; onDone: () => void };

export function VerifyContactPoint({ id, value, sent = true, onDone }: Props) {
  const { t } = useWords('contact-points');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const prove = useWrite('POST /contact-points/{id}/proofs', {
    renews: [contactPointsKey],
    onDone: () => {
      toast(t('done'));
      onDone();
    },
  });
  const again = useWrite('POST /contact-points/{id}/messages', { onDone: () => toast(t('sent-again')) });
  function submit() {
    setTried(true);
    if (code && !prove.isPending) prove.mutate({ params: { id }, body: { code } });
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      {sent ? <Note tone="good">{t('sent', { value })}</Note> : null}
      <TextField
        label={t('field.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={24}
        data-autofocus
        value={code}
        onValue={typed => setCode(typed.normalize('NFKC').replace(/\s+/g, ''))}
        error={tried && !code ? t('missing.code') : undefined}
      />
      <ProblemNote error={prove.error ?? again.error} />
      <Button type="submit" loading={prove.isPending}>
        {t('verify')}
      </Button>
      <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ params: { id } })}>
        {t('again')}
      </Button>
    </Form>
  );
}
