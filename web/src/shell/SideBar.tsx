// The side bar on wide screens.
import { IconSearch } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { grouped, type Place } from '../nav.ts';
import { useMe } from '../session.ts';
import { Mark } from '../ui/Mark.tsx';
import { useWords } from '../words.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { UnreadMark } from './Bell.tsx';
import css from './shell.module.css';

const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** Groups that one opens when one needs them; the one that holds the present page is open. */
const folded = new Set(['data', 'guard', 'set']);

const isHere = (place: Place, pathname: string) =>
  pathname === place.to || (place.to !== '/' && pathname.startsWith(`${place.to}/`));

export function SideBar({ places, onPalette }: { places: Place[]; onPalette: () => void }) {
  const { t } = useWords('shell');
  const { workspace } = useMe();
  const pathname = useRouterState({ select: state => state.location.pathname });
  const nav = useRef<HTMLElement>(null);
  // Groups that are open may be longer than the bar: where one is must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever one goes somewhere
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  return (
    <header className={css.side}>
      <div className={css.brand}>
        <Mark size={34} />
        <div>
          <div className={css['brand-name']}>{t('brand')}</div>
          <div className={css['brand-workspace']}>{workspace.name}</div>
        </div>
      </div>
      <button type="button" className={css.jump} onClick={onPalette}>
        <IconSearch size={17} stroke={1.75} aria-hidden />
        <span>{t('palette.open')}</span>
        <kbd>{modifier} K</kbd>
      </button>
      <nav ref={nav} className={css.places} aria-label={t('nav.label')}>
        {grouped(places).map(group =>
          folded.has(group.key) ? (
            <details key={group.key} open={group.places.some(place => isHere(place, pathname))}>
              <summary className={css.group}>{t(`group.${group.key}`)}</summary>
              {group.places.map(place => (
                <SideLink key={place.to} place={place} />
              ))}
            </details>
          ) : (
            <div key={group.key}>
              {group.places.map(place => (
                <SideLink key={place.to} place={place} />
              ))}
            </div>
          ),
        )}
      </nav>
      <AccountMenu />
    </header>
  );
}

function SideLink({ place }: { place: Place }) {
  const { t } = useWords('shell');
  return (
    <Link
      to={place.to}
      className={css.place ?? ''}
      activeOptions={{ exact: place.to === '/' }}
      {...(place.jump ? { title: t('nav.jump', { key: place.jump.toUpperCase() }) } : {})}
    >
      <place.icon size={20} stroke={1.75} aria-hidden />
      {t(`nav.${place.key}`)}
      {place.key === 'notices' ? <UnreadMark /> : null}
    </Link>
  );
}
