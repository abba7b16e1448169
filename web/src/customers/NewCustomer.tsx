// A new customer in a sheet: what is typed is kept until saved, and a customer that is taken is said before.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import { customFaults, customPatch, type WithCustom } from '../custom-fields/values.ts';
import { CardPicture } from '../ui/CardPicture.tsx';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { DuplicateHint, useDuplicates } from './DuplicateHint.tsx';
import { Fields } from './Fields.tsx';
import { serverFaults } from './faults.ts';
import { blank, bodyOf, type Customer, type CustomerForm, faultsOf } from './form.ts';

type NewCustomerProps = { opened: boolean; onClose: () => void; onSaved: (customer: Customer) => void };

export function NewCustomer({ opened, onClose, onSaved }: NewCustomerProps) {
  const { t } = useWords('customers');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('new.title')} wide>
      <NewForm onSaved={onSaved} />
    </Sheet>
  );
}

function NewForm({ onSaved }: { onSaved: (customer: Customer) => void }) {
  const { inputs: own } = useFields('customer');
  const { t } = useWords('customers');
  const draft = useDraft<WithCustom<CustomerForm>>('customer:new', blank);
  const [tried, setTried] = useState(false);
  const duplicates = useDuplicates();
  const save = useWrite('POST /customers', {
    renews: [['customers']],
    onDone: ({ body }) => {
      draft.saved();
      onSaved(body);
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  const faults = serverFaults(save.error, t);
  function submit() {
    setTried(true);
    if (Object.keys({ ...faultsOf(form), ...customFaults(own, form) }).length > 0) return;
    save.mutate({ body: { ...bodyOf(form), ...customPatch(own, {}, form) } });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <CardPicture />
      <Fields
        form={form}
        set={draft.set}
        tried={tried}
        faults={faults}
        isNew
        own={own}
        onLeave={() => duplicates.ask(form)}
        hint={<DuplicateHint found={duplicates.found} />}
      />
      {Object.keys(faults).length > 0 ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('new.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
