// Where guesses come from: what is held against each source, beside how much it may carry.
import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { useState } from 'react';
import { ago, number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import type { Weather } from './reading.ts';
import css from './weather.module.css';

/** How many are shown at first. */
const few = 6;

export function SourcesCard({ sources }: { sources: Weather['sources'] }) {
  const { t } = useWords('weather');
  const [all, setAll] = useState(false);
  return (
    <Card title={t('sources.title')} flush>
      {sources.length === 0 ? (
        <Empty icon={<IconMapPinOff />} title={t('sources.none')} />
      ) : (
        <p className={css.about}>{t('sources.words')}</p>
      )}
      <ol className={css.rows}>
        {sources.slice(0, all ? undefined : few).map(one => (
          <li key={one.source} className={css.source}>
            <div className={css['source-head']}>
              <div>
                <strong className={css.address}>{one.source}</strong>
                <span className={css.quiet}>
                  {[
                    one.origin,
                    t(one.people === 0 ? 'sources.people-none' : 'sources.people', { count: one.people }),
                    ago(one.lastAt),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              <span className={css.mark} data-tone={one.suspect ? 'bad' : 'plain'}>
                {t(one.suspect ? 'sources.suspect' : 'sources.noticed')}
              </span>
            </div>
            <meter
              min={0}
              max={one.limit}
              value={Math.min(one.blame, one.limit)}
              data-suspect={one.suspect}
              aria-label={t('sources.blame', {
                blame: number(one.blame),
                limit: number(one.limit),
              })}
            />
            <span className={css.quiet}>
              {t('sources.blame', { blame: number(one.blame), limit: number(one.limit) })}
            </span>
          </li>
        ))}
      </ol>
      {!all && sources.length > few ? (
        <div className={css.more}>
          <Button variant="default" onClick={() => setAll(true)}>
            {t('sources.all', { count: sources.length })}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
