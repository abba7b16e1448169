// Writing a payment down, and taking one back with a reason.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { amountText, minorIn } from '../deals/form.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Order, today } from './form.ts';
import { exact } from './marks.tsx';
import css from './orders.module.css';

/** The order that is paid; `open` is what is likely to have come, `left` all that may come. */
type Payable = { id: string; number: string; currency: string; open: number; left: number | null };

export function PaymentSheet({ of, onClose }: { of: Payable | null; onClose: () => void }) {
  const { t } = useWords('orders');
  return (
    <Sheet opened={of !== null} onClose={onClose} title={t('pay.of', { number: of?.number ?? '' })}>
      {of ? <PaymentForm key={of.id} of={of} onDone={onClose} /> : null}
    </Sheet>
  );
}

function PaymentForm({ of, onDone }: { of: Payable; onDone: () => void }) {
  const { t } = useWords('orders');
  const [tried, setTried] = useState(false);
  const draft = useDraft(`order-pay:${of.id}`, {
    amount: amountText(of.open, of.currency),
    receivedOn: today(),
    note: '',
  });
  const save = useWrite('POST /orders/{id}/payments', {
    renews: [['orders']],
    onDone: ({ body }) => {
      draft.saved();
      toast(t('pay.saved', { number: body.number }));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { value, set } = draft;
  const amount = minorIn(value.amount, of.currency);
  const wrong = !amount || (of.left !== null && amount > of.left);
  function submit() {
    setTried(true);
    if (wrong || !amount) return;
    const note = value.note.trim();
    const body = { amount, receivedOn: value.receivedOn || today(), ...(note ? { note } : {}) };
    save.mutate({ params: { id: of.id }, body });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <TextField
        label={t('pay.amount', { currency: of.currency })}
        required
        inputMode="decimal"
        autoComplete="off"
        value={value.amount}
        onValue={text => set({ amount: text })}
        description={of.left === null ? undefined : t('sum.open', { amount: exact(of.left, of.currency) })}
        error={tried && wrong ? t(amount ? 'fault.more' : 'fault.wrong') : undefined}
      />
      <TextField
        label={t('field.receivedOn')}
        type="date"
        value={value.receivedOn}
        onValue={receivedOn => set({ receivedOn })}
      />
      <TextField
        label={t('field.note')}
        autoComplete="off"
        value={value.note}
        onValue={note => set({ note })}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('pay.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

type ReverseProps = { order: Order; payment: Order['payments'][number] | null; onClose: () => void };

export function ReverseSheet({ order, payment, onClose }: ReverseProps) {
  const { t } = useWords('orders');
  return (
    <Sheet opened={payment !== null} onClose={onClose} title={t('pay.reverse')}>
      {payment ? <ReverseForm order={order} payment={payment} onDone={onClose} /> : null}
    </Sheet>
  );
}

function ReverseForm({
  order,
  payment,
  onDone,
}: {
  order: Order;
  payment: Order['payments'][number];
  onDone: () => void;
}) {
  const { t } = useWords('orders');
  const [tried, setTried] = useState(false);
  const draft = useDraft(`order-reverse:${payment.id}`, { reason: '' });
  const save = useWrite('POST /orders/{id}/payments/{payment}/reverse', {
    renews: [['orders']],
    onDone: () => {
      draft.saved();
      toast(t('pay.taken-back'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const reason = draft.value.reason.trim();
  function submit() {
    setTried(true);
    if (reason) save.mutate({ params: { id: order.id, payment: payment.id }, body: { reason } });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <p>{t('pay.reverse-words', { amount: exact(payment.amount, order.currency) })}</p>
      <TextField
        label={t('field.reason')}
        required
        autoComplete="off"
        value={draft.value.reason}
        onValue={text => draft.set({ reason: text })}
        error={tried && !reason ? t('fault.missing') : undefined}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" color="red" loading={save.isPending} fullWidth>
        {t('pay.reverse')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
