// One lock as an administrator sees it: whose, why, since, until, what points to it, and the way to lift it.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { countdown, dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { useSecondsLeft } from '../ui/countdown.ts';
import { useWords } from '../words.ts';
import { LiftSheet } from './LiftSheet.tsx';
import css from './policies.module.css';

export type ListedLock = Calls['GET /locks']['reply']['items'][number];

const lanes = ['knownDevice', 'familiarNetwork', 'strangers', 'alarm'];
const hows = [
  'time',
  'administrator',
  'server',
  'email-code',
  'totp',
  'passkey',
  'recovery-code',
  'recovery',
];
const causes = ['failed-attempts', 'password-exposed', 'suspended'];

type LockCardProps = {
  lock: ListedLock;
  /** Headed by the name of whom it concerns. */
  named?: boolean;
  /** Leads to the lock's own page. */
  linked?: boolean;
};

export function LockCard({ lock, named = false, linked = false }: LockCardProps) {
  const { t } = useWords('policies');
  const { may } = useMe();
  const [lifting, setLifting] = useState(false);
  const left = useSecondsLeft(lock.stands && lock.until ? Date.parse(lock.until) : null);
  const name = lock.subject.person?.name ?? t('lock.unknown-name');
  const cause = causes.includes(lock.cause) ? t(`cause.${lock.cause}`) : lock.cause;
  const stands = lock.stands && left !== 0;
  return (
    <article className={css.lock} aria-label={`${name}: ${cause}`}>
      <header className={css['lock-head']}>
        <div>
          {named ? <h3>{name}</h3> : null}
          <p className={named ? css.quiet : css.cause}>{cause}</p>
        </div>
        {stands && left !== null ? (
          <span className={css.clock} role="timer" aria-label={t('lock.left')}>
            {countdown(left)}
          </span>
        ) : null}
      </header>
      <dl className={css.facts}>
        <Fact name={t('lock.since')} value={dateTime(lock.since)} />
        <Fact name={t('lock.until')} value={lock.until ? dateTime(lock.until) : t('lock.open-end')} />
        <Fact name={t('lock.verdict')} value={t(`verdict.${lock.normal ?? 'open'}`)} />
        <Evidence evidence={lock.evidence} />
        {lock.lifted ? (
          <Fact
            name={t('lock.lifted')}
            value={[
              dateTime(lock.lifted.at),
              lock.lifted.how && hows.includes(lock.lifted.how)
                ? t(`how.${lock.lifted.how}`)
                : lock.lifted.how,
              lock.lifted.reason,
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ) : null}
      </dl>
      <div className={css.acts}>
        {linked ? (
          <Button
            variant="default"
            renderRoot={props => <Link {...props} to="/locks/$id" params={{ id: lock.id }} />}
          >
            {t('lock.open')}
          </Button>
        ) : null}
        {stands && may('help:lock') ? (
          <Button variant="default" aria-haspopup="dialog" onClick={() => setLifting(true)}>
            {t('lift.open')}
          </Button>
        ) : null}
      </div>
      <LiftSheet lock={lock} name={name} opened={lifting} onClose={() => setLifting(false)} />
    </article>
  );
}

/** What the lock rests on: misses, the lane, the last address and device. */
function Evidence({ evidence }: { evidence: Record<string, unknown> }) {
  const { t } = useWords('policies');
  const { misses, lane, lastAddress, lastDevice } = evidence;
  return (
    <>
      {typeof lane === 'string' && lanes.includes(lane) ? (
        <Fact name={t('lock.lane')} value={t(`lane.${lane}.name`)} />
      ) : null}
      {typeof misses === 'number' ? <Fact name={t('lock.misses')} value={String(misses)} /> : null}
      {typeof lastAddress === 'string' ? <Fact name={t('lock.address')} value={lastAddress} /> : null}
      {typeof lastDevice === 'string' && lastDevice ? (
        <Fact name={t('lock.device')} value={lastDevice} />
      ) : null}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
