// Giving a customer back to the pool, with a reason for whoever takes it next.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import css from '../customers/customers.module.css';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';

type ReleaseSheetProps = { customer: { id: string; name: string }; opened: boolean; onClose: () => void };

export function ReleaseSheet({ customer, opened, onClose }: ReleaseSheetProps) {
  const { t } = useWords('pool');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('release.title')}>
      <ReleaseForm customer={customer} />
    </Sheet>
  );
}

function ReleaseForm({ customer }: Pick<ReleaseSheetProps, 'customer'>) {
  const { t } = useWords('pool');
  const navigate = useNavigate();
  const [tried, setTried] = useState(false);
  const draft = useDraft(`customer-release:${customer.id}`, { reason: '' });
  const release = useWrite('POST /pool', {
    renews: [['customers', 'list'], ['pool']],
    onDone: async () => {
      draft.saved();
      toast(t('release.done', { name: customer.name }));
      await navigate({ to: '/customers', replace: true });
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { reason } = draft.value;
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        setTried(true);
        if (reason.trim()) release.mutate({ body: { customerId: customer.id, reason: reason.trim() } });
      }}
    >
      <p>{t('release.words', { name: customer.name })}</p>
      <TextField
        label={t('release.reason')}
        required
        data-autofocus
        autoComplete="off"
        maxLength={300}
        value={reason}
        onValue={text => draft.set({ reason: text })}
        error={tried && !reason.trim() ? t('missing') : undefined}
      />
      <ProblemNote error={release.error} />
      <Button type="submit" loading={release.isPending} fullWidth>
        {t('release.act')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
