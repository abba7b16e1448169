// Changing one's own password; other sessions end, this one stays.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { NewPasswordField } from '../passwords/NewPasswordField.tsx';
import { weakPassword } from '../problem.ts';
import { useMe } from '../session.ts';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { PasswordField } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './account.module.css';

export function ChangePassword() {
  const { t } = useWords('account');
  const { user } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = useWrite('POST /me/password', {
    renews: [['sessions'], ['status']],
    onDone: () => {
      setCurrent('');
      setNext('');
      setTried(false);
      toast(t('password.changed'));
    },
  });

  const weak = weakPassword(change.error);
  function submit() {
    setTried(true);
    if (current && next && !change.isPending) change.mutate({ body: { current, next } });
  }

  return (
    <Card title={t('password.title')} id="password">
      <Form className={css.form ?? ''} onSubmit={submit}>
        {weak ? null : <ProblemNote error={change.error} />}
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
        <PasswordField
          name="current-password"
          autoComplete="current-password"
          label={t('password.current')}
          value={current}
          onValue={setCurrent}
          wrong={tried && !current ? t('password.missing-current') : null}
        />
        <NewPasswordField
          label={t('password.next')}
          value={next}
          onValue={setNext}
          wrong={tried && !next ? t('password.missing-next') : weak}
        />
        <p className="lk-hint">{t('password.hint')}</p>
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('password.change')}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
