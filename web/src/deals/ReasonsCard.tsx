// Why deals are won and lost, for administrators: both lists in one place, each edited in a sheet.
import { Button } from '@mantine/core';
import { Suspense } from 'react';
import { fetched } from '../ui/fetched.tsx';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { type Outcome, useReasons } from './use-reasons.ts';

const ReasonsForm = fetched(() => import('./ReasonsForm.tsx'));

export function ReasonsCard() {
  const { t } = useWords('deals');
  return (
    <Card title={t('reasons.title')}>
      <One outcome="won" />
      <One outcome="lost" />
      <p className={css.quiet}>{t('reasons.kept')}</p>
    </Card>
  );
}

function One({ outcome }: { outcome: Outcome }) {
  const { t } = useWords('deals');
  const sheet = useSheet();
  const name = `reasons-${outcome}`;
  const { query, offered, nameOf } = useReasons(outcome);
  const { data } = query;
  return (
    <section className={css.reasons} aria-label={t(`reasons.${outcome}`)}>
      <h3>{t(`reasons.${outcome}`)}</h3>
      <Button
        variant="subtle"
        aria-label={t(`reasons.edit-${outcome}`)}
        onClick={() => sheet.open(name)}
        disabled={!data}
      >
        {t('reasons.edit')}
      </Button>
      {query.isPending ? <LoadingRows rows={1} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {data ? <p>{offered.map(one => nameOf(one.key)).join(t('joint'))}</p> : null}
      <p className={css.quiet}>{t(`reasons.words-${outcome}`)}</p>
      <Sheet opened={sheet.is(name)} onClose={sheet.close} title={t(`reasons.edit-${outcome}`)}>
        {sheet.is(name) && data ? (
          <Suspense fallback={<LoadingRows rows={4} />}>
            <ReasonsForm key={data.version} outcome={outcome} {...data} onDone={sheet.close} />
          </Suspense>
        ) : null}
      </Sheet>
    </section>
  );
}
