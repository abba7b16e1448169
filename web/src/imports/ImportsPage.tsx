// Imports so far, newest first.
import { Button } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { ago, number } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import { type ImportView, isBusy, percent } from './mapping.ts';

export default function ImportsPage() {
  const { t } = useWords('imports');
  const { may } = useMe();
  const query = useInfiniteQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /imports', { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(page => page.items.some(one => isBusy(one.state))) ? 3000 : false,
  });
  const start = may('import:customer') ? (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      renderRoot={props => <Link {...props} to="/imports/new" />}
    >
      {t('start')}
    </Button>
  ) : null;
  const file = (one: ImportView) => (
    <Link to="/imports/$id" params={{ id: one.id }} className={css.file ?? ''}>
      {one.fileName}
    </Link>
  );
  const outcome = (one: ImportView) => (
    <span className={css.quiet}>
      {isBusy(one.state)
        ? t('list.progress', { percent: percent(one.done, one.total) })
        : t('list.counts', {
            created: number(one.created),
            updated: number(one.updated),
            failed: number(one.failed),
          })}
    </span>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {may('export:customer') ? <ExportButton object="everything" /> : null}
          {start}
        </>
      }
    >
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={one => one.id}
          columns={[
            { key: 'file', head: t('column.file'), track: 'minmax(0, 2fr)', cell: file },
            { key: 'object', head: t('column.object'), cell: one => t(`object.${one.object}`) },
            { key: 'state', head: t('column.state'), cell: one => <StateMark state={one.state} /> },
            { key: 'outcome', head: t('column.outcome'), track: 'minmax(0, 1.6fr)', cell: outcome },
            {
              key: 'by',
              head: t('column.by'),
              cell: one => one.createdBy.name,
            },
            { key: 'when', head: t('column.when'), end: true, cell: one => ago(one.createdAt) },
          ]}
          card={one => (
            <div className={css.card}>
              {file(one)}
              <StateMark state={one.state} />
              <span className={css.quiet}>
                {[t(`object.${one.object}`), one.createdBy.name, ago(one.createdAt)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {outcome(one)}
            </div>
          )}
          empty={
            <Empty icon={<IconFileImport />} title={t('empty.title')} action={start}>
              {t('empty.words')}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

function StateMark({ state }: { state: ImportView['state'] }) {
  const { t } = useWords('imports');
  return (
    <span className={css.mark} data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}
