// The bin: customers that were deleted, each one tap from coming back.
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
import css from './customers.module.css';
import type { Customer } from './form.ts';

export default function BinPage() {
  const { t } = useWords('customers');
  const query = useInfiniteQuery({
    queryKey: ['customers', 'bin'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /customers', {
        query: { limit: 50, deleted: 'true', ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const restore = useWrite('POST /customers/{id}/restore', {
    renews: [['customers'], ['activities'], ['contacts']],
    onDone: ({ body }) => toast(t('bin.restored', { name: body.name })),
  });
  const act = (customer: Customer) => (
    <Button
      variant="default"
      aria-label={t('bin.restore-name', { name: customer.name })}
      loading={restore.isPending && restore.variables.params.id === customer.id}
      onClick={() => restore.mutate({ params: { id: customer.id } })}
    >
      {t('bin.restore')}
    </Button>
  );
  const when = (customer: Customer) => (customer.deletedAt ? dateTime(customer.deletedAt) : '');
  return (
    <Page title={t('bin.title')} lead={t('bin.lead')} back={{ to: '/customers', label: t('title') }}>
      <ProblemNote error={restore.error} />
      <Card flush>
        <RecordList
          label={t('bin.title')}
          query={query}
          id={customer => customer.id}
          columns={[
            {
              key: 'name',
              head: t('field.name'),
              track: 'minmax(0, 2fr)',
              cell: customer => <strong className={css.plain}>{customer.name}</strong>,
            },
            {
              key: 'owner',
              head: t('field.ownerId'),
              cell: customer => customer.owner?.name ?? t('owner.none'),
            },
            { key: 'when', head: t('bin.when'), cell: when },
            { key: 'act', head: t('bin.act'), track: '8rem', end: true, cell: act },
          ]}
          card={customer => (
            <div className={css.card}>
              <span className={css['card-link']}>
                <strong>{customer.name}</strong>
                <span className={css.quiet}>{when(customer)}</span>
              </span>
              {act(customer)}
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
