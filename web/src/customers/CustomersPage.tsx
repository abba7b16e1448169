// The customer list: search, filters, cards on a phone and a dense table on a desk, more as one scrolls.
import { Button } from '@mantine/core';
import { IconBuildingStore, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useRef } from 'react';
import { api } from '../api.ts';
import { useMayBulk } from '../batches/may-bulk.ts';
import { useSelection } from '../batches/use-selection.ts';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { fetched } from '../ui/fetched.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useColumns } from '../views/columns.tsx';
import { ViewBar } from '../views/ViewBar.tsx';
import { loadWords, useWords } from '../words.ts';
import { CustomerCard } from './CustomerCard.tsx';
import { CustomerFilters } from './CustomerFilters.tsx';
import css from './customers.module.css';
import { Due } from './Due.tsx';
import type { Customer } from './form.ts';
import { ListMenu } from './ListMenu.tsx';
import { CallLink } from './reach.tsx';
import { StageMark } from './StageMark.tsx';
import { exportFilters, isNarrowed, queryOf } from './search.ts';

/** What is done with picked records, once something is picked. */
const BulkBar = fetched(async () => {
  await loadWords('batches');
  return { default: (await import('../batches/BulkBar.tsx')).BulkBar };
});
/** The form and its fields, once somebody wants to write. */
const NewCustomer = fetched(async () => ({ default: (await import('./NewCustomer.tsx')).NewCustomer }));

const route = getRouteApi('/customers');

export default function CustomersPage() {
  const { t } = useWords('customers');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const query = useInfiniteQuery({
    queryKey: ['customers', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /customers', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const shown = query.data?.pages.flatMap(page => page.items) ?? [];
  const selection = useSelection(search);
  const mayBulk = useMayBulk('customer');
  const picked = useRef(false);
  picked.current ||= selection.on;
  const add = () => sheet.open('new');
  useShortcuts(may('create:customer') ? { n: add } : {});
  const newButton = may('create:customer') ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
      {t('new.open')}
    </Button>
  ) : null;
  const { offered, columns } = useColumns<Customer>(
    'customer',
    [
      {
        key: 'name',
        head: t('field.name'),
        track: 'minmax(0, 3fr)',
        cell: customer => (
          <span className={css.cell}>
            <Link to="/customers/$id" params={{ id: customer.id }} className={css.name ?? ''}>
              {customer.name}
            </Link>
            <span className={css.quiet}>
              {[customer.city, customer.industry].filter(Boolean).join(' · ')}
            </span>
          </span>
        ),
      },
      {
        key: 'stage',
        head: t('field.stage'),
        track: 'minmax(0, 1fr)',
        cell: customer => <StageMark stage={customer.stage} />,
      },
      {
        key: 'owner',
        head: t('field.ownerId'),
        track: 'minmax(0, 1.4fr)',
        cell: customer => customer.owner?.name ?? <span className={css.quiet}>{t('owner.none')}</span>,
      },
      {
        key: 'phone',
        head: t('field.phone'),
        track: 'minmax(0, 1.4fr)',
        cell: customer => <CallLink customer={customer} />,
      },
      {
        key: 'last',
        head: t('field.lastActivityAt'),
        track: 'minmax(0, 1.2fr)',
        cell: customer => (
          <span className={`${css.one} ${css.quiet}`}>
            {customer.lastActivityAt ? ago(customer.lastActivityAt) : t('last.none')}
          </span>
        ),
      },
      {
        key: 'next',
        head: t('field.nextFollowUpAt'),
        track: 'minmax(0, 1fr)',
        end: true,
        cell: customer => <Due at={customer.nextFollowUpAt} />,
      },
    ],
    search.cols,
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <ListMenu search={search} />
          {newButton}
        </>
      }
    >
      <ViewBar object="customer" search={search} title={t('title')} columns={offered} />
      <CustomerFilters search={search} shown={shown} />
      <Card flush>
        <div
          className={query.isPlaceholderData ? css.waiting : undefined}
          aria-busy={query.isPlaceholderData}
        >
          <RecordList
            label={t('title')}
            query={query}
            id={customer => customer.id}
            selection={mayBulk ? { ...selection, nameOf: customer => customer.name } : undefined}
            columns={columns}
            card={customer => <CustomerCard customer={customer} />}
            empty={
              isNarrowed(search) ? (
                <Empty
                  icon={<IconSearchOff />}
                  title={t('empty.narrow.title')}
                  action={
                    <Button variant="default" onClick={() => void navigate({ to: '/customers', search: {} })}>
                      {t('filter.clear')}
                    </Button>
                  }
                >
                  {t('empty.narrow.words')}
                </Empty>
              ) : (
                <Empty icon={<IconBuildingStore />} title={t('empty.title')} action={newButton}>
                  {t('empty.words')}
                </Empty>
              )
            }
          />
        </div>
      </Card>
      {picked.current ? (
        <Suspense>
          <BulkBar object="customer" selection={selection} filters={exportFilters(search)} />
        </Suspense>
      ) : null}
      {sheet.is('new') ? (
        <Suspense>
          <NewCustomer
            opened
            onClose={sheet.close}
            onSaved={customer => {
              toast(t('new.saved', { name: customer.name }));
              void navigate({ to: '/customers/$id', params: { id: customer.id }, replace: true });
            }}
          />
        </Suspense>
      ) : null}
    </Page>
  );
}
