// One trusted network: the range, whom it is for, why, until when, set by whom; and the way to end it.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { date, dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words.ts';
import { EndSheet } from './EndSheet.tsx';
import css from './networks.module.css';

export type TrustedNetwork = Calls['GET /networks/trusted']['reply']['items'][number];

export function TrustedCard({ network }: { network: TrustedNetwork }) {
  const { t } = useWords('networks');
  const { may } = useMe();
  const [ending, setEnding] = useState(false);
  const { ended, stands } = network;
  return (
    <article className={css.network} aria-label={network.cidr}>
      <header className={css.head}>
        <div>
          <h3 className={css.cidr}>{network.cidr}</h3>
          {network.origin ? <span className={css.quiet}>{network.origin}</span> : null}
        </div>
        {stands ? <span className={css.mark}>{remaining(network.endsAt, t)}</span> : null}
      </header>
      <p className={css.reason}>{network.reason}</p>
      <dl className={css.facts}>
        <Fact name={t('fact.for')} value={network.person?.name ?? t('fact.everybody')} />
        {stands ? <Fact name={t('fact.until')} value={dateTime(network.endsAt)} /> : null}
        <Fact
          name={t('fact.by')}
          value={[network.createdBy.name, date(network.createdAt)].filter(Boolean).join(' · ')}
        />
        {stands ? null : (
          <Fact
            name={t('fact.ended')}
            value={
              ended
                ? `${dateTime(ended.at)} · ${t('fact.ended-by', { who: ended.by?.name ?? '', why: ended.reason })}`
                : `${dateTime(network.endsAt)} · ${t('fact.ended-itself')}`
            }
          />
        )}
      </dl>
      {stands && may('configure:policy') ? (
        <Button variant="default" aria-haspopup="dialog" onClick={() => setEnding(true)}>
          {t('end.open')}
        </Button>
      ) : null}
      <EndSheet network={network} opened={ending} onClose={() => setEnding(false)} />
    </article>
  );
}

const dayMs = 86_400_000;

/** “6 days left”; below two days in hours. */
function remaining(endsAt: string, t: ReturnType<typeof useWords>['t']): string {
  const left = Date.parse(endsAt) - Date.now();
  return left >= 2 * dayMs
    ? t('left.days', { count: Math.floor(left / dayMs) })
    : t('left.hours', { count: Math.max(1, Math.round(left / 3_600_000)) });
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
