// Payments due: what has not come in time, what comes this week, and all the rest.
import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { useOwners } from '../customers/use-owners.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { type Due, today } from './form.ts';
import { DueMark, exact } from './marks.tsx';
import css from './orders.module.css';
import { PaymentSheet } from './PaymentSheet.tsx';

const route = getRouteApi('/orders/due');
const spans = ['overdue', 'week', 'all'] as const;

export default function DuePage() {
  const { t } = useWords('orders');
  const { user } = useMe();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { owners } = useOwners();
  const span = spans.find(one => one === search.span) ?? 'all';
  const { owner } = search;
  const set = (change: { span?: string; owner?: string }) =>
    void navigate({
      search: before =>
        Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value)),
      replace: true,
    });
  return (
    <Page title={t('due.title')} back={{ to: '/orders', label: t('title') }}>
      <Sums owner={owner} />
      <div className={css.bar}>
        <SegmentedControl
          aria-label={t('due.span')}
          value={span}
          onChange={value => set({ span: value === 'all' ? '' : value })}
          data={spans.map(one => ({ value: one, label: t(`due.${one}`) }))}
        />
        {owners.length > 1 ? (
          <SelectField
            aria-label={t('field.ownerId')}
            value={owner ?? ''}
            onValue={value => set({ owner: value })}
            data={[
              { value: '', label: t('filter.all-owners') },
              { value: 'me', label: t('filter.mine') },
              ...owners.filter(one => one.id !== user.id).map(one => ({ value: one.id, label: one.name })),
            ]}
          />
        ) : null}
      </div>
      <Card flush>
        <List span={span} owner={owner} />
      </Card>
    </Page>
  );
}

function Sums({ owner }: { owner: string | undefined }) {
  const { t } = useWords('orders');
  const query = useQuery({
    queryKey: ['orders', 'outstanding', owner ?? ''],
    queryFn: ({ signal }) =>
      api('GET /orders/outstanding', { query: { day: today(), ...(owner ? { owner } : {}) }, signal }),
  });
  const open = (query.data?.items ?? []).filter(sum => sum.outstanding > 0);
  if (open.length === 0) return null;
  return (
    <dl className={css.tiles}>
      {(['overdue', 'soon', 'outstanding'] as const).map(part => (
        <div key={part} data-part={part}>
          <dt>{t(`due.sum-${part}`)}</dt>
          {open.map(sum => (
            <dd key={sum.currency}>{exact(sum[part], sum.currency)}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function List({ span, owner }: { span: (typeof spans)[number]; owner: string | undefined }) {
  const { t } = useWords('orders');
  const { may } = useMe();
  const [paying, setPaying] = useState<Due | null>(null);
  const days =
    span === 'overdue' ? { to: today(-1) } : span === 'week' ? { from: today(), to: today(6) } : {};
  const query = useInfiniteQuery({
    queryKey: ['orders', 'due', span, owner ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api('GET /orders/due', {
        query: {
          limit: 50,
          ...days,
          ...(owner ? { owner } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const order = (due: Due) => (
    <Link to="/orders/$id" params={{ id: due.order.id }} className={css.name ?? ''}>
      {due.customer.name}
    </Link>
  );
  const what = (due: Due) => (
    <span className={css.quiet}>
      {[due.order.number, due.order.title, due.note].filter(Boolean).join(' · ')}
    </span>
  );
  const pay = (due: Due) =>
    may('update:order') ? (
      <Button variant="default" size="sm" onClick={() => setPaying(due)}>
        {t('pay.open')}
      </Button>
    ) : null;
  return (
    <>
      <RecordList
        label={t('due.title')}
        query={query}
        id={due => due.id}
        columns={[
          {
            key: 'customer',
            head: t('field.customerId'),
            track: 'minmax(0, 2.6fr)',
            cell: due => (
              <span className={css.cell}>
                {order(due)}
                {what(due)}
              </span>
            ),
          },
          {
            key: 'due',
            head: t('field.dueOn'),
            track: 'minmax(0, 2fr)',
            cell: due => <DueMark on={due.dueOn} />,
          },
          {
            key: 'owner',
            head: t('field.ownerId'),
            track: 'minmax(0, 1.2fr)',
            cell: due => due.owner?.name ?? t('owner.none'),
          },
          {
            key: 'open',
            head: t('due.open'),
            track: 'minmax(0, 1.2fr)',
            end: true,
            cell: due => <span className={css.amount}>{exact(due.open, due.currency)}</span>,
          },
          { key: 'pay', head: t('due.act'), track: '11rem', end: true, cell: pay },
        ]}
        card={due => (
          <span className={css.beside}>
            <span className={css.phone}>
              {order(due)}
              {what(due)}
              <span className={css.row}>
                <DueMark on={due.dueOn} />
                <span className={css.amount}>{exact(due.open, due.currency)}</span>
              </span>
            </span>
            {may('update:order') ? (
              <ActionIcon
                variant="default"
                aria-label={`${t('pay.open')} ${due.order.number}`}
                onClick={() => setPaying(due)}
              >
                <IconCash size={20} aria-hidden />
              </ActionIcon>
            ) : null}
          </span>
        )}
        empty={
          <Empty icon={<IconCash />} title={t(`due.none-${span}`)}>
            {t('due.none-words')}
          </Empty>
        }
      />
      <PaymentSheet
        of={
          paying
            ? {
                id: paying.order.id,
                number: paying.order.number,
                currency: paying.currency,
                open: paying.open,
                left: null,
              }
            : null
        }
        onClose={() => setPaying(null)}
      />
    </>
  );
}
