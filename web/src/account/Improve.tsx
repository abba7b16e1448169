// What one's account could do better: a line and a button each; nothing where all is well.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import css from '../accounts/accounts.module.css';
import type { Calls } from '../calls.ts';
import { date } from '../formats.ts';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';

type Status = Calls['GET /status']['reply'];
type Kind = Status['improve'][number];

/** Where on the account page each is settled. */
const places: Partial<Record<Kind, string>> = {
  'add-factor': 'sign-in-methods',
  'recovery-codes': 'sign-in-methods',
  'old-password': 'password',
  'password-due': 'password',
  'many-devices': 'devices',
  'many-sessions': 'sessions',
};

export function Improve({ status }: { status: Status | undefined }) {
  const { t } = useWords('accounts');
  const [asking, setAsking] = useState(false);
  if (!status || status.improve.length === 0) return null;
  const due: Partial<Record<Kind, string | null>> = {
    'account-ends': status.endsAt,
    'password-due': status.passwordDueAt,
  };
  const button = (kind: Kind) => {
    const label = t(`improve.${kind}.act`);
    if (kind === 'account-ends')
      return (
        <Button variant="default" onClick={() => setAsking(true)}>
          {label}
        </Button>
      );
    const place = places[kind];
    return (
      <Button
        variant="default"
        renderRoot={props =>
          place ? <Link {...props} to="/account" hash={place} /> : <Link {...props} to="/verify-email" />
        }
      >
        {label}
      </Button>
    );
  };
  return (
    <Card title={t('improve.title')} flush>
      <ul className={css.improve}>
        {status.improve.map(kind => (
          <li key={kind}>
            <div>{t(`improve.${kind}.words`, { when: due[kind] ? date(due[kind]) : '' })}</div>
            {button(kind)}
          </li>
        ))}
      </ul>
      <Sheet opened={asking} onClose={() => setAsking(false)} title={t('more-time.title')}>
        <MoreTime onDone={() => setAsking(false)} />
      </Sheet>
    </Card>
  );
}

function MoreTime({ onDone }: { onDone: () => void }) {
  const { t } = useWords('accounts');
  const [reason, setReason] = useState('');
  const ask = useWrite('POST /me/extension', {
    renews: [['requests']],
    onDone: () => {
      toast(t('more-time.asked'));
      onDone();
    },
  });
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={() => {
        if (reason.trim().length >= 3 && !ask.isPending) ask.mutate({ body: { reason: reason.trim() } });
      }}
    >
      <TextAreaField label={t('more-time.reason')} value={reason} onValue={setReason} maxLength={500} />
      <ProblemNote error={ask.error} />
      <Button type="submit" loading={ask.isPending} disabled={reason.trim().length < 3} fullWidth>
        {t('more-time.send')}
      </Button>
    </Form>
  );
}
