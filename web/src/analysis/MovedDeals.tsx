// The deals behind one kind of movement, with what they were before.
import { IconArrowsExchange } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { moneyOf } from '../deals/board.ts';
import { day } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { Download, type TableColumn } from './DataTable.tsx';
import type { Kind } from './search.ts';
import { type Asked, useMovement } from './use-asked.ts';

type Moved = Calls['GET /analysis/movement/deals']['reply']['items'][number];

export function MovedDeals({ asked }: { asked: Asked }) {
  const movement = useMovement(asked).data;
  const known = movement?.kinds.find(one => one.kind === asked.search.kind);
  const kind: Kind | undefined =
    known?.kind ?? movement?.kinds.find(one => one.count > 0)?.kind ?? movement?.kinds[0]?.kind;
  return kind ? <Deals key={kind} asked={asked} kind={kind} /> : null;
}

function Deals({ asked, kind }: { asked: Asked; kind: Kind }) {
  const { t } = useWords('analysis');
  const { narrow, since } = asked;
  const query = useInfiniteQuery({
    queryKey: ['deals', 'moved', narrow, since, kind],
    queryFn: ({ pageParam, signal }) =>
      api('GET /analysis/movement/deals', {
        query: { ...narrow, since, kind, limit: 50, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const name = (deal: Moved) => (
    <Link to="/deals/$id" params={{ id: deal.id }} className={css.name ?? ''}>
      {deal.title}
    </Link>
  );
  const amount = (deal: Moved) =>
    deal.amount === null ? '—' : change(moneyIn(deal, deal.amountBefore), moneyIn(deal, deal.amount) ?? '—');
  const stage = (deal: Moved) => change(deal.stageBefore, deal.stage);
  const expected = (deal: Moved) =>
    change(deal.expectedMoved ? dayOf(deal.expectedBefore) : null, dayOf(deal.expectedOn));
  const owner = (deal: Moved) => deal.owner?.name ?? t('nobody');
  const files: TableColumn<Moved>[] = [
    { key: 'title', head: t('deal.title'), cell: name, plain: deal => deal.title },
    { key: 'customer', head: t('deal.customer'), cell: name, plain: deal => deal.customer.name },
    { key: 'owner', head: t('deal.owner'), cell: owner, plain: owner },
    {
      key: 'stage',
      head: t('deal.stage'),
      cell: stage,
      plain: deal => `${deal.stageBefore ?? ''} → ${deal.stage}`,
    },
    { key: 'currency', head: t('deal.currency'), cell: stage, plain: deal => deal.currency },
    {
      key: 'before',
      head: t('deal.before'),
      cell: amount,
      plain: deal => plainMoney(deal, deal.amountBefore),
    },
    { key: 'amount', head: t('deal.amount'), cell: amount, plain: deal => plainMoney(deal, deal.amount) },
    { key: 'expected', head: t('deal.expected'), cell: expected, plain: deal => deal.expectedOn },
  ];
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card
      title={t(`kind.${kind}`)}
      aside={<Download name={t(`kind.${kind}`)} rows={rows} columns={files} />}
      flush
    >
      <RecordList
        label={t(`kind.${kind}`)}
        query={query}
        id={deal => deal.id}
        columns={[
          {
            key: 'title',
            head: t('deal.title'),
            track: 'minmax(0, 3fr)',
            cell: deal => (
              <span className={css.cell}>
                {name(deal)}
                <span className={css.quiet}>{deal.customer.name}</span>
              </span>
            ),
          },
          { key: 'owner', head: t('deal.owner'), track: 'minmax(0, 1.2fr)', cell: owner },
          { key: 'stage', head: t('deal.stage'), track: 'minmax(0, 2fr)', cell: stage },
          { key: 'expected', head: t('deal.expected'), track: 'minmax(0, 1.6fr)', cell: expected },
          { key: 'amount', head: t('deal.amount'), track: 'minmax(0, 1.6fr)', end: true, cell: amount },
        ]}
        card={deal => (
          <span className={css.phone}>
            {name(deal)}
            <span className={css.quiet}>
              {deal.customer.name} · {owner(deal)}
            </span>
            <span>{stage(deal)}</span>
            <span className={css.line}>
              {amount(deal)} <span className={css.quiet}>{expected(deal)}</span>
            </span>
          </span>
        )}
        empty={
          <Empty icon={<IconArrowsExchange />} title={t('movement.none')}>
            {t('movement.none-words')}
          </Empty>
        }
      />
    </Card>
  );
}

const dayOf = (text: string | null) => (text ? day(`${text}T00:00:00`) : '—');
const moneyIn = (deal: Moved, amount: number | null) =>
  amount === null ? null : moneyOf(amount, deal.currency);
const plainMoney = (deal: Moved, amount: number | null) => moneyIn(deal, amount);

function change(before: string | null, now: string) {
  if (before === null || before === now) return <span className={css.number}>{now}</span>;
  return (
    <span className={css.number}>
      <s className={css.quiet}>{before}</s> → {now}
    </span>
  );
}
