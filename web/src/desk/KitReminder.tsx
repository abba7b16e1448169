// On the work desk of an administrator, until he could break the glass: what is still to be done.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import css from './desk.module.css';

export function KitReminder() {
  const { t } = useWords('desk');
  const { may } = useMe();
  const kit = useQuery({
    queryKey: ['kit'],
    queryFn: () => api('GET /kit'),
    enabled: may('help:person'),
  });
  if (!kit.data) return null;
  const { codesLeft, printedAt, rehearsedAt } = kit.data;
  if (codesLeft > 0 && printedAt && rehearsedAt) return null;
  const steps: [string, boolean][] = [
    ['step-codes', codesLeft > 0],
    ['step-print', printedAt !== null],
    ['step-rehearse', rehearsedAt !== null],
  ];
  return (
    <Card title={t('kit.home')}>
      <div className={css.form}>
        <p>{t('kit.home-words')}</p>
        <ol className={css.steps}>
          {steps.map(([key, done]) => (
            <li key={key}>
              {t(`kit.${key}`)} {done ? <span className="lk-hint">{t('kit.done')}</span> : null}
            </li>
          ))}
        </ol>
        <div>
          <Button renderRoot={props => <Link {...props} to="/kit" />}>{t('kit.open')}</Button>
        </div>
      </div>
    </Card>
  );
}
