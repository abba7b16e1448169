// What is to be paid for an order when, and what has come.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import type { Order } from './form.ts';
import { DueMark, dayWords, exact } from './marks.tsx';
import css from './orders.module.css';
import { PaymentSheet, ReverseSheet } from './PaymentSheet.tsx';
import { PlanSheet } from './PlanSheet.tsx';

export function Payments({ order }: { order: Order }) {
  const { t } = useWords('orders');
  const { may } = useMe();
  const [open, setOpen] = useState<'plan' | 'pay' | null>(null);
  const [reversing, setReversing] = useState<Order['payments'][number] | null>(null);
  const { currency } = order;
  const writable = may('update:order') && order.status !== 'cancelled';
  const left = (order.total ?? 0) - (order.paid ?? 0);
  const close = () => setOpen(null);
  return (
    <Card
      title={t('pay.title')}
      flush
      aside={
        writable ? (
          <Button variant="subtle" onClick={() => setOpen('plan')}>
            {t('plan.open')}
          </Button>
        ) : null
      }
    >
      <dl className={css.sums}>
        <div>
          <dt>{t('sum.paid')}</dt>
          <dd>{exact(order.paid, currency)}</dd>
        </div>
        <div data-total>
          <dt>{t('sum.outstanding')}</dt>
          <dd>{exact(left, currency)}</dd>
        </div>
      </dl>
      {order.instalments.length === 0 ? <p className={css.none}>{t('plan.none')}</p> : null}
      <ul className={css.rows} data-ruled aria-label={t('plan.title')}>
        {order.instalments.map(one => (
          <li key={one.id}>
            <span className={css.row}>
              {one.open > 0 ? (
                <DueMark on={one.dueOn} />
              ) : (
                <span className={css.quiet}>{dayWords(one.dueOn)}</span>
              )}
              <span className={css.amount}>{exact(one.amount, currency)}</span>
            </span>
            <span className={css.row}>
              <span className={css.quiet}>{one.note}</span>
              <span className={css.quiet}>
                {one.open === 0
                  ? t('plan.paid')
                  : one.open < one.amount
                    ? t('sum.open', { amount: exact(one.open, currency) })
                    : null}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {writable && left > 0 ? (
        <div className={css.pad}>
          <Button fullWidth onClick={() => setOpen('pay')}>
            {t('pay.open')}
          </Button>
        </div>
      ) : null}
      {order.payments.length > 0 ? (
        <ul className={css.rows} data-ruled aria-label={t('pay.received')}>
          {order.payments.map(payment => (
            <li key={payment.id}>
              <span className={css.row}>
                <span className={css.quiet}>
                  {t('pay.on', { day: dayWords(payment.receivedOn) })}
                  {payment.by ? ` · ${payment.by}` : ''}
                </span>
                <span className={css.amount} data-void={payment.reversedAt ? true : undefined}>
                  {exact(payment.amount, currency)}
                </span>
              </span>
              {payment.note ? <span className={css.quiet}>{payment.note}</span> : null}
              {payment.reversedAt ? (
                <span className={css.quiet}>{t('pay.reversed', { reason: payment.reversal ?? '' })}</span>
              ) : writable ? (
                <button type="button" className={css.plain} onClick={() => setReversing(payment)}>
                  {t('pay.reverse')}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <PlanSheet order={order} opened={open === 'plan'} onClose={close} />
      <PaymentSheet
        of={
          open === 'pay'
            ? { id: order.id, number: order.number, currency, open: nextOpen(order, left), left }
            : null
        }
        onClose={close}
      />
      <ReverseSheet order={order} payment={reversing} onClose={() => setReversing(null)} />
    </Card>
  );
}

/** What is likely to come next: the earliest instalment that is open, or all that is left. */
function nextOpen(order: Order, left: number): number {
  return order.instalments.find(one => one.open > 0)?.open ?? left;
}
