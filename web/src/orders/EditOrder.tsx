// Editing a quote or an order. The draft remembers which version it started from; when somebody else has saved
// meanwhile, both versions are shown side by side and nothing typed is lost (L42).
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
import { Fields } from './Fields.tsx';
import {
  formFrom,
  formOf,
  isWhole,
  lineWords,
  type Order,
  type OrderForm,
  patchOf,
  textFields,
  textsOf,
} from './form.ts';
import css from './orders.module.css';

type EditOrderProps = { order: Order; opened: boolean; onClose: () => void };

export function EditOrder({ order, opened, onClose }: EditOrderProps) {
  const { t } = useWords('orders');
  const own = useFields('order');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('edit.title', { number: order.number })} wide>
      {own.ready ? <EditForm order={order} own={own.inputs} onDone={onClose} /> : <LoadingRecord />}
    </Sheet>
  );
}

/** What is kept while editing: the form, and the version and state it grew from. */
type Editing = { form: WithCustom<OrderForm>; base: WithCustom<OrderForm>; version: number };

type EditFormProps = { order: Order; own: CustomField[]; onDone: () => void };

function EditForm({ order, own, onDone }: EditFormProps) {
  const { t } = useWords('orders');
  const { nameOf } = useOwners();
  const formWith = (one: Order) => ({ ...formOf(one), ...customTexts(own, one.custom) });
  const start = formWith(order);
  const draft = useDraft<Editing>(`order:${order.id}`, { form: start, base: start, version: order.version });
  const [tried, setTried] = useState(false);
  const save = useWrite('PATCH /orders/{id}', {
    renews: [['orders']],
    onDone: () => {
      draft.saved();
      toast(t('edit.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, base, version } = draft.value;
  const current = currentIn(save.error);

  function send(next: WithCustom<OrderForm>, from: WithCustom<OrderForm>, ifVersion: number) {
    const body = { ...patchOf(from, next), ...customPatch(own, from, next) };
    if (Object.keys(body).length === 0) {
      draft.saved();
      return onDone();
    }
    save.mutate({ params: { id: order.id }, body, ifMatch: `"v${ifVersion}"` });
  }
  function submit() {
    setTried(true);
    if (isWhole(form) && Object.keys(customFaults(own, form)).length === 0) send(form, base, version);
  }
  if (current) {
    const theirs = formWith(current);
    const versions = { base: textsOf(base), mine: textsOf(form), theirs: textsOf(theirs) };
    const clashes = clashesOf([...textFields, ...own.map(keyOf)], versions, ['terms', 'remark']);
    return (
      <Conflict
        clashes={clashes}
        name={field => own.find(one => keyOf(one) === field)?.label ?? t(`field.${field}`)}
        show={(field, value) => {
          const mine = own.find(one => keyOf(one) === field);
          if (mine) return shownText(mine, value);
          if (field === 'lines') return lineWords(value);
          if (field === 'taxIncluded') return t(value === 'yes' ? 'tax.included' : 'tax.added');
          if (field === 'ownerId')
            return current.owner?.id === value ? current.owner.name : (nameOf(value) ?? '');
          if (field !== 'contactId') return value;
          return (
            [order.contact, current.contact].find(contact => contact?.id === value)?.name ??
            t('contact.other')
          );
        }}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = formFrom(merged(versions.theirs, clashes, choices), theirs);
          draft.set({ form: next, base: theirs, version: current.version });
          send(next, theirs, current.version);
        }}
      />
    );
  }
  const set = (change: (before: WithCustom<OrderForm>) => WithCustom<OrderForm>) =>
    draft.set(before => ({ ...before, form: change(before.form) }));
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields
        kind={order.kind}
        form={form}
        set={change => set(before => ({ ...before, ...change }))}
        setLines={change => set(before => ({ ...before, lines: change(before.lines) }))}
        tried={tried}
        own={own}
        recordId={order.id}
        fixed
        frozen={order.status !== 'draft'}
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
function currentIn(error: unknown): Order | null {
  if (!(error instanceof Problem) || error.status !== 412) return null;
  return (error.current as Order | null) ?? null;
}
