// One lock with its whole story, as an administrator or auditor sees it, and what its owner is told.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api.ts';
import { LockNotice } from '../locks/LockNotice.tsx';
import { LockStory } from '../stories/LockStory.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { LockCard } from './LockCard.tsx';
import css from './policies.module.css';

/** The owner's ways out are words here: they would lead the reader out of his own account. */
const nothing = () => <span hidden />;

const route = getRouteApi('/locks/$id');

export default function LockPage() {
  const { t } = useWords('policies');
  const { id } = route.useParams();
  const found = useQuery({
    queryKey: ['locks', id],
    queryFn: ({ signal }) => api('GET /locks/{id}', { params: { id }, signal }),
  });
  const lock = found.data;
  const name = lock?.subject.person?.name ?? t('lock.unknown-name');
  return (
    <Page
      title={lock ? t('lock.title', { name }) : t('locks.title')}
      lead={t('lock.lead')}
      back={{ to: '/locks', label: t('locks.title') }}
      width="reading"
    >
      {found.isPending ? <LoadingRecord /> : null}
      {found.isError ? <Failed error={found.error} onRetry={() => void found.refetch()} /> : null}
      {lock ? (
        <>
          <Card>
            <LockCard lock={lock} />
          </Card>
          <section className="lk-lock" aria-label={t('lock.story')}>
            <LockStory story={lock} heading="h2" />
          </section>
          <h2 className={css.told}>{t('lock.told')}</h2>
          <p className={css.quiet}>{t('lock.told-lead')}</p>
          <LockNotice lock={lock} action={nothing} />
        </>
      ) : null}
    </Page>
  );
}
