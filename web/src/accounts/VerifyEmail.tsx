// Verifying one's own address by a code, in place of the page that the lock keeps back.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api.ts';
import { CodeField } from '../door/CodeField.tsx';
import { useMe } from '../session.ts';
import type { LiftProps } from '../shell/HeldBack.tsx';
import { useSecondsLeft } from '../ui/countdown.ts';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWords } from '../words.ts';
import css from './accounts.module.css';

export default function VerifyEmail({
  lock,
  onLifted,
}: Omit<LiftProps, 'lock'> & { lock: LiftProps['lock'] | null }) {
  const { t } = useWords('accounts');
  const { user } = useMe();
  const [sentAt, setSentAt] = useState<number | null>(null);
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const wait = useSecondsLeft(sentAt === null ? null : sentAt + 30_000) ?? 0;

  async function run(work: () => Promise<void>) {
    setWorking(true);
    setError(null);
    await work().catch(setError);
    setWorking(false);
  }
  const send = () =>
    run(async () => {
      const { kind } = await api('POST /me/email/message');
      if (kind === 'verified') return onLifted();
      setCode('');
      setSentAt(Date.now());
    });
  const prove = () =>
    run(async () => {
      if (!code) return;
      await api('POST /me/email/proof', { body: { code } });
      toast(t('verify.done'));
      await onLifted();
    });

  return (
    <Page title={t('verify.title')} lead={lock?.why ?? t('verify.lead')} width="reading">
      <Card>
        <div className={css.form}>
          <p>
            <span className="lk-hint">{t('verify.address')}</span>
            <br />
            <strong>{user.email}</strong>
          </p>
          <ProblemNote error={error} />
          {sentAt === null ? (
            <Button loading={working} onClick={() => void send()}>
              {t('verify.send')}
            </Button>
          ) : (
            <Form className={css.form ?? ''} onSubmit={() => void prove()}>
              <Note tone="good">{t('verify.sent')}</Note>
              <CodeField value={code} onValue={setCode} wrong={null} />
              <Button type="submit" loading={working} disabled={!code}>
                {t('verify.confirm')}
              </Button>
              <PlainButton look="quiet" busy={wait > 0 || working} onClick={() => void send()}>
                {wait > 0 ? t('verify.again-in', { seconds: wait }) : t('verify.again')}
              </PlainButton>
            </Form>
          )}
        </div>
      </Card>
      {lock ? <Note>{lock.mind}</Note> : null}
    </Page>
  );
}
