// The bottom bar on phones: four places within the thumb's reach, the rest behind "more".
import { IconDots, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { grouped, type Place } from '../nav.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { useWords } from '../words.ts';
import css from './shell.module.css';

/** What lies within the thumb's reach, as far as this person has it. */
const inReach = ['home', 'customers', 'deals', 'tasks', 'contacts', 'people', 'locks', 'log', 'account'];

export function BottomBar({ places, onPalette }: { places: Place[]; onPalette: () => void }) {
  const { t } = useWords('shell');
  const [more, setMore] = useState(false);
  const reach = inReach.flatMap(key => places.filter(place => place.key === key));
  const shown = places.length > 5 ? reach.slice(0, 4) : places;
  const rest = places.filter(place => !shown.includes(place));
  const own = rest.filter(place => place.key === 'account');
  const account = own.length > 0 ? [{ key: 'own' as const, places: own }] : [];
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
          {[...grouped(rest), ...account].map(group => (
            <section key={group.key} aria-label={t(`group.${group.key}`)}>
              <h3 className={css.group}>{t(`group.${group.key}`)}</h3>
              {group.places.map(place => (
                <Link key={place.to} to={place.to} className={css.place ?? ''} onClick={close}>
                  <place.icon size={22} stroke={1.75} aria-hidden />
                  {t(`nav.${place.key}`)}
                </Link>
              ))}
            </section>
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
