// The quotes and orders of one customer or one deal, on its page; a deal becomes a quote or an order by one click.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Kind, type Order, today } from './form.ts';
import { exact, StatusMark } from './marks.tsx';
import { NewOrder } from './NewOrder.tsx';
import css from './orders.module.css';

type Of =
  | { customer: { id: string; name: string } }
  | { deal: { id: string; kind: 'open' | 'won' | 'lost' } };

export function OrdersCard({ editable, ...of }: Of & { editable: boolean }) {
  const { t } = useWords('orders');
  const { may } = useMe();
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  const [what, id] = 'deal' in of ? (['deal', of.deal.id] as const) : (['customer', of.customer.id] as const);
  const query = useQuery({
    queryKey: ['orders', 'of', id],
    queryFn: ({ signal }) => api('GET /orders', { query: { [what]: id, limit: 50 }, signal }),
  });
  const orders = query.data?.items ?? [];
  const writes = editable && may('create:order');
  return (
    <Card
      title={t('title')}
      flush
      aside={
        writes && 'customer' in of ? (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('new.short')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && orders.length === 0 ? <p className={css.none}>{t(`card.none-${what}`)}</p> : null}
      {'customer' in of ? <Outstanding customerId={id} /> : null}
      <ul className={css.rows}>
        {orders.map(order => (
          <Row key={order.id} order={order} />
        ))}
      </ul>
      {writes && 'deal' in of && of.deal.kind !== 'lost' ? (
        <FromDeal dealId={id} won={of.deal.kind === 'won'} orders={orders} />
      ) : null}
      {'customer' in of ? (
        <NewOrder
          kind="quote"
          opened={adding}
          onClose={() => setAdding(false)}
          customer={of.customer}
          onSaved={order => {
            setAdding(false);
            toast(t('new.saved', { number: order.number }), {
              label: t('new.look'),
              act: () => void navigate({ to: '/orders/$id', params: { id: order.id } }),
            });
          }}
        />
      ) : null}
    </Card>
  );
}

function Row({ order }: { order: Order }) {
  const { t } = useWords('orders');
  return (
    <li>
      <Link to="/orders/$id" params={{ id: order.id }} className={css.name ?? ''}>
        {order.title || order.number}
      </Link>
      <span className={css.row}>
        <span>
          <StatusMark order={order} />{' '}
          <span className={css.amount}>{exact(order.total, order.currency)}</span>
        </span>
        <span className={css.quiet}>
          {t(`kind.${order.kind}`)} {order.number}
        </span>
      </span>
    </li>
  );
}

/** What the customer still owes. */
function Outstanding({ customerId }: { customerId: string }) {
  const { t } = useWords('orders');
  const query = useQuery({
    queryKey: ['orders', 'outstanding', 'of', customerId],
    queryFn: ({ signal }) =>
      api('GET /orders/outstanding', { query: { customer: customerId, day: today() }, signal }),
  });
  const open = (query.data?.items ?? []).filter(sum => sum.outstanding > 0);
  if (open.length === 0) return null;
  return (
    <dl className={css.sums}>
      {open.map(sum => (
        <div key={sum.currency}>
          <dt>{t('sum.outstanding')}</dt>
          <dd>
            {exact(sum.outstanding, sum.currency)}
            {sum.overdue > 0 ? (
              <span className={css.due} data-state="overdue">
                {' '}
                {t('due.of-it', { amount: exact(sum.overdue, sum.currency) })}
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FromDeal({ dealId, won, orders }: { dealId: string; won: boolean; orders: Order[] }) {
  const { t } = useWords('orders');
  const navigate = useNavigate();
  const make = useWrite('POST /orders/from-deal', {
    renews: [['orders']],
    onDone: async ({ body }) => {
      toast(t('make.done', { number: body.number }));
      await navigate({ to: '/orders/$id', params: { id: body.id } });
    },
  });
  const there = new Set(orders.map(order => order.kind));
  if (there.has('order')) return null;
  const button = (kind: Kind, main: boolean) => (
    <Button
      key={kind}
      variant={main ? 'filled' : 'default'}
      loading={make.isPending}
      onClick={() => make.mutate({ body: { dealId, kind } })}
    >
      {t(`make.${kind}`)}
    </Button>
  );
  return (
    <div className={css.pad}>
      <div className={css.choices}>
        {won ? button('order', true) : null}
        {button('quote', !won && !there.has('quote'))}
      </div>
      <ProblemNote error={make.error} />
    </div>
  );
}
