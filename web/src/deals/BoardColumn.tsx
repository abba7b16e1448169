// One column of the board: count, sums, the cards newest first.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { api } from '../api.ts';
import { number } from '../formats.ts';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { type Sum, sumWords } from './board.ts';
import { DealCard } from './DealCard.tsx';
import css from './deals.module.css';
import type { Deal, Stage } from './form.ts';
import { stageName } from './stage-name.ts';

type BoardColumnProps = {
  stage: Stage;
  stages: Stage[];
  tally: { count: number; sums: Sum[] } | undefined;
  narrow: { owner?: string; q?: string };
  movable: boolean;
  /** The keyboard holds a card over this column. */
  target: boolean;
  liftedId: string | null;
  goingId: string | null;
  onDropped: () => void;
  onDrag: (deal: Deal | null) => void;
  onMove: (deal: Deal, stage: Stage) => void;
  onKey: (event: KeyboardEvent, deal: Deal) => void;
};

export function BoardColumn(props: BoardColumnProps) {
  const { stage, stages, tally, narrow, movable, target, liftedId, goingId } = props;
  const { t } = useWords('deals');
  const [over, setOver] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['deals', 'column', stage.id, narrow],
    queryFn: ({ pageParam, signal }) =>
      api('GET /deals', {
        query: { stage: stage.id, limit: 20, ...narrow, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const deals = query.data?.pages.flatMap(page => page.items) ?? [];
  const sums = tally ? sumWords(tally.sums) : '';
  return (
    <section
      className={css.column}
      aria-label={stageName(stage.name)}
      data-kind={stage.kind}
      data-over={over || target || undefined}
      onDragOver={event => {
        if (!movable) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        props.onDropped();
      }}
    >
      <header className={css['column-head']}>
        <h2>
          {stageName(stage.name)}
          <span className={css.count}>{number(tally?.count ?? 0)}</span>
        </h2>
        <span className={css.quiet}>
          {[stage.kind === 'open' ? t('chance', { percent: stage.probability }) : '', sums]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </header>
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && deals.length === 0 ? <p className={css.none}>{t('board.none')}</p> : null}
      <ul className={css.cards}>
        {deals.map(deal => (
          <DealCard
            key={deal.id}
            deal={deal}
            stages={stages}
            movable={movable && goingId !== deal.id}
            lifted={liftedId === deal.id || goingId === deal.id}
            onMove={next => props.onMove(deal, next)}
            onKey={event => props.onKey(event, deal)}
            onDragStart={() => props.onDrag(deal)}
            onDragEnd={() => props.onDrag(null)}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          fullWidth
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('board.more')}
        </Button>
      ) : null}
    </section>
  );
}
