// Whose accounts are tried most within a day; names that are nobody's stand together.
import { IconUserOff } from '@tabler/icons-react';
import { ago, number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import type { Weather } from './reading.ts';
import css from './weather.module.css';

export function AccountsCard({ accounts }: { accounts: Weather['accounts'] }) {
  const { t } = useWords('weather');
  const most = Math.max(1, ...accounts.map(one => one.tries + one.turnedAway));
  return (
    <Card title={t('accounts.title')} flush>
      {accounts.length === 0 ? (
        <Empty icon={<IconUserOff />} title={t('accounts.none')} />
      ) : (
        <p className={css.about}>{t('accounts.words')}</p>
      )}
      <ol className={css.rows}>
        {accounts.map(one => {
          const all = one.tries + one.turnedAway;
          const name = one.person?.name ?? t('accounts.nobody', { count: one.names });
          return (
            <li key={one.person?.id ?? 'nobody'} className={css.source}>
              <div className={css['source-head']}>
                <div>
                  <strong>{name}</strong>
                  <span className={css.quiet}>
                    {[
                      t('accounts.tries', { count: one.tries }),
                      one.turnedAway > 0 ? t('accounts.away', { count: one.turnedAway }) : null,
                      one.lastAt ? ago(one.lastAt) : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </div>
                {one.letIn > 0 ? (
                  <span className={css.mark} data-tone="bad">
                    {t('accounts.let-in', { count: one.letIn })}
                  </span>
                ) : null}
              </div>
              <meter min={0} max={most} value={all} aria-label={`${name}: ${number(all)}`} />
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
