// A list of records: cards on a phone, a table on a desk, more rows as one scrolls (keyset pages of the server).
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words.ts';
import { Box, PickedCard } from './picking.tsx';
import css from './record-list.module.css';
import { Failed, LoadingRows } from './states.tsx';

export type Column<T> = {
  key: string;
  head: string;
  cell: (item: T) => ReactNode;
  /** Share of the width, as a CSS grid track such as `2fr` or `8rem`. */
  track?: string;
  /** Numbers and dates that line up on the right. */
  end?: boolean;
};

/** What is picked out of a list, to do something with all of it: `useSelection` of batches holds one. */
export type Selection = {
  /** True once one is picking: on a phone cards then are picked by a tap. */
  on: boolean;
  has: (id: string) => boolean;
  /** Picks or drops one; with `among`, all between it and the one before as well. */
  toggle: (id: string, among?: string[]) => void;
  /** Picks or drops many. */
  setAll: (ids: string[], picked: boolean) => void;
  start: () => void;
};

type Reply<T> = { items: T[]; next?: string | null };
type RecordListProps<T> = {
  /** Names the list for screen readers. */
  label: string;
  query: UseInfiniteQueryResult<InfiniteData<Reply<T>>>;
  id: (item: T) => string;
  columns: Column<T>[];
  /** The phone's card; the first column's link belongs in it too. */
  card: (item: T) => ReactNode;
  /** Shown when the list has no rows at all: an `<Empty>`. */
  empty: ReactNode;
  /** Lets rows be picked: by boxes on a desk, by a long press on a phone. */
  selection?: (Selection & { nameOf: (item: T) => string }) | undefined;
};

/** Rows are reached with the Tab key, and with the arrow keys from row to row by each row's first link or button. */
export function RecordList<T>({ label, query, id, columns, card, empty, selection }: RecordListProps<T>) {
  const { t } = useWords('ui');
  const list = useRef<HTMLDivElement>(null);
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  if (query.isPending) return <LoadingRows />;
  if (query.isError && items.length === 0) {
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (items.length === 0) return empty;
  const ids = items.map(id);
  const tracks = [...(selection ? ['1.5rem'] : []), ...columns.map(column => column.track ?? '1fr')].join(
    ' ',
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys only move the focus between the rows' own links
    <div ref={list} onKeyDown={event => moveByArrow(event.nativeEvent, list.current)}>
      {desk ? (
        <table className={css.table} style={{ '--tracks': tracks } as React.CSSProperties} aria-label={label}>
          <thead className={css.head}>
            <tr className={css.row}>
              {selection ? (
                <th scope="col">
                  <Box
                    label={t('pick.all')}
                    checked={ids.every(selection.has)}
                    some={ids.some(selection.has)}
                    onToggle={() => selection.setAll(ids, !ids.every(selection.has))}
                  />
                </th>
              ) : null}
              {columns.map(column => (
                <th key={column.key} scope="col" className={column.end ? css.end : undefined}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(item => (
              <tr
                key={id(item)}
                className={css.row}
                data-row
                data-picked={selection?.has(id(item)) || undefined}
              >
                {selection ? (
                  <td>
                    <Box
                      label={t('pick.one', { name: selection.nameOf(item) })}
                      checked={selection.has(id(item))}
                      onToggle={among => selection.toggle(id(item), among ? ids : undefined)}
                    />
                  </td>
                ) : null}
                {columns.map(column => (
                  <td key={column.key} className={column.end ? css.end : undefined}>
                    {column.cell(item)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <>
          {selection ? (
            <button
              type="button"
              className={css.pick}
              data-away={selection.on || undefined}
              onClick={selection.start}
            >
              {t('pick.start')}
            </button>
          ) : null}
          <ul className={css.cards} aria-label={label}>
            {items.map(item =>
              selection ? (
                <PickedCard
                  key={id(item)}
                  name={selection.nameOf(item)}
                  picking={selection.on}
                  picked={selection.has(id(item))}
                  onToggle={() => selection.toggle(id(item))}
                >
                  {card(item)}
                </PickedCard>
              ) : (
                <li key={id(item)} data-row>
                  {card(item)}
                </li>
              ),
            )}
          </ul>
        </>
      )}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.fetchNextPage()} /> : null}
      {query.hasNextPage && !query.isError ? (
        <More onMore={() => void query.fetchNextPage()} busy={query.isFetchingNextPage} label={t('more')} />
      ) : null}
    </div>
  );
}

/** Loads the next page by itself shortly before it is reached; the button is there for the keyboard. */
function More({ onMore, busy, label }: { onMore: () => void; busy: boolean; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const act = useRef(onMore);
  act.current = onMore;
  useEffect(() => {
    if (!place.current || busy) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && act.current(), {
      rootMargin: '600px',
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [busy]);
  return (
    <div ref={place} className={css.more}>
      <Button variant="default" loading={busy} onClick={onMore}>
        {label}
      </Button>
    </div>
  );
}

function moveByArrow(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const from = event.target instanceof HTMLElement ? event.target.closest('[data-row]') : null;
  if (step === 0 || !from || !list) return;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const target = rows[rows.indexOf(from as HTMLElement) + step]?.querySelector<HTMLElement>('a, button');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
