// The plan of payments: usual ones by one tap, any other by hand.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
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
import { newKey, type Order, today, versionOf } from './form.ts';
import { exact } from './marks.tsx';
import css from './orders.module.css';

type Row = { key: string; dueOn: string; amount: string; note: string };
type PlanProps = { order: Order; opened: boolean; onClose: () => void };

export function PlanSheet({ order, opened, onClose }: PlanProps) {
  const { t } = useWords('orders');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('plan.title')}>
      <PlanForm order={order} onDone={onClose} />
    </Sheet>
  );
}

/** Shares of a total in per cent, each with the days until it is due. */
const usual: { key: string; parts: [number, number][] }[] = [
  { key: 'all', parts: [[100, 30]] },
  {
    key: 'thirty',
    parts: [
      [30, 0],
      [70, 45],
    ],
  },
  {
    key: 'thirds',
    parts: [
      [30, 0],
      [60, 30],
      [10, 120],
    ],
  },
];

function PlanForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const { t } = useWords('orders');
  const [tried, setTried] = useState(false);
  const { currency } = order;
  const total = order.total ?? 0;
  const start: Row[] = order.instalments.map(one => ({
    key: one.id,
    dueOn: one.dueOn,
    amount: amountText(one.amount, currency),
    note: one.note ?? '',
  }));
  const draft = useDraft<{ rows: Row[] }>(`order-plan:${order.id}:${order.version}`, { rows: start });
  const save = useWrite('PUT /orders/{id}/instalments', {
    renews: [['orders']],
    onDone: () => {
      draft.saved();
      toast(t('plan.saved'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { rows } = draft.value;
  const amounts = rows.map(row => minorIn(row.amount, currency));
  const planned = amounts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const set = (key: string, to: Partial<Row>) =>
    draft.set(before => ({ rows: before.rows.map(row => (row.key === key ? { ...row, ...to } : row)) }));
  function divide(parts: [number, number][]) {
    let left = total;
    const made = parts.map(([share, days], place) => {
      // The last one takes what rounding leaves, so that the parts are the whole.
      const amount = place === parts.length - 1 ? left : Math.floor((total / 100) * share);
      left -= amount;
      return { key: newKey(), dueOn: today(days), amount: amountText(amount, currency), note: '' };
    });
    draft.set({ rows: made });
  }
  function submit() {
    setTried(true);
    if (planned > total || rows.some((row, i) => !row.dueOn || !amounts[i])) return;
    const instalments = rows.map((row, i) => ({
      dueOn: row.dueOn,
      amount: amounts[i] ?? 0,
      note: row.note.trim() || null,
    }));
    save.mutate({ params: { id: order.id }, body: { instalments }, ifMatch: versionOf(order) });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <div className={css.choices}>
        {usual.map(({ key, parts }) => (
          <Button key={key} variant="default" onClick={() => divide(parts)}>
            {t(`plan.usual.${key}`)}
          </Button>
        ))}
      </div>
      {rows.map((row, place) => (
        <fieldset key={row.key} className={css.line}>
          <legend className="lk-hidden">{t('plan.one', { place: place + 1 })}</legend>
          <div className={css['line-head']}>
            <span className={css.quiet}>{t('plan.one', { place: place + 1 })}</span>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('plan.remove', { place: place + 1 })}
              onClick={() => draft.set(before => ({ rows: before.rows.filter(one => one.key !== row.key) }))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </div>
          <div className={css.pair}>
            <TextField
              label={t('field.dueOn')}
              type="date"
              value={row.dueOn}
              onValue={dueOn => set(row.key, { dueOn })}
              error={tried && !row.dueOn ? t('fault.missing') : undefined}
            />
            <TextField
              label={t('pay.amount', { currency })}
              inputMode="decimal"
              autoComplete="off"
              value={row.amount}
              onValue={amount => set(row.key, { amount })}
              error={tried && !amounts[place] ? t('fault.wrong') : undefined}
            />
          </div>
          <TextField
            label={t('field.note')}
            autoComplete="off"
            value={row.note}
            onValue={note => set(row.key, { note })}
          />
        </fieldset>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() =>
          draft.set(before => ({
            rows: [
              ...before.rows,
              {
                key: newKey(),
                dueOn: today(30),
                amount: amountText(Math.max(0, total - planned), currency),
                note: '',
              },
            ],
          }))
        }
      >
        {t('plan.add')}
      </Button>
      <p className={css.quiet} aria-live="polite">
        {planned > total
          ? t('plan.over', { amount: exact(planned - total, currency) })
          : t('plan.left', { amount: exact(total - planned, currency) })}
      </p>
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('plan.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
