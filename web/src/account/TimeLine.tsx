// What happened to one's account lately: sign-ins, changes, locks; newest first.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './account.module.css';

type Status = Calls['GET /status']['reply'];
const few = 6;
const kinds = [
  'session.open',
  'session.end-all',
  'sign-in.refused',
  'sign-in.turned-away',
  'password.change',
  'password.recover',
  'password.void',
  'password.initial',
  'person.change',
  'person.suspend',
  'person.resume',
  'person.expire',
  'person.grant',
  'person.end-grant',
  'person.verify-address',
  'device.revoke',
  'device.disown',
  'factor.add',
  'factor.remove',
  'factor.use',
  'locked',
  'unlocked',
];

export function TimeLine({ status }: { status: Status | undefined }) {
  const { t } = useWords('account');
  const [all, setAll] = useState(false);
  if (!status)
    return (
      <Card title={t('recent.title')} flush>
        <LoadingRows rows={3} />
      </Card>
    );
  const known = status.timeline.filter(moment => kinds.includes(moment.kind));
  return (
    <Card title={t('recent.title')} flush>
      <ul className={css.rows}>
        {known.slice(0, all ? known.length : few).map(({ at, kind, device, address }) => (
          <li key={at + kind} className={css.row}>
            <div>
              <strong>{t(`happened.${kind.replace('.', '-')}`)}</strong>
              <span>{[device, address].filter(Boolean).join(' · ')}</span>
            </div>
            <time dateTime={at}>{dateTime(at)}</time>
          </li>
        ))}
        {known.length === 0 ? <li className={css.row}>{t('recent.none')}</li> : null}
        {known.length > few && !all ? (
          <li className={css.row}>
            <Button variant="subtle" onClick={() => setAll(true)}>
              {t('recent.more')}
            </Button>
          </li>
        ) : null}
      </ul>
    </Card>
  );
}
