// The bin: leads that were deleted, each one tap from coming back.
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
import type { Lead } from './form.ts';

export default function BinPage() {
  const { t } = useWords('leads');
  const query = useInfiniteQuery({
    queryKey: ['leads', 'bin'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /leads', {
        query: { limit: 50, deleted: 'true', ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const restore = useWrite('POST /leads/{id}/restore', {
    renews: [['leads'], ['activities']],
    onDone: ({ body }) => toast(t('bin.restored', { name: body.name })),
  });
  const act = (lead: Lead) => (
    <Button
      variant="default"
      aria-label={t('bin.restore-name', { name: lead.name })}
      loading={restore.isPending && restore.variables.params.id === lead.id}
      onClick={() => restore.mutate({ params: { id: lead.id } })}
    >
      {t('bin.restore')}
    </Button>
  );
  const when = (lead: Lead) => (lead.deletedAt ? dateTime(lead.deletedAt) : '');
  return (
    <Page title={t('bin.title')} lead={t('bin.lead')} back={{ to: '/leads', label: t('title') }}>
      <ProblemNote error={restore.error} />
      <Card flush>
        <RecordList
          label={t('bin.title')}
          query={query}
          id={lead => lead.id}
          columns={[
            {
              key: 'name',
              head: t('field.name'),
              track: 'minmax(0, 2fr)',
              cell: lead => <strong className={css.plain}>{lead.name}</strong>,
            },
            {
              key: 'owner',
              head: t('field.ownerId'),
              cell: lead => lead.owner?.name ?? t('owner.none'),
            },
            { key: 'when', head: t('bin.when'), cell: when },
            { key: 'act', head: t('bin.act'), track: '8rem', end: true, cell: act },
          ]}
          card={lead => (
            <div className={css.card}>
              <span className={css['card-link']}>
                <strong>{lead.name}</strong>
                <span className={css.quiet}>{when(lead)}</span>
              </span>
              {act(lead)}
            </div>
          )}
          empty={
            <Empty icon={<IconTrash />} title={t('bin.empty.title')}>
              {t('bin.empty.words')}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
