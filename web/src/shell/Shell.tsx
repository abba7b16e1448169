// The frame around every page: side bar on a desk, bottom bar on a phone, palette, notices, sign-in sheet.
import { useNetwork } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { endedCall, listenToCalls } from '../activities/calls.ts';
import { dateTime, time } from '../formats.ts';
import { placesFor } from '../nav.ts';
import { useLive } from '../notices/use-inbox.ts';
import { listenToOffline, offlineState } from '../offline/state.ts';
import { useVisits } from '../search/recent.ts';
import { useMe } from '../session.ts';
import { askedNext, listenToNext } from '../tasks/next-step.ts';
import { Mark } from '../ui/Mark.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { Toaster } from '../ui/toast.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { loadWords, useWords } from '../words.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Bell } from './Bell.tsx';
import { BottomBar } from './BottomBar.tsx';
import { ConfirmSheet } from './ConfirmSheet.tsx';
import { HeldBack } from './HeldBack.tsx';
import { SideBar } from './SideBar.tsx';
import { SignInSheet } from './SignInSheet.tsx';
import css from './shell.module.css';
import { listenForUpdate, takeUpdate, updateState } from './updates.ts';

/** Parts that a page can do without: where one cannot be fetched, the page stays and nothing stands in its place. */
const spare = <P extends object>(load: () => Promise<{ default: ComponentType<P> }>) =>
  lazy(() => load().catch(() => ({ default: (() => null) as ComponentType<P> })));

const Notices = spare(async () => {
  await loadWords('accounts');
  return import('../accounts/Notices.tsx');
});
const AfterCall = spare(async () => {
  await loadWords('activities');
  return import('../activities/AfterCall.tsx');
});
const WhatNext = spare(async () => {
  await Promise.all([loadWords('tasks'), loadWords('customers')]);
  return import('../tasks/WhatNext.tsx');
});
const Palette = spare(async () => {
  await loadWords('search');
  return import('../search/Palette.tsx');
});

export function Shell() {
  const { t } = useWords('shell');
  const me = useMe();
  const navigate = useNavigate();
  const places = placesFor(me.capabilities);
  const call = useSyncExternalStore(listenToCalls, endedCall);
  const next = useSyncExternalStore(listenToNext, askedNext);
  const [palette, setPalette] = useState<'unused' | 'open' | 'closed'>('unused');
  const openPalette = () => setPalette('open');
  useVisits(me.user.id);
  useShortcuts({
    'mod+k': openPalette,
    ...Object.fromEntries(
      places.flatMap(place =>
        place.jump ? [[`g ${place.jump}`, () => void navigate({ to: place.to })]] : [],
      ),
    ),
  });
  if (me.held) {
    return (
      <div className={`${css.shell} ${css.held}`}>
        <header className={css.top}>
          <Mark size={28} />
          <span className={css.workspace}>{me.workspace.name}</span>
          <AccountMenu compact />
        </header>
        <main id="page" className={css.main} tabIndex={-1}>
          <HeldBack lock={me.held} />
        </main>
        <SignInSheet />
        <Toaster />
      </div>
    );
  }
  return (
    <div className={css.shell}>
      <Live />
      <a className={css.skip} href="#page">
        {t('skip')}
      </a>
      <SideBar places={places} onPalette={openPalette} />
      <header className={css.top}>
        <Mark size={28} />
        <span className={css.workspace}>{me.workspace.name}</span>
        <button type="button" className={css.bell} aria-label={t('palette.find')} onClick={openPalette}>
          <IconSearch size={22} stroke={1.75} aria-hidden />
        </button>
        <Bell />
        <AccountMenu compact />
      </header>
      <main id="page" className={css.main} tabIndex={-1}>
        <Banners />
        <Suspense fallback={null}>
          <Notices />
        </Suspense>
        <Outlet />
      </main>
      {call ? (
        <Suspense fallback={null}>
          <AfterCall call={call} />
        </Suspense>
      ) : null}
      {next && !call ? (
        <Suspense fallback={null}>
          <WhatNext key={next.id} asked={next} />
        </Suspense>
      ) : null}
      <BottomBar places={places} onPalette={openPalette} />
      {palette === 'unused' ? null : (
        <Suspense fallback={null}>
          <Palette opened={palette === 'open'} places={places} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
      <SignInSheet />
      <ConfirmSheet />
      <Toaster />
    </div>
  );
}

/** What others do shows by itself; not in a session that is held back. */
function Live() {
  useLive();
  return null;
}

/** The time of day, with the day where it is another one. */
function clock(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? time(at) : dateTime(at);
}

/** What concerns the whole app right now: no network, a new version. */
function Banners() {
  const { t } = useWords('shell');
  const { online } = useNetwork();
  const kept = useSyncExternalStore(listenToOffline, offlineState);
  const pending = kept.waiting + kept.stuck;
  const update = useSyncExternalStore(listenForUpdate, updateState);
  return (
    <div aria-live="polite">
      {online && !kept.away && pending === 0 ? null : (
        <div className={css.banner}>
          {online && !kept.away ? null : (
            <span>
              {kept.asOf === null ? t('offline.none') : t('offline.as-of', { when: clock(kept.asOf) })}
            </span>
          )}
          {kept.waiting > 0 ? <span>{t('offline.waiting', { count: kept.waiting })}</span> : null}
          {kept.stuck > 0 ? <strong>{t('offline.stuck', { count: kept.stuck })}</strong> : null}
          {pending > 0 ? (
            <Link to="/waiting" className="lk-link">
              {t('offline.look')}
            </Link>
          ) : null}
        </div>
      )}
      {update === 'offered' ? (
        <div className={css.banner}>
          <span>{t('update.words')}</span>
          <PlainButton look="quiet" onClick={takeUpdate}>
            {t('update.take')}
          </PlainButton>
        </div>
      ) : null}
    </div>
  );
}
