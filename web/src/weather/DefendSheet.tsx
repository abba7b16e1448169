// Turning defence mode on: for how long, and why.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { number } from '../formats.ts';
import { SelectField, TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './weather.module.css';

const choices = [2, 4, 8, 24, 48, 72];

export function DefendSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('weather');
  const [hours, setHours] = useState('4');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const begin = useWrite('POST /weather/defence', {
    renews: [['weather'], ['audit']],
    onDone: () => {
      setReason('');
      setTried(false);
      onClose();
      toast(t('defence.begun'));
    },
  });
  const short = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (!short) begin.mutate({ body: { hours: Number(hours), reason: reason.trim() } });
  }
  return (
    <Sheet opened={opened} onClose={onClose} title={t('defence.begin')}>
      <Form onSubmit={submit} className={css.form}>
        <p>{t('defence.words')}</p>
        <SelectField
          label={t('defence.hours')}
          value={hours}
          onValue={setHours}
          data={choices.map(one => ({
            value: String(one),
            label: number(one, { style: 'unit', unit: 'hour', unitDisplay: 'long' }),
          }))}
        />
        <TextAreaField
          label={t('reason')}
          description={t('reason-hint')}
          required
          minRows={2}
          value={reason}
          onValue={setReason}
          error={tried && short ? t('reason-missing') : null}
        />
        <ProblemNote error={begin.error} />
        <Button type="submit" loading={begin.isPending} fullWidth>
          {t('defence.begin')}
        </Button>
      </Form>
    </Sheet>
  );
}
