// Ending trust in a network before its time, with a reason for the log.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './networks.module.css';
import type { TrustedNetwork } from './TrustedCard.tsx';

type EndSheetProps = { network: TrustedNetwork; opened: boolean; onClose: () => void };

export function EndSheet({ network, opened, onClose }: EndSheetProps) {
  const { t } = useWords('networks');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const end = useWrite('POST /networks/trusted/{id}/end', {
    renews: [['networks'], ['audit']],
    onDone: () => {
      onClose();
      toast(t('end.done', { cidr: network.cidr }));
    },
  });
  const short = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (!short) end.mutate({ params: { id: network.id }, body: { reason: reason.trim() } });
  }
  return (
    <Sheet opened={opened} onClose={onClose} title={t('end.title', { cidr: network.cidr })}>
      <Form onSubmit={submit} className={css.form}>
        <p>{t('end.words')}</p>
        <TextAreaField
          label={t('end.reason')}
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
