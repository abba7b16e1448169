// Editing a customer. The draft remembers which version it started from; when somebody else has saved meanwhile,
// both versions are shown side by side and nothing typed is lost (L42).
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
import { dateTime } from '../formats.ts';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { Conflict } from './Conflict.tsx';
import { clashesOf, merged } from './conflict.ts';
import css from './customers.module.css';
import { Fields } from './Fields.tsx';
import { serverFaults } from './faults.ts';
import { type Customer, type CustomerForm, faultsOf, formFields, formOf, patchOf } from './form.ts';
import { useOwners } from './use-owners.ts';

type EditCustomerProps = { customer: Customer; opened: boolean; onClose: () => void };

export function EditCustomer({ customer, opened, onClose }: EditCustomerProps) {
  const { t } = useWords('customers');
  const own = useFields('customer');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('edit.title')} wide>
      {own.ready ? <EditForm customer={customer} own={own.inputs} onDone={onClose} /> : <LoadingRecord />}
    </Sheet>
  );
}

/** What is kept while editing: the form, and the version and state it grew from. */
type Editing = { form: WithCustom<CustomerForm>; base: WithCustom<CustomerForm>; version: number };

type EditFormProps = { customer: Customer; own: CustomField[]; onDone: () => void };

function EditForm({ customer, own, onDone }: EditFormProps) {
  const { t } = useWords('customers');
  const { nameOf } = useOwners();
  const formWith = (one: Customer) => ({ ...formOf(one), ...customTexts(own, one.custom) });
  const start = formWith(customer);
  const draft = useDraft<Editing>(`customer:${customer.id}`, {
    form: start,
    base: start,
    version: customer.version,
  });
  const [tried, setTried] = useState(false);
  const save = useWrite('PATCH /customers/{id}', {
    renews: [['customers']],
    onDone: () => {
      draft.saved();
      toast(t('edit.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, base, version } = draft.value;
  const faults = serverFaults(save.error, t);
  const current = currentIn(save.error);

  function send(next: WithCustom<CustomerForm>, from: WithCustom<CustomerForm>, ifVersion: number) {
    const body = { ...patchOf(from, next), ...customPatch(own, from, next) };
    if (Object.keys(body).length === 0) {
      draft.saved();
      return onDone();
    }
    save.mutate({ params: { id: customer.id }, body, ifMatch: `"v${ifVersion}"` });
  }
  function submit() {
    setTried(true);
    const wrong = { ...faultsOf(form), ...customFaults(own, form) };
    if (Object.keys(wrong).length === 0) send(form, base, version);
  }
  if (current) {
    const theirs = formWith(current);
    const clashes = clashesOf([...formFields, ...own.map(keyOf)], { base, mine: form, theirs }, [
      'remark',
      'tags',
    ]);
    return (
      <Conflict
        clashes={clashes}
        name={field => own.find(one => keyOf(one) === field)?.label ?? t(`field.${field}`)}
        show={(field, value) => {
          const mine = own.find(one => keyOf(one) === field);
          if (mine) return shownText(mine, value);
          if (field === 'stage') return t(`stage.${value}`);
          if (field === 'nextFollowUpAt') return dateTime(value);
          if (field !== 'ownerId') return value;
          return (current.owner?.id === value ? current.owner.name : nameOf(value)) ?? value;
        }}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = merged(theirs, clashes, choices, { tags: ', ', remark: '\n' });
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
        faults={faults}
        own={own}
        recordId={customer.id}
      />
      {Object.keys(faults).length > 0 ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('edit.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

/** The record as it stands now, out of a 412. */
export function currentIn(error: unknown): Customer | null {
  if (!(error instanceof Problem) || error.status !== 412) return null;
  return (error.current as Customer | null) ?? null;
}
