// Deals: the board of a pipeline, or the same as a list.
import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChartBar,
  IconDots,
  IconPlus,
  IconSettings,
  IconTargetArrow,
  IconTrash,
} from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { BulkBar } from '../batches/BulkBar.tsx';
import { useMayBulk } from '../batches/may-bulk.ts';
import { type Picked, useSelection } from '../batches/use-selection.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { date } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useColumns } from '../views/columns.tsx';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import { Board } from './Board.tsx';
import { moneyOf } from './board.ts';
import { DaysMark } from './DealCard.tsx';
import { DealFilters } from './DealFilters.tsx';
import css from './deals.module.css';
import type { Deal } from './form.ts';
import { NewDeal } from './NewDeal.tsx';
import { exportFilters, isList, queryOf, type Search } from './search.ts';
import { stageName } from './stage-name.ts';
import { usePipelines } from './use-pipelines.ts';

const route = getRouteApi('/deals');

export default function DealsPage() {
  const { t } = useWords('deals');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const { query, chosen } = usePipelines();
  const pipeline = chosen(search.pipeline);
  const list = isList(search);
  const selection = useSelection(search);
  const add = () => sheet.open('new');
  useShortcuts(may('create:deal') ? { n: add } : {});
  const { q, owner, pipeline: named } = search;
  const kept: Search = {
    ...(q ? { q } : {}),
    ...(owner ? { owner } : {}),
    ...(named ? { pipeline: named } : {}),
  };
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <SegmentedControl
            aria-label={t('view.label')}
            value={list ? 'list' : 'board'}
            onChange={view =>
              void navigate({ to: '/deals', search: view === 'list' ? { ...kept, view: 'list' } : kept })
            }
            data={[
              { value: 'board', label: t('view.board') },
              { value: 'list', label: t('view.list') },
            ]}
          />
          <Elsewhere />
          {list && may('export:deal') ? <ExportButton object="deal" filters={exportFilters(search)} /> : null}
          {may('create:deal') ? (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
              {t('new.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <DealFilters search={search} list={list} />
      {list ? (
        <>
          <List search={search} selection={selection} />
          <BulkBar object="deal" selection={selection} filters={exportFilters(search)} />
        </>
      ) : pipeline ? (
        <Board pipeline={pipeline} owner={search.owner} q={search.q} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LoadingRows />
      )}
      <NewDeal
        opened={sheet.is('new')}
        onClose={sheet.close}
        {...(named ? { stageId: pipeline?.stages[0]?.id } : {})}
        onSaved={deal => {
          toast(t('new.saved', { title: deal.title }));
          void navigate({ to: '/deals/$id', params: { id: deal.id }, replace: true });
        }}
      />
    </Page>
  );
}

/** Places beside the deals: buttons on a desk; on a phone, where they would fill three lines, a menu. */
function Elsewhere() {
  const { t } = useWords('deals');
  const { may } = useMe();
  const desk = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const all = [
    { key: 'funnel', words: t('funnel.title'), icon: IconChartBar, to: '/deals/funnel', shown: true },
    { key: 'bin', words: t('bin.open'), icon: IconTrash, to: '/bin', shown: may('delete:deal') },
    {
      key: 'pipelines',
      words: t('pipelines.short'),
      icon: IconSettings,
      to: '/deals/pipelines',
      shown: may('configure:deal'),
    },
  ] as const;
  const places = all.filter(place => place.shown);
  const search = { object: 'deal' };
  if (desk)
    return places.map(({ key, words, icon: Icon, to }) => (
      <Button
        key={key}
        renderRoot={props => <Link {...props} to={to} search={key === 'bin' ? search : {}} />}
        variant="default"
        leftSection={<Icon size={18} aria-hidden />}
      >
        {words}
      </Button>
    ));
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('menu')}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ key, words, icon: Icon, to }) => (
          <Menu.Item
            key={key}
            leftSection={<Icon size={18} aria-hidden />}
            renderRoot={props => <Link {...props} to={to} search={key === 'bin' ? search : {}} />}
          >
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function List({ search, selection }: { search: Search; selection: Picked }) {
  const { t } = useWords('deals');
  const mayBulk = useMayBulk('deal');
  const query = useInfiniteQuery({
    queryKey: ['deals', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /deals', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const name = (deal: Deal) => (
    <Link to="/deals/$id" params={{ id: deal.id }} className={css.name ?? ''}>
      {deal.title}
    </Link>
  );
  const amount = (deal: Deal) => (
    <span className={css.amount}>{deal.amount ? moneyOf(deal.amount, deal.currency) : '—'}</span>
  );
  const mark = (deal: Deal) => (
    <span className={css.mark} data-kind={deal.stage.kind}>
      {stageName(deal.stage.name)}
    </span>
  );
  const { offered, columns } = useColumns<Deal>(
    'deal',
    [
      {
        key: 'title',
        head: t('field.title'),
        track: 'minmax(0, 3fr)',
        cell: deal => (
          <span className={css.cell}>
            {name(deal)}
            <span className={css.quiet}>{deal.customer.name}</span>
          </span>
        ),
      },
      { key: 'stage', head: t('field.stage'), track: 'minmax(0, 1.2fr)', cell: mark },
      {
        key: 'days',
        head: t('field.days'),
        track: 'minmax(0, 1.1fr)',
        cell: deal => <DaysMark deal={deal} />,
      },
      {
        key: 'owner',
        head: t('field.ownerId'),
        track: 'minmax(0, 1.1fr)',
        cell: deal => deal.owner?.name ?? t('owner.none'),
      },
      {
        key: 'expected',
        head: t('field.expectedOn'),
        track: 'minmax(0, 1.2fr)',
        cell: deal => (
          <span className={css.quiet}>{deal.expectedOn ? date(`${deal.expectedOn}T00:00:00`) : '—'}</span>
        ),
      },
      { key: 'amount', head: t('field.amount'), track: 'minmax(0, 1.2fr)', end: true, cell: amount },
    ],
    search.cols,
  );
  return (
    <>
      <ViewBar object="deal" search={search} title={t('title')} columns={offered} stays={{ view: 'list' }} />
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={deal => deal.id}
          selection={mayBulk ? { ...selection, nameOf: deal => deal.title } : undefined}
          columns={columns}
          card={deal => (
            <span className={css.phone}>
              {name(deal)}
              <span className={css.quiet}>{deal.customer.name}</span>
              <span className={css['card-line']}>
                <span>
                  {mark(deal)} {amount(deal)}
                </span>
                <DaysMark deal={deal} />
              </span>
            </span>
          )}
          empty={
            <Empty icon={<IconTargetArrow />} title={t('empty.title')}>
              {t('empty.words')}
            </Empty>
          }
        />
      </Card>
    </>
  );
}
