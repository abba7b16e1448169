// The lead list: search, filters, cards on a phone and a dense table on a desk, more as one scrolls.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus, IconSearchOff, IconTrash, IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { BulkBar } from '../batches/BulkBar.tsx';
import { useMayBulk } from '../batches/may-bulk.ts';
import { useSelection } from '../batches/use-selection.ts';
import css from '../customers/customers.module.css';
import { Due } from '../customers/Due.tsx';
import { CallLink } from '../customers/reach.tsx';
import { ExportButton } from '../exports/ExportButton.tsx';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useColumns } from '../views/columns.tsx';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import type { Lead } from './form.ts';
import { LeadCard } from './LeadCard.tsx';
import { LeadFilters } from './LeadFilters.tsx';
import { NewLead } from './NewLead.tsx';
import { StatusMark } from './StatusMark.tsx';
import { exportFilters, isNarrowed, queryOf } from './search.ts';

const route = getRouteApi('/leads');

export default function LeadsPage() {
  const { t } = useWords('leads');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const query = useInfiniteQuery({
    queryKey: ['leads', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /leads', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const shown = query.data?.pages.flatMap(page => page.items) ?? [];
  const selection = useSelection(search);
  const mayBulk = useMayBulk('lead');
  const add = () => sheet.open('new');
  useShortcuts(may('create:lead') ? { n: add } : {});
  const newButton = may('create:lead') ? (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
      {t('new.open')}
    </Button>
  ) : null;
  const { offered, columns } = useColumns<Lead>(
    'lead',
    [
      {
        key: 'name',
        head: t('field.name'),
        track: 'minmax(0, 2.6fr)',
        cell: lead => (
          <span className={css.cell}>
            <Link to="/leads/$id" params={{ id: lead.id }} className={css.name ?? ''}>
              {lead.name}
            </Link>
            <span className={css.quiet}>{[lead.company, lead.city].filter(Boolean).join(' · ')}</span>
          </span>
        ),
      },
      {
        key: 'status',
        head: t('field.status'),
        track: 'minmax(0, 1fr)',
        cell: lead => <StatusMark status={lead.status} />,
      },
      {
        key: 'source',
        head: t('field.source'),
        track: 'minmax(0, 1.1fr)',
        cell: lead => <span className={css.one}>{lead.source}</span>,
      },
      {
        key: 'owner',
        head: t('field.ownerId'),
        track: 'minmax(0, 1.3fr)',
        cell: lead =>
          lead.owner ? (
            <span className={css.one}>{lead.owner.name}</span>
          ) : (
            <span className={css.quiet}>{t('owner.none')}</span>
          ),
      },
      {
        key: 'phone',
        head: t('field.phone'),
        track: 'minmax(9.5rem, 1.4fr)',
        cell: lead => <CallLink customer={{ ...lead, isLead: true }} />,
      },
      {
        key: 'created',
        head: t('field.createdAt'),
        track: 'minmax(7rem, 1.1fr)',
        cell: lead => <span className={`${css.one} ${css.quiet}`}>{ago(lead.createdAt)}</span>,
      },
      {
        key: 'next',
        head: t('field.nextFollowUpAt'),
        track: 'minmax(7.5rem, 1fr)',
        end: true,
        cell: lead => (lead.status === 'converted' ? null : <Due at={lead.nextFollowUpAt} />),
      },
    ],
    search.cols,
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('export:lead') ? <ExportButton object="lead" filters={exportFilters(search)} /> : null}
          {may('delete:lead') ? <ListMenu /> : null}
          {newButton}
        </>
      }
    >
      <ViewBar object="lead" search={search} title={t('title')} columns={offered} />
      <LeadFilters search={search} shown={shown} />
      <Card flush>
        <div
          className={query.isPlaceholderData ? css.waiting : undefined}
          aria-busy={query.isPlaceholderData}
        >
          <RecordList
            label={t('title')}
            query={query}
            id={lead => lead.id}
            selection={mayBulk ? { ...selection, nameOf: lead => lead.name } : undefined}
            columns={columns}
            card={lead => <LeadCard lead={lead} />}
            empty={
              isNarrowed(search) ? (
                <Empty
                  icon={<IconSearchOff />}
                  title={t('empty.narrow.title')}
                  action={
                    <Button variant="default" onClick={() => void navigate({ to: '/leads', search: {} })}>
                      {t('filter.clear')}
                    </Button>
                  }
                >
                  {t('empty.narrow.words')}
                </Empty>
              ) : (
                <Empty icon={<IconUserPlus />} title={t('empty.title')} action={newButton}>
                  {t('empty.words')}
                </Empty>
              )
            }
          />
        </div>
      </Card>
      <BulkBar object="lead" selection={selection} filters={exportFilters(search)} />
      <NewLead
        opened={sheet.is('new')}
        onClose={sheet.close}
        onSaved={lead => {
          toast(t('new.saved', { name: lead.name }));
          void navigate({ to: '/leads/$id', params: { id: lead.id }, replace: true });
        }}
      />
    </Page>
  );
}

function ListMenu() {
  const { t } = useWords('leads');
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('menu.open')}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconTrash size={18} aria-hidden />}
          renderRoot={props => <Link {...props} to="/bin" search={{ object: 'lead' }} />}
        >
          {t('menu.bin')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
