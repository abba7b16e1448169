// On the lock of an account that has ended: asking for more time, without being signed in.
import { useId, useState } from 'react';
import { api } from '../api.ts';
import { DoorProblem } from '../door/Words.tsx';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';

export function AskExtension({ flow }: { flow: string }) {
  const { t } = useWords('invitations');
  const id = useId();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function ask() {
    if (reason.trim().length < 3 || working) return;
    setWorking(true);
    setError(null);
    await api('POST /extensions', { body: { flow, reason: reason.trim() }, gate: false }).then(
      () => setAsked(true),
      setError,
    );
    setWorking(false);
  }

  if (asked) return <Note tone="good">{t('extension.asked')}</Note>;
  return (
    <Form className="lk-stack" onSubmit={ask}>
      {error ? <DoorProblem error={error} /> : null}
      <div className="lk-field">
        <label htmlFor={id}>{t('extension.reason')}</label>
        <textarea
          id={id}
          className="lk-input"
          rows={3}
          maxLength={500}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
      </div>
      <PlainButton type="submit" busy={working || reason.trim().length < 3}>
        {t('extension.ask')}
      </PlainButton>
    </Form>
  );
}
