// Quotes and orders in one list.
import { Button, Menu } from '@mantine/core';
import { IconCash, IconFileInvoice, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import type { Order } from './form.ts';
import { dayWords, exact, StatusMark } from './marks.tsx';
import { NewOrder } from './NewOrder.tsx';
import { OrderFilters } from './OrderFilters.tsx';
import css from './orders.module.css';
import { exportFilters, queryOf, type Search } from './search.ts';

const route = getRouteApi('/orders');

export default function OrdersPage() {
  const { t } = useWords('orders');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const writes = may('create:order');
  useShortcuts(writes ? { n: () => sheet.open('new-quote') } : {});
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('export:order') ? <ExportButton object="order" filters={exportFilters(search)} /> : null}
          <Button
            component={Link}
            to="/orders/due"
            variant="default"
            leftSection={<IconCash size={18} aria-hidden />}
          >
            {t('due.title')}
          </Button>
          {writes ? (
            <Menu position="bottom-end" width={200}>
              <Menu.Target>
                <Button leftSection={<IconPlus size={18} aria-hidden />}>{t('new.open')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => sheet.open('new-quote')}>{t('new.quote')}</Menu.Item>
                <Menu.Item onClick={() => sheet.open('new-order')}>{t('new.order')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </>
      }
    >
      <ViewBar object="order" search={search} title={t('title')} />
      <OrderFilters search={search} />
      <Card flush>
        <List search={search} />
      </Card>
      <NewOrder
        kind={sheet.is('new-order') ? 'order' : 'quote'}
        opened={sheet.is('new-quote') || sheet.is('new-order')}
        onClose={sheet.close}
        onSaved={order => {
          toast(t('new.saved', { number: order.number }));
          void navigate({ to: '/orders/$id', params: { id: order.id }, replace: true });
        }}
      />
    </Page>
  );
}

function List({ search }: { search: Search }) {
  const { t } = useWords('orders');
  const query = useInfiniteQuery({
    queryKey: ['orders', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /orders', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const name = (order: Order) => (
    <Link to="/orders/$id" params={{ id: order.id }} className={css.name ?? ''}>
      {order.title || order.customer.name}
    </Link>
  );
  const number = (order: Order) => (
    <span className={css.quiet}>
      {t(`kind.${order.kind}`)} {order.number}
    </span>
  );
  const open = (order: Order) =>
    order.outstanding ? (
      <span className={css.quiet}>{t('sum.open', { amount: exact(order.outstanding, order.currency) })}</span>
    ) : null;
  return (
    <RecordList
      label={t('title')}
      query={query}
      id={order => order.id}
      columns={[
        {
          key: 'title',
          head: t('field.title'),
          track: 'minmax(0, 2.6fr)',
          cell: order => (
            <span className={css.cell}>
              {name(order)}
              {number(order)}
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
          track: 'minmax(0, 1.4fr)',
          end: true,
          cell: order => (
            <span className={css.cell}>
              <span className={css.amount}>{exact(order.total, order.currency)}</span>
              {open(order)}
            </span>
          ),
        },
      ]}
      card={order => (
        <span className={css.phone}>
          {name(order)}
          <span className={css.quiet}>{order.customer.name}</span>
          <span className={css.row}>
            <span>
              <StatusMark order={order} />{' '}
              <span className={css.amount}>{exact(order.total, order.currency)}</span>
            </span>
            {number(order)}
          </span>
          {open(order)}
        </span>
      )}
      empty={
        <Empty icon={<IconFileInvoice />} title={t('empty.title')}>
          {t('empty.words')}
        </Empty>
      }
    />
  );
}
