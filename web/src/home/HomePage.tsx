// The work desk: who one is today, what stands in the way, where to go.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DueList } from '../activities/DueList.tsx';
import { RecentActivity } from '../activities/RecentActivity.tsx';
import { api } from '../api.ts';
import { AfterUnlock } from '../desk/AfterUnlock.tsx';
import { KitReminder } from '../desk/KitReminder.tsx';
import { FirstSteps } from '../first-steps/FirstSteps.tsx';
import { ago, weekday } from '../formats.ts';
import { LockNotice } from '../locks/LockNotice.tsx';
import { placesFor } from '../nav.ts';
import { useMe } from '../session.ts';
import { Page } from '../ui/Page.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { Drafts } from './Drafts.tsx';
import css from './home.module.css';
import { Today } from './Today.tsx';

export default function HomePage() {
  const { t } = useWords('home');
  const shell = useWords('shell');
  const me = useMe();
  const sheet = useSheet();
  const places = placesFor(me.capabilities).filter(place => place.to !== '/');
  const status = useQuery({ queryKey: ['status'], queryFn: () => api('GET /status') });
  // Administrators and auditors have no customers of their own to begin with: they see what is due for all.
  const isOwn = me.user.role === 'rep' || me.user.role === 'manager';
  const before = status.data?.recentSignIns.filter(event => event.outcome === 'signed-in')[1];
  return (
    <Page
      title={t(`greeting.${partOfDay(new Date().getHours())}`, { name: me.user.name })}
      actions={
        isOwn && me.may('create:task') ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            aria-haspopup="dialog"
            onClick={() => sheet.open('new-task')}
          >
            {t('today.new-task')}
          </Button>
        ) : null
      }
      lead={
        <>
          {weekday(Date.now())}
          {before ? ` · ${t('before', { when: ago(before.at) })}` : null}
        </>
      }
    >
      {me.locks.map(lock => (
        <LockNotice key={lock.cause + lock.since} lock={lock} />
      ))}
      {status.data ? <AfterUnlock locks={status.data.locks} /> : null}
      <Drafts />
      <FirstSteps />
      <KitReminder />
      {me.may('read:customer') ? (
        <div className={css.today}>
          {isOwn ? (
            <div className={css.column}>
              <Today />
            </div>
          ) : (
            <DueList />
          )}
          {me.may('read:activity') ? <RecentActivity /> : null}
        </div>
      ) : null}
      <nav className={css.places} aria-label={t('places')}>
        {places.map(place => (
          <Link key={place.to} to={place.to} className={css.place ?? ''}>
            <span className={css.badge}>
              <place.icon size={22} stroke={1.75} aria-hidden />
            </span>
            <span>
              <strong>{shell.t(`nav.${place.key}`)}</strong>
              <span>{shell.t(`about.${place.key}`)}</span>
            </span>
          </Link>
        ))}
      </nav>
    </Page>
  );
}

function partOfDay(hour: number): string {
  if (hour < 5) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}
