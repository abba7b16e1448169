// Choosing one's own password where the present one no longer will do: an initial one, or one that has run out.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { NewPasswordField } from '../passwords/NewPasswordField.tsx';
import { Problem, weakPassword } from '../problem.ts';
import { useMe } from '../session.ts';
import type { LiftProps } from '../shell/HeldBack.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note, PasswordField } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './desk.module.css';

export default function NewPassword({ lock, onLifted }: LiftProps) {
  const { t } = useWords('desk');
  const { user } = useMe();
  // Whoever has just signed in by an initial password is not asked for it again.
  const asksCurrent = lock.cause !== 'password-initial';
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = useWrite('POST /me/password', {
    onDone: async () => {
      toast(t('own.done'));
      await onLifted();
    },
  });
  const same = change.error instanceof Problem && change.error.code === 'invalid' ? t('own.same') : null;
  const wrong = weakPassword(change.error) ?? same;

  function submit() {
    setTried(true);
    if (!next || (asksCurrent && !current) || change.isPending) return;
    change.mutate({ body: { next, ...(asksCurrent ? { current } : {}) } });
  }

  return (
    <Page title={t('own.title')} lead={lock.why} width="reading">
      <Card>
        <Form className={css.form ?? ''} onSubmit={submit}>
          {wrong ? null : <ProblemNote error={change.error} />}
          <input
            className="lk-hidden"
            type="text"
            name="username"
            autoComplete="username"
            value={user.email}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          {asksCurrent ? (
            <PasswordField
              name="current-password"
              autoComplete="current-password"
              label={t('own.current')}
              value={current}
              onValue={setCurrent}
              wrong={tried && !current ? t('own.missing') : null}
            />
          ) : null}
          <NewPasswordField
            label={t('own.next')}
            value={next}
            onValue={setNext}
            wrong={tried && !next ? t('own.missing') : wrong}
          />
          <Button type="submit" loading={change.isPending} fullWidth>
            {t('own.save')}
          </Button>
        </Form>
      </Card>
      <Note>{lock.mind}</Note>
    </Page>
  );
}
