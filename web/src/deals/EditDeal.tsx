// Editing a deal. The draft remembers which version it started from; when somebody else has saved meanwhile, both
// versions are shown side by side and nothing typed is lost (L42).
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Conflict } from '../customers/Conflict.tsx';
import { clashesOf, merged } from '../customers/conflict.ts';
import { useOwners } from '../customers/use-owners.ts';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { Fields } from './Fields.tsx';
import { type Deal, type DealForm, faultsOf, formOf, patchOf } from './form.ts';

type EditDealProps = { deal: Deal; opened: boolean; onClose: () => void; usual: number | undefined };

export function EditDeal({ deal, opened, onClose, usual }: EditDealProps) {
  const { t } = useWords('deals');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('edit.title')} wide>
      <EditForm deal={deal} onDone={onClose} usual={usual} />
    </Sheet>
  );
}

/** What is kept while editing: the form, and the version and state it grew from. */
type Editing = { form: DealForm; base: DealForm; version: number };

const fields = [
  'title',
  'contactId',
  'amount',
  'currency',
  'probability',
  'expectedOn',
  'source',
  'nextStep',
  'ownerId',
] as const;

function EditForm({ deal, onDone, usual }: { deal: Deal; onDone: () => void; usual: number | undefined }) {
  const { t } = useWords('deals');
  const { nameOf } = useOwners();
  const start = formOf(deal);
  const draft = useDraft<Editing>(`deal:${deal.id}`, { form: start, base: start, version: deal.version });
  const [tried, setTried] = useState(false);
  const save = useWrite('PATCH /deals/{id}', {
    renews: [['deals']],
    onDone: () => {
      draft.saved();
      toast(t('edit.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, base, version } = draft.value;
  const current = currentIn(save.error);

  function send(next: DealForm, from: DealForm, ifVersion: number) {
    const body = patchOf(from, next);
    if (Object.keys(body).length === 0) {
      draft.saved();
      return onDone();
    }
    save.mutate({ params: { id: deal.id }, body, ifMatch: `"v${ifVersion}"` });
  }
  function submit() {
    setTried(true);
    if (Object.keys(faultsOf(form)).length === 0) send(form, base, version);
  }
  if (current) {
    const theirs = formOf(current);
    const clashes = clashesOf(fields, { base, mine: form, theirs }, ['nextStep']);
    return (
      <Conflict
        clashes={clashes}
        name={field => t(`field.${field}`)}
        show={(field, value) => {
          if (field === 'ownerId')
            return current.owner?.id === value ? current.owner.name : (nameOf(value) ?? '');
          if (field !== 'contactId') return value;
          return (
            [deal.contact, current.contact].find(contact => contact?.id === value)?.name ?? t('contact.other')
          );
        }}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = merged(theirs, clashes, choices, { nextStep: '; ' });
          draft.set({ form: next, base: theirs, version: current.version });
          send(next, theirs, current.version);
        }}
      />
    );
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields
        form={form}
        set={change => draft.set(before => ({ ...before, form: { ...before.form, ...change } }))}
        tried={tried}
        fixed
        {...(usual === undefined ? {} : { usual })}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('edit.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

/** The record as it stands now, out of a 412. */
function currentIn(error: unknown): Deal | null {
  if (!(error instanceof Problem) || error.status !== 412) return null;
  return (error.current as Deal | null) ?? null;
}
