// The columns of the list of quotes and orders, the workspace's own fields among them; and what its cards share with them.
import { Link } from '@tanstack/react-router';
import { useColumns } from '../views/columns.tsx';
import { useWords } from '../words.ts';
import type { Order } from './form.ts';
import { dayWords, exact, StatusMark } from './marks.tsx';
import css from './orders.module.css';

type OfOrder = { order: Order };

export const OrderName = ({ order }: OfOrder) => (
  <Link to="/orders/$id" params={{ id: order.id }} className={css.name ?? ''}>
    {order.title || order.customer.name}
  </Link>
);

export function OrderNumber({ order }: OfOrder) {
  const { t } = useWords('orders');
  return (
    <span className={css.quiet}>
      {t(`kind.${order.kind}`)} {order.number}
    </span>
  );
}

/** What is still to be paid, where anything is. */
export function OrderOpen({ order }: OfOrder) {
  const { t } = useWords('orders');
  return order.outstanding ? (
    <span className={css.quiet}>{t('sum.open', { amount: exact(order.outstanding, order.currency) })}</span>
  ) : null;
}

export function useOrderColumns(cols: string | undefined) {
  const { t } = useWords('orders');
  return useColumns<Order>(
    'order',
    [
      {
        key: 'title',
        head: t('field.title'),
        track: 'minmax(0, 2.6fr)',
        cell: order => (
          <span className={css.cell}>
            <OrderName order={order} />
            <OrderNumber order={order} />
          </span>
        ),
      },
      {
        key: 'customer',
        head: t('field.customerId'),
        track: 'minmax(0, 2fr)',
        cell: order => order.customer.name,
      },
      {
        key: 'status',
        head: t('field.status'),
        track: 'minmax(0, 1fr)',
        cell: order => <StatusMark order={order} />,
      },
      {
        key: 'issued',
        head: t('field.issuedOn'),
        track: 'minmax(0, 1.1fr)',
        cell: order => <span className={css.quiet}>{dayWords(order.issuedOn)}</span>,
      },
      {
        key: 'owner',
        head: t('field.ownerId'),
        track: 'minmax(0, 1.1fr)',
        cell: order => order.owner?.name ?? t('owner.none'),
      },
      {
        key: 'total',
        head: t('sum.total'),
        track: 'minmax(11rem, 1.4fr)',
        end: true,
        cell: order => (
          <span className={css.cell}>
            <span className={css.amount}>{exact(order.total, order.currency)}</span>
            <OrderOpen order={order} />
          </span>
        ),
      },
    ],
    cols,
  );
}
