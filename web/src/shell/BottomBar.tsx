// The bottom bar on phones: four places within the thumb's reach, the rest behind "more".
import { IconDots, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Place } from '../nav.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { useWords } from '../words.ts';
import css from './shell.module.css';

export function BottomBar({ places, onPalette }: { places: Place[]; onPalette: () => void }) {
  const { t } = useWords('shell');
  const [more, setMore] = useState(false);
  const shown = places.length > 5 ? places.slice(0, 4) : places;
  const rest = places.slice(shown.length);
  const close = () => setMore(false);
  return (
    <>
      <nav className={css.bottom} aria-label={t('nav.label')}>
        {shown.map(place => (
          <BarLink key={place.to} place={place} />
        ))}
        {rest.length > 0 ? (
          <button type="button" className={css.tab} aria-haspopup="dialog" onClick={() => setMore(true)}>
            <IconDots size={22} stroke={1.75} aria-hidden />
            {t('nav.more')}
          </button>
        ) : null}
      </nav>
      <Sheet opened={more} onClose={close} title={t('nav.more')}>
        <div className={css.more}>
          {rest.map(place => (
            <Link key={place.to} to={place.to} className={css.place ?? ''} onClick={close}>
              <place.icon size={22} stroke={1.75} aria-hidden />
              {t(`nav.${place.key}`)}
            </Link>
          ))}
          <button
            type="button"
            className={css.place}
            onClick={() => {
              close();
              onPalette();
            }}
          >
            <IconSearch size={22} stroke={1.75} aria-hidden />
            {t('palette.open')}
          </button>
        </div>
      </Sheet>
    </>
  );
}

function BarLink({ place }: { place: Place }) {
  const { t } = useWords('shell');
  return (
    <Link to={place.to} className={css.tab ?? ''} activeOptions={{ exact: place.to === '/' }}>
      <place.icon size={22} stroke={1.75} aria-hidden />
      {t(`nav.${place.key}`)}
    </Link>
  );
}
