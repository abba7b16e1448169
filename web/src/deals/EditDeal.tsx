// Editing a deal. The draft remembers which version it started from; when somebody else has saved meanwhile, both
// versions are shown side by side and nothing typed is lost (L42).
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import {
  type CustomField,
  customFaults,
  customPatch,
  customTexts,
  keyOf,
  shownText,
  type WithCustom,
} from '../custom-fields/values.ts';
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
  const own = useFields('deal');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('edit.title')} wide>
      {own.ready ? (
        <EditForm deal={deal} own={own.inputs} onDone={onClose} usual={usual} />
      ) : (
        <LoadingRecord />
      )}
    </Sheet>
  );
}

/** What is kept while editing: the form, and the version and state it grew from. */
type Editing = { form: WithCustom<DealForm>; base: WithCustom<DealForm>; version: number };

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

type EditFormProps = { deal: Deal; own: CustomField[]; onDone: () => void; usual: number | undefined };

function EditForm({ deal, own, onDone, usual }: EditFormProps) {
  const { t } = useWords('deals');
  const { nameOf } = useOwners();
  const formWith = (one: Deal) => ({ ...formOf(one), ...customTexts(own, one.custom) });
  const start = formWith(deal);
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

  function send(next: WithCustom<DealForm>, from: WithCustom<DealForm>, ifVersion: number) {
    const body = { ...patchOf(from, next), ...customPatch(own, from, next) };
    if (Object.keys(body).length === 0) {
      draft.saved();
      return onDone();
    }
    save.mutate({ params: { id: deal.id }, body, ifMatch: `"v${ifVersion}"` });
  }
  function submit() {
    setTried(true);
    const wrong = { ...faultsOf(form), ...customFaults(own, form) };
    if (Object.keys(wrong).length === 0) send(form, base, version);
  }
  if (current) {
    const theirs = formWith(current);
    const clashes = clashesOf([...fields, ...own.map(keyOf)], { base, mine: form, theirs }, ['nextStep']);
    return (
      <Conflict
        clashes={clashes}
        name={field => own.find(one => keyOf(one) === field)?.label ?? t(`field.${field}`)}
        show={(field, value) => {
          const mine = own.find(one => keyOf(one) === field);
          if (mine) return shownText(mine, value);
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
        own={own}
        recordId={deal.id}
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
