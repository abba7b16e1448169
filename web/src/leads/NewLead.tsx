// A new lead in a sheet: what is typed is kept until saved, and one that is taken is said before.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import { customFaults, customPatch, type WithCustom } from '../custom-fields/values.ts';
import css from '../customers/customers.module.css';
import { serverFaults } from '../customers/faults.ts';
import { CardPicture } from '../ui/CardPicture.tsx';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { DuplicateHint, useDuplicates } from './DuplicateHint.tsx';
import { Fields } from './Fields.tsx';
import { blank, bodyOf, faultsOf, type Lead, type LeadForm } from './form.ts';

type NewLeadProps = { opened: boolean; onClose: () => void; onSaved: (lead: Lead) => void };

export function NewLead({ opened, onClose, onSaved }: NewLeadProps) {
  const { t } = useWords('leads');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('new.title')} wide>
      <NewForm onSaved={onSaved} />
    </Sheet>
  );
}

function NewForm({ onSaved }: { onSaved: (lead: Lead) => void }) {
  const { t } = useWords('leads');
  const draft = useDraft<WithCustom<LeadForm>>('lead:new', blank);
  const { inputs: own, ready } = useFields('lead');
  const [tried, setTried] = useState(false);
  const duplicates = useDuplicates();
  const save = useWrite('POST /leads', {
    renews: [['leads']],
    onDone: ({ body }) => {
      draft.saved();
      onSaved(body);
    },
  });
  if (!draft.ready || !ready) return <LoadingRecord />;
  const form = draft.value;
  const faults = serverFaults(save.error, t);
  function submit() {
    setTried(true);
    const wrong = { ...faultsOf(form), ...customFaults(own, form) };
    if (Object.keys(wrong).length === 0)
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
