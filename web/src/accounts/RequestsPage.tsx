// Requests: what one has asked for, and for administrators what everybody asks for, to grant or to refuse.
import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './accounts.module.css';
import { DecideSheet, type Request } from './DecideSheet.tsx';
import { RequestItem } from './RequestItem.tsx';

const most = 100;

export default function RequestsPage() {
  const { t } = useWords('accounts');
  const { may } = useMe();
  const decides = may('help:person');
  return (
    <Page
      title={t('requests.title')}
      lead={t(decides ? 'requests.lead' : 'requests.lead-own')}
      width="reading"
    >
      {decides ? <Everybodys /> : null}
      <Mine />
    </Page>
  );
}

function Everybodys() {
  const { t } = useWords('accounts');
  const { user } = useMe();
  const [chosen, setChosen] = useState<{ request: Request; grants: boolean } | null>(null);
  const query = useQuery({
    queryKey: ['requests', 'all'],
    queryFn: ({ signal }) => api('GET /requests', { query: { limit: most }, signal }),
    refetchInterval: 30_000,
  });
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data?.items ?? [];
  const open = items.filter(request => request.state === 'open');
  const over = items.filter(request => request.state !== 'open');
  return (
    <>
      <Card title={t('requests.open')} flush>
        {query.isPending ? <LoadingRows rows={3} /> : null}
        {query.data && open.length === 0 ? (
          <Empty icon={<IconInbox size={26} aria-hidden />} title={t('requests.none')} />
        ) : null}
        <ul className={css.rows}>
          {open.map(request => (
            <RequestItem key={request.id} request={request} named>
              {request.person.id === user.id ? (
                <p className="lk-hint">{t('requests.own')}</p>
              ) : (
                <div className={css.buttons}>
                  <Button onClick={() => setChosen({ request, grants: true })}>{t('requests.grant')}</Button>
                  <Button variant="default" onClick={() => setChosen({ request, grants: false })}>
                    {t('requests.refuse')}
                  </Button>
                </div>
              )}
            </RequestItem>
          ))}
        </ul>
      </Card>
      {over.length > 0 ? (
        <Card title={t('requests.over')} flush>
          <ul className={css.rows}>
            {over.map(request => (
              <RequestItem key={request.id} request={request} named />
            ))}
          </ul>
        </Card>
      ) : null}
      <DecideSheet chosen={chosen} onClose={() => setChosen(null)} />
    </>
  );
}

function Mine() {
  const { t } = useWords('accounts');
  const query = useQuery({
    queryKey: ['requests', 'mine'],
    queryFn: ({ signal }) => api('GET /requests/mine', { query: { limit: most }, signal }),
  });
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data?.items.length === 0)
    return (
      <Card title={t('requests.mine')}>
        <p className="lk-hint">{t('requests.none-mine')}</p>
      </Card>
    );
  return (
    <Card title={t('requests.mine')} flush>
      {query.isPending ? <LoadingRows rows={2} /> : null}
      <ul className={css.rows}>
        {query.data?.items.map(request => (
          <RequestItem key={request.id} request={request} />
        ))}
      </ul>
    </Card>
  );
}
