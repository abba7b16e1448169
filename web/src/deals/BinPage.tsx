// The bin: deals that were deleted, each one tap from coming back.
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { moneyOf } from './board.ts';
import css from './deals.module.css';
import type { Deal } from './form.ts';

export default function BinPage() {
  const { t } = useWords('deals');
  const query = useInfiniteQuery({
    queryKey: ['deals', 'bin'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /deals', {
        query: { limit: 50, deleted: 'true', ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const restore = useWrite('POST /deals/{id}/restore', {
    renews: [['deals']],
    onDone: ({ body }) => toast(t('bin.restored', { title: body.title })),
  });
  const act = (deal: Deal) => (
    <Button
      variant="default"
      aria-label={t('bin.restore-name', { title: deal.title })}
      loading={restore.isPending && restore.variables.params.id === deal.id}
      onClick={() => restore.mutate({ params: { id: deal.id } })}
    >
      {t('bin.restore')}
    </Button>
  );
  const when = (deal: Deal) => (deal.deletedAt ? dateTime(deal.deletedAt) : '');
  const amount = (deal: Deal) => (deal.amount ? moneyOf(deal.amount, deal.currency) : '—');
  const title = (deal: Deal) => (
    <span className={css.cell}>
      <strong>{deal.title}</strong>
      <span className={css.quiet}>{deal.customer.name}</span>
    </span>
  );
  return (
    <Page title={t('bin.title')} lead={t('bin.lead')} back={{ to: '/deals', label: t('title') }}>
      <ProblemNote error={restore.error} />
      <Card flush>
        <RecordList
          label={t('bin.title')}
          query={query}
          id={deal => deal.id}
          columns={[
            { key: 'title', head: t('field.title'), track: 'minmax(0, 2.5fr)', cell: title },
            { key: 'owner', head: t('field.ownerId'), cell: deal => deal.owner?.name ?? t('owner.none') },
            { key: 'amount', head: t('field.amount'), end: true, cell: amount },
            { key: 'when', head: t('bin.when'), track: 'minmax(0, 1.2fr)', cell: when },
            { key: 'act', head: t('bin.act'), track: '8rem', end: true, cell: act },
          ]}
          card={deal => (
            <span className={css['card-line']}>
              <span className={css.phone}>
                {title(deal)}
                <span className={css.quiet}>
                  {amount(deal)} · {when(deal)}
                </span>
              </span>
              {act(deal)}
            </span>
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
