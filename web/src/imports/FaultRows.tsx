// The rows that could not be imported, each with its reasons.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';

export function FaultRows({ id }: { id: string }) {
  const { t } = useWords('imports');
  const query = useInfiniteQuery({
    queryKey: ['imports', id, 'faults'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /imports/{id}/faults', {
        params: { id },
        query: { limit: 20, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: page => page.next,
  });
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card title={t('faults.title')} flush>
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul className={css.rows}>
        {rows.map(row => (
          <li key={row.row}>
            <strong>{t('faults.row', { row: row.row })}</strong>
            <ul className={css.reasons}>
              {row.faults.map(fault => (
                <li key={`${fault.column}${fault.code}`}>
                  {fault.column ? `${fault.column}: ` : null}
                  {fault.message}
                  {fault.value ? <span className={css.quiet}> “{fault.value}”</span> : null}
                </li>
              ))}
            </ul>
            <span className={css.quiet}>{row.cells.filter(Boolean).slice(0, 6).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('faults.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
