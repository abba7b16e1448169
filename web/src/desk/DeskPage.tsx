// The unlock desk: what waits for a second administrator, what was decided, and the reasons to choose from.
import { Button } from '@mantine/core';
import { IconChecklist, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { RequestList } from './RequestList.tsx';
import { TemplatesSheet } from './TemplatesSheet.tsx';

export default function DeskPage() {
  const { t } = useWords('desk');
  const [editing, setEditing] = useState(false);
  const open = useQuery({
    queryKey: ['desk', 'open'],
    queryFn: ({ signal }) => api('GET /desk/requests', { query: { open: 'true' }, signal }),
    refetchInterval: 30_000,
  });
  const all = useInfiniteQuery({
    queryKey: ['desk', 'all'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /desk/requests', { query: { limit: 30, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const waiting = open.data?.items ?? [];
  const over = (all.data?.pages.flatMap(page => page.items) ?? []).filter(
    request => request.may.length === 0,
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <Button variant="subtle" renderRoot={props => <Link {...props} to="/self-check" />}>
            {t('kit.self-check')}
          </Button>
          <Button variant="subtle" renderRoot={props => <Link {...props} to="/kit" />}>
            {t('kit.title')}
          </Button>
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('templates.title')}
          </Button>
          <Button
            leftSection={<IconUsers size={18} aria-hidden />}
            renderRoot={props => <Link {...props} to="/people" search={{ locked: 'yes' }} />}
          >
            {t('to-people')}
          </Button>
        </>
      }
    >
      <RequestList title={t('requests.title')} requests={waiting}>
        {open.isPending ? <LoadingRows rows={2} /> : null}
        {open.isError ? <Failed error={open.error} onRetry={() => void open.refetch()} /> : null}
        {open.data && waiting.length === 0 ? (
          <Empty icon={<IconChecklist />} title={t('requests.none')}>
            {t('requests.none-words')}
          </Empty>
        ) : null}
      </RequestList>
      <RequestList title={t('requests.over')} requests={over} />
      {all.hasNextPage ? (
        <Button variant="subtle" onClick={() => void all.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
      <TemplatesSheet opened={editing} onClose={() => setEditing(false)} />
    </Page>
  );
}
