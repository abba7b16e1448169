// The locks of one's own account, standing and past, each with its story; and clients that send an old password.
import type { Calls } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { LockNotice } from '../locks/LockNotice.tsx';
import { LockStory } from '../stories/LockStory.tsx';
import { StaleClients } from '../stories/StaleClients.tsx';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import css from './account.module.css';

type Status = Calls['GET /status']['reply'];

/** What stands now, explained in full. Stale clients are told once, in their own card. */
export function StandingLocks({ status }: { status: Status | undefined }) {
  const standing = status?.locks.filter(lock => lock.stands) ?? [];
  return standing.map(lock => (
    <LockNotice
      key={lock.id ?? lock.since}
      lock={lock}
      story={<LockStory story={{ ...lock, staleClients: [] }} />}
    />
  ));
}

const causes = ['failed-attempts', 'password-exposed', 'suspended'];

export function PastLocks({ status }: { status: Status | undefined }) {
  const { t } = useWords('stories');
  const locks = useWords('locks');
  const past = status?.locks.filter(lock => !lock.stands) ?? [];
  return (
    <>
      {status && status.staleClients.length > 0 ? (
        <Card title={t('part.stale')}>
          <p className={css.lead}>{t('account.stale-lead')}</p>
          <StaleClients clients={status.staleClients} />
        </Card>
      ) : null}
      {past.length > 0 ? (
        <Card title={t('account.title')}>
          <p className={css.lead}>{t('account.lead')}</p>
          {past.map(lock => (
            <details key={lock.id ?? lock.since} className={css.past}>
              <summary>
                <strong>
                  {locks.t(`cause.${causes.includes(lock.cause) ? lock.cause : 'other'}.title`)}
                </strong>
                <span>
                  {t('account.ended', {
                    since: dateTime(lock.since),
                    end: dateTime(lock.lifted?.at ?? lock.until ?? lock.since),
                  })}
                </span>
              </summary>
              <p>{lock.why}</p>
              <LockStory story={{ ...lock, staleClients: [] }} />
            </details>
          ))}
        </Card>
      ) : null}
    </>
  );
}
