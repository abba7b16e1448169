// Adding an address in two steps: where to, then the code that was sent there.
import { Button } from '@mantine/core';
import { useState } from 'react';
import css from '../factors/factors.module.css';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { contactPointsKey } from './use-contact-points.ts';
import { VerifyContactPoint } from './VerifyContactPoint.tsx';

type Props = { kind: 'email' | 'sms'; sms: boolean; onDone: () => void };

export function AddContactPoint({ kind, sms, onDone }: Props) {
  const { t } = useWords('contact-points');
  const [value, setValue] = useState('');
  const [tried, setTried] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const add = useWrite('POST /contact-points', {
    renews: [contactPointsKey],
    onDone: answer => setId(answer.body.id),
  });
  function submit() {
    setTried(true);
    if (value.trim() && !add.isPending) add.mutate({ body: { kind, value: value.trim() } });
  }
  if (id) return <VerifyContactPoint id={id} value={value.trim()} onDone={onDone} />;
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      {kind === 'sms' && !sms ? <Note>{t('no-sms')}</Note> : null}
      <TextField
        label={t(`field.${kind}`)}
        type={kind === 'sms' ? 'tel' : 'email'}
        inputMode={kind === 'sms' ? 'tel' : 'email'}
        autoComplete={kind === 'sms' ? 'tel' : 'email'}
        description={kind === 'sms' ? t('sms-hint') : undefined}
        maxLength={320}
        data-autofocus
        value={value}
        onValue={setValue}
        error={tried && !value.trim() ? t('missing.value') : undefined}
      />
      <ProblemNote error={add.error} />
      <Button type="submit" loading={add.isPending}>
        {t('send')}
      </Button>
    </Form>
  );
}
