// Who was signed in to from a strange device during an attack: if a password was guessed, it is one of these.
import { Link } from '@tanstack/react-router';
import { deviceWords } from '../audit/device.ts';
import { dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import type { Weather } from './reading.ts';
import css from './weather.module.css';

export function LetInCard({ weather }: { weather: Weather }) {
  const { t } = useWords('weather');
  const { letIn } = weather;
  if (letIn.length === 0) return null;
  return (
    <Card title={t('let-in.title', { count: letIn.length })} flush>
      <p className={css.about}>{t('let-in.words')}</p>
      <ul className={css.rows}>
        {letIn.map(one => (
          <li key={`${one.person.id}${one.at}`} className={css.row}>
            <div>
              <strong>{one.person.name}</strong>
              <span className={css.quiet}>
                {[dateTime(one.at), one.origin, one.address, deviceWords(one.device)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
            <div className={css.links}>
              <Link to="/log" search={{ actor: one.person.id }}>
                {t('let-in.log')}
              </Link>
              <Link to="/people">{t('let-in.person')}</Link>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
