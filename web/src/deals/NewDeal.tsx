// A new deal in a sheet; what is typed is kept until saved.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import { customFaults, customPatch, type WithCustom } from '../custom-fields/values.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { Fields } from './Fields.tsx';
import { blank, bodyOf, type Deal, type DealForm, faultsOf } from './form.ts';

type NewDealProps = {
  opened: boolean;
  onClose: () => void;
  onSaved: (deal: Deal) => void;
  /** The customer it is for; left out: one is asked for. */
  customer?: { id: string; name: string };
  /** The stage it begins at; left out: the first of the default pipeline. */
  stageId?: string | undefined;
};

export function NewDeal({ opened, onClose, ...rest }: NewDealProps) {
  const { t } = useWords('deals');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('new.title')} wide>
      <NewForm {...rest} />
    </Sheet>
  );
}

function NewForm({ customer, stageId, onSaved }: Omit<NewDealProps, 'opened' | 'onClose'>) {
  const { t } = useWords('deals');
  const { inputs: own } = useFields('deal');
  const draft = useDraft<WithCustom<DealForm>>(customer ? `deal:new:${customer.id}` : 'deal:new', {
    ...blank,
    ...(customer ? { customerId: customer.id, customerName: customer.name } : {}),
  });
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /deals', {
    renews: [['deals']],
    onDone: ({ body }) => {
      draft.saved();
      onSaved(body);
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  function submit() {
    setTried(true);
    if (Object.keys({ ...faultsOf(form), ...customFaults(own, form) }).length > 0) return;
    save.mutate({
      body: { ...bodyOf(form), ...customPatch(own, {}, form), ...(stageId ? { stageId } : {}) },
    });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields form={form} set={draft.set} tried={tried} own={own} isNew fixed={customer !== undefined} />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('new.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
