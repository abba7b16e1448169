// One's own open sessions; any but this one can be ended, or all at once.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { besidesAsking } from '../factors/confirming.ts';
import { ago, dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './account.module.css';

const renews = [['sessions'], ['status']];

export function Sessions() {
  const { t } = useWords('account');
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => api('GET /sessions') });
  const done = () => toast(t('sessions.ended'));
  const end = useWrite('DELETE /sessions/{id}', { renews, onDone: done });
  const endAll = useWrite('DELETE /sessions', { renews, onDone: done });
  const items = sessions.data?.items ?? [];
  return (
    <Card
      id="sessions"
      title={t('sessions.title')}
      flush
      aside={
        items.length > 1 ? (
          <Button variant="subtle" loading={endAll.isPending} onClick={() => endAll.mutate({})}>
            {t('sessions.end-others')}
          </Button>
        ) : null
      }
    >
      <ProblemNote error={besidesAsking(end.error) ?? besidesAsking(endAll.error)} />
      {sessions.isError ? <Failed error={sessions.error} onRetry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <LoadingRows rows={2} /> : null}
      <ul className={css.rows}>
        {items.map(session => (
          <li key={session.id} className={css.row}>
            <div>
              <strong>
                {session.device ?? t('sessions.no-device')}
                {session.current ? <span className={css.here}>{t('this-one')}</span> : null}
              </strong>
              <span>
                {[
                  t('last-seen', { when: ago(session.lastSeenAt) }),
                  session.address,
                  t('sessions.ends', { when: dateTime(session.endsAt) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
            {session.current ? null : (
              <Button
                variant="default"
                loading={end.isPending && end.variables.params.id === session.id}
                onClick={() => end.mutate({ params: { id: session.id } })}
              >
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
