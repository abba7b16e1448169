// The bin: tasks that were deleted, each one tap from coming back.
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import css from '../customers/customers.module.css';
import { dateTime } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Task } from './form.ts';
import { renews } from './use-task.ts';

export default function BinPage() {
  const { t } = useWords('tasks');
  const query = useInfiniteQuery({
    queryKey: ['tasks', 'bin'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /tasks', {
        query: { limit: 50, deleted: 'true', sort: '-deletedAt', ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const restore = useWrite('POST /tasks/{id}/restore', {
    renews,
    onDone: ({ body }) => toast(t('bin.restored', { name: body.title })),
  });
  const act = (task: Task) => (
    <Button
      variant="default"
      aria-label={t('bin.restore-name', { name: task.title })}
      loading={restore.isPending && restore.variables.params.id === task.id}
      onClick={() => restore.mutate({ params: { id: task.id } })}
    >
      {t('bin.restore')}
    </Button>
  );
  const when = (task: Task) => (task.deletedAt ? dateTime(task.deletedAt) : '');
  return (
    <Page title={t('bin.title')} lead={t('bin.lead')} back={{ to: '/tasks', label: t('title') }}>
      <ProblemNote error={restore.error} />
      <Card flush>
        <RecordList
          label={t('bin.title')}
          query={query}
          id={task => task.id}
          columns={[
            {
              key: 'title',
              head: t('field.title'),
              track: 'minmax(0, 2fr)',
              cell: task => <strong className={css.plain}>{task.title}</strong>,
            },
            {
              key: 'owner',
              head: t('field.ownerId'),
              cell: task => task.owner?.name ?? t('owner.none'),
            },
            { key: 'when', head: t('bin.when'), cell: when },
            { key: 'act', head: t('bin.act'), track: '8rem', end: true, cell: act },
          ]}
          card={task => (
            <div className={css.card}>
              <span className={css['card-link']}>
                <strong>{task.title}</strong>
                <span className={css.quiet}>{when(task)}</span>
              </span>
              {act(task)}
            </div>
          )}
          empty={<Empty icon={<IconTrash />} title={t('bin.empty')} />}
        />
      </Card>
    </Page>
  );
}
