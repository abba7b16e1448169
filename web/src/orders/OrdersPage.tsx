// Quotes and orders in one list.
import { Button, Menu } from '@mantine/core';
import { IconCash, IconFileInvoice, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { BulkBar } from '../batches/BulkBar.tsx';
import { useMayBulk } from '../batches/may-bulk.ts';
import { type Picked, useSelection } from '../batches/use-selection.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { type Column, RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import type { Order } from './form.ts';
import { exact, StatusMark } from './marks.tsx';
import { NewOrder } from './NewOrder.tsx';
import { OrderFilters } from './OrderFilters.tsx';
import { OrderName, OrderNumber, OrderOpen, useOrderColumns } from './order-columns.tsx';
import css from './orders.module.css';
import { exportFilters, queryOf, type Search } from './search.ts';

const route = getRouteApi('/orders');

export default function OrdersPage() {
  const { t } = useWords('orders');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const { offered, columns } = useOrderColumns(search.cols);
  const selection = useSelection(search);
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
      <ViewBar object="order" search={search} title={t('title')} columns={offered} />
      <OrderFilters search={search} />
      <Card flush>
        <List search={search} columns={columns} selection={selection} />
      </Card>
      <BulkBar object="order" selection={selection} filters={exportFilters(search)} />
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

type ListProps = { search: Search; columns: Column<Order>[]; selection: Picked };

function List({ search, columns, selection }: ListProps) {
  const { t } = useWords('orders');
  const mayBulk = useMayBulk('order');
  const query = useInfiniteQuery({
    queryKey: ['orders', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /orders', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  return (
    <RecordList
      label={t('title')}
      query={query}
      id={order => order.id}
      selection={mayBulk ? { ...selection, nameOf: order => order.number } : undefined}
      columns={columns}
      card={order => (
        <span className={css.phone}>
          <OrderName order={order} />
          <span className={css.quiet}>{order.customer.name}</span>
          <span className={css.row}>
            <span>
              <StatusMark order={order} />{' '}
              <span className={css.amount}>{exact(order.total, order.currency)}</span>
            </span>
            <OrderNumber order={order} />
          </span>
          <OrderOpen order={order} />
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
