// Ending an alarm whose cause is known, with a reason for the log.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './weather.module.css';

export function EndAlarmSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('weather');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const end = useWrite('POST /weather/alarm/end', {
    renews: [['weather'], ['audit']],
    onDone: () => {
      setReason('');
      setTried(false);
      onClose();
      toast(t('end.done'));
    },
  });
  const short = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (!short) end.mutate({ body: { reason: reason.trim() } });
  }
  return (
    <Sheet opened={opened} onClose={onClose} title={t('end.open')}>
      <Form onSubmit={submit} className={css.form}>
        <p>{t('end.words')}</p>
        <TextAreaField
          label={t('reason')}
          description={t('reason-hint')}
          required
          minRows={2}
          value={reason}
          onValue={setReason}
          error={tried && short ? t('reason-missing') : null}
        />
        <ProblemNote error={end.error} />
        <Button type="submit" loading={end.isPending} fullWidth>
          {t('end.act')}
        </Button>
      </Form>
    </Sheet>
  );
}
