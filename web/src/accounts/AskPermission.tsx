// Beside a refusal for want of a permission: asking for it, with a reason.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './accounts.module.css';
import { permissionWords } from './permission.ts';

export type Wants = { action: string; object: string };

export function AskPermission({ wants }: { wants: Wants }) {
  const { t } = useWords('accounts');
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const ask = useWrite('POST /requests', { renews: [['requests']], onDone: () => setAsked(true) });
  const what = permissionWords(t, wants.action, wants.object);
  if (asked) return <Note tone="good">{t('ask.asked')}</Note>;
  if (!opened)
    return (
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('ask.open')}
      </Button>
    );
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={() => {
        if (reason.trim().length >= 3 && !ask.isPending)
          ask.mutate({ body: { ...wants, reason: reason.trim() } });
      }}
    >
      <p>{t('ask.what', { what })}</p>
      <TextAreaField label={t('ask.reason')} value={reason} onValue={setReason} maxLength={500} autoFocus />
      <ProblemNote error={ask.error} />
      <Button type="submit" loading={ask.isPending} disabled={reason.trim().length < 3}>
        {t('ask.send')}
      </Button>
    </Form>
  );
}
