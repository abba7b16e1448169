// The side bar on wide screens.
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Place } from '../nav.ts';
import { useMe } from '../session.ts';
import { Mark } from '../ui/Mark.tsx';
import { useWords } from '../words.ts';
import { AccountMenu } from './AccountMenu.tsx';
import css from './shell.module.css';

const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export function SideBar({ places, onPalette }: { places: Place[]; onPalette: () => void }) {
  const { t } = useWords('shell');
  const { workspace } = useMe();
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
      <nav className={css.places} aria-label={t('nav.label')}>
        {places.map(place => (
          <Link
            key={place.to}
            to={place.to}
            className={css.place ?? ''}
            activeOptions={{ exact: place.to === '/' }}
            title={t('nav.jump', { key: place.jump.toUpperCase() })}
          >
            <place.icon size={20} stroke={1.75} aria-hidden />
            {t(`nav.${place.key}`)}
          </Link>
        ))}
      </nav>
      <AccountMenu />
    </header>
  );
}
