// Lifting a lock: with a reason and the way the person was identified, both kept in the log (L28).
import { Button } from '@mantine/core';
import { useState } from 'react';
import { SelectField, TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { ListedLock } from './LockCard.tsx';
import css from './policies.module.css';

const proofs = ['in-person', 'video', 'call-back', 'chat', 'manager', 'document'] as const;

type LiftSheetProps = { lock: ListedLock; name: string; opened: boolean; onClose: () => void };

export function LiftSheet({ lock, name, opened, onClose }: LiftSheetProps) {
  const { t } = useWords('policies');
  const [reason, setReason] = useState('');
  const [proof, setProof] = useState('');
  const [tried, setTried] = useState(false);
  const lift = useWrite('POST /locks/{id}/lift', {
    renews: [['locks'], ['audit']],
    onDone: answer => {
      onClose();
      // An administrator's lock waits for a second one.
      toast(t(answer.status === 202 ? 'lift.waiting' : 'lift.done', { name }));
    },
  });
  const short = reason.trim().length < 3;
  function submit() {
    setTried(true);
    if (!short && proof) lift.mutate({ params: { id: lock.id }, body: { reason: reason.trim(), proof } });
  }
  return (
    <Sheet opened={opened} onClose={onClose} title={t('lift.title', { name })}>
      <Form onSubmit={submit} className={css.form}>
        <Note tone="warn">{t('lift.mind')}</Note>
        <SelectField
          label={t('lift.proof')}
          required
          value={proof}
          onValue={setProof}
          error={tried && !proof ? t('lift.proof-missing') : null}
          data={[
            { value: '', label: t('lift.choose'), disabled: true },
            ...proofs.map(one => ({ value: one, label: t(`proof.${one}`) })),
          ]}
        />
        <TextAreaField
          label={t('lift.reason')}
          description={t('lift.reason-hint')}
          required
          minRows={2}
          value={reason}
          onValue={setReason}
          error={tried && short ? t('lift.reason-missing') : null}
        />
        <ProblemNote error={lift.error} />
        <Button type="submit" loading={lift.isPending} fullWidth>
          {t('lift.act')}
        </Button>
      </Form>
    </Sheet>
  );
}
