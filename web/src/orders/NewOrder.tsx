// A new quote or order in a sheet; what is typed is kept until saved.
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
import { Fields } from './Fields.tsx';
import { blank, bodyOf, isWhole, type Kind, type Order, type OrderForm } from './form.ts';
import css from './orders.module.css';

type NewOrderProps = {
  kind: Kind;
  opened: boolean;
  onClose: () => void;
  onSaved: (order: Order) => void;
  /** The customer it is for; left out: one is asked for. */
  customer?: { id: string; name: string };
};

export function NewOrder({ opened, onClose, ...rest }: NewOrderProps) {
  const { t } = useWords('orders');
  return (
    <Sheet opened={opened} onClose={onClose} title={t(`new.${rest.kind}`)} wide>
      <NewForm key={rest.kind} {...rest} />
    </Sheet>
  );
}

function NewForm({ kind, customer, onSaved }: Omit<NewOrderProps, 'opened' | 'onClose'>) {
  const { t } = useWords('orders');
  const draft = useDraft<WithCustom<OrderForm>>(
    `order:new:${kind}${customer ? `:${customer.id}` : ''}`,
    blank(kind, customer),
  );
  const { inputs: own, ready } = useFields('order');
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /orders', {
    renews: [['orders']],
    onDone: ({ body }) => {
      draft.saved();
      onSaved(body);
    },
  });
  if (!draft.ready || !ready) return <LoadingRecord />;
  const form = draft.value;
  function submit() {
    setTried(true);
    if (isWhole(form) && Object.keys(customFaults(own, form)).length === 0)
      save.mutate({ body: { ...bodyOf(form, kind), ...customPatch(own, {}, form) } });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <Fields
        kind={kind}
        form={form}
        set={draft.set}
        setLines={change => draft.set(before => ({ ...before, lines: change(before.lines) }))}
        tried={tried}
        isNew
        own={own}
        fixed={customer !== undefined}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('new.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
