// After an unlock: what was there is there, and everything answers; for oneself, and for the whole company.
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { dateTime, number } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './desk.module.css';

type Report = Calls['GET /self-check']['reply'];
const icons = { good: IconCircleCheck, bad: IconCircleX, unknown: IconHelpCircle };

export default function SelfCheckPage() {
  const { t } = useWords('desk');
  const { may } = useMe();
  const [whole, setWhole] = useState(false);
  const query = useQuery({
    queryKey: ['self-check', whole],
    queryFn: ({ signal }) => api(whole ? 'GET /self-check/system' : 'GET /self-check', { signal }),
    staleTime: 0,
  });
  return (
    <Page
      title={t('check.title')}
      lead={t('check.lead')}
      width="reading"
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          {t('check.run')}
        </Button>
      }
    >
      {may('read:audit') ? (
        <fieldset className={css.scopes}>
          <legend className="lk-hidden">{t('check.scope')}</legend>
          {[false, true].map(one => (
            <Button
              key={String(one)}
              variant={whole === one ? 'filled' : 'default'}
              aria-pressed={whole === one}
              onClick={() => setWhole(one)}
            >
              {t(one ? 'check.system' : 'check.own')}
            </Button>
          ))}
        </fieldset>
      ) : null}
      {query.isPending ? <LoadingRows rows={6} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Shown report={query.data} /> : null}
    </Page>
  );
}

function Shown({ report }: { report: Report }) {
  const { t } = useWords('desk');
  return (
    <>
      <Note tone={report.good ? 'good' : 'bad'}>{t(report.good ? 'check.all-good' : 'check.some-bad')}</Note>
      <Card title={t('check.counts')}>
        <p className="lk-hint">
          {t(report.lockedAt ? 'check.since' : 'check.since-day', { when: dateTime(report.since) })}
        </p>
        <ul className={css.counts}>
          {report.counts.map(count => (
            <li key={count.kind}>
              <strong>{count.title}</strong>
              <dl>
                {(['now', 'before', 'added', 'removed', 'missing'] as const).map(key => (
                  <div key={key} data-bad={key === 'missing' && count.missing > 0 ? true : undefined}>
                    <dt>{t(`check.${key}`)}</dt>
                    <dd>{number(count[key])}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('check.functions')}>
        <ul className={css.checks}>
          {report.checks.map(check => {
            const Icon = icons[check.state];
            return (
              <li key={check.name} data-state={check.state}>
                <Icon size={22} aria-hidden />
                <div>
                  <strong>{check.title}</strong>
                  <span className="lk-hidden">{t(`check.state.${check.state}`)}</span>
                  <p className="lk-hint">{check.words}</p>
                </div>
              </li>
            );
          })}
        </ul>
      </Card>
    </>
  );
}
