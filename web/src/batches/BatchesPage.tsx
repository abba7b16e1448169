// Bulk changes of the last while, each with what it did and the way to take it back.
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ago, date } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty, ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './batches.module.css';
import type { Batch } from './changes.ts';

export default function BatchesPage() {
  const { t } = useWords('batches');
  const query = useInfiniteQuery({
    queryKey: ['batches', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /batches', { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(page =>
        page.items.some(one => ['gathering', 'running', 'undoing'].includes(one.state)),
      )
        ? 1_500
        : false,
  });
  const undo = useWrite('POST /batches/{id}/undo', {
    renews: [['batches'], ['customers'], ['leads'], ['deals'], ['tasks']],
  });
  const what = (batch: Batch) => (
    <span className={css.cell}>
      <strong>{t(`what.${batch.object}.${batch.action}`, { count: batch.total })}</strong>
      <span className="lk-hint">{batch.fields.map(field => t(`field.${field}`)).join(t('comma'))}</span>
    </span>
  );
  const came = (batch: Batch) => (
    <span className={css.cell}>
      <span>{t(`state.${batch.state}`)}</span>
      <span className="lk-hint">
        {batch.state === 'undone' || batch.state === 'undoing'
          ? t(batch.kept > 0 ? 'told.undone' : 'told.undone-all', { count: batch.restored, kept: batch.kept })
          : t('came', { changed: batch.changed, skipped: batch.skipped })}
      </span>
    </span>
  );
  const way = (batch: Batch) =>
    batch.undoableUntil ? (
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        loading={undo.isPending && undo.variables.params.id === batch.id}
        onClick={() => undo.mutate({ params: { id: batch.id } })}
        title={t('until', { when: date(batch.undoableUntil) })}
      >
        {t('undo')}
      </Button>
    ) : null;
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ProblemNote error={undo.error} />
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={batch => batch.id}
          columns={[
            { key: 'what', head: t('head.what'), track: 'minmax(0, 2fr)', cell: what },
            { key: 'came', head: t('head.came'), track: 'minmax(0, 2fr)', cell: came },
            { key: 'by', head: t('head.by'), cell: batch => batch.by.name },
            {
              key: 'at',
              head: t('head.at'),
              cell: batch => <span className="lk-hint">{ago(batch.at)}</span>,
            },
            { key: 'way', head: t('head.way'), track: '8rem', end: true, cell: way },
          ]}
          card={batch => (
            <span className={css.card}>
              {what(batch)}
              {came(batch)}
              <span className="lk-hint">
                {batch.by.name} · {ago(batch.at)}
              </span>
              {way(batch)}
            </span>
          )}
          empty={
            <Empty icon={<IconStack2 />} title={t('empty.title')}>
              {t('empty.words')}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
