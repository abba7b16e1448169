// An import at work: how far, how many; it goes on when one leaves the page.
import { Button, Progress } from '@mantine/core';
import { number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { Counts } from './Counts.tsx';
import css from './imports.module.css';
import { type ImportView, percent } from './mapping.ts';

export function Running({ one, lost }: { one: ImportView; lost: boolean }) {
  const { t } = useWords('imports');
  const cancel = useWrite('POST /imports/{id}/cancel', { renews: [['imports']] });
  const share = percent(one.done, one.total);
  return (
    <Card>
      <div className={css.form}>
        <p className={css.progress} role="status">
          {t(one.state === 'undoing' ? 'run.undoing' : 'run.running', {
            done: number(one.done),
            total: number(one.total),
          })}
        </p>
        <Progress value={share} size="lg" aria-label={t('run.label', { percent: share })} />
        {one.state === 'running' ? <Counts one={one} /> : null}
        {lost ? <Note tone="warn">{t('run.lost')}</Note> : <p className="lk-hint">{t('run.leave')}</p>}
        <ProblemNote error={cancel.error} />
        {one.state === 'running' ? (
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ params: { id: one.id } })}
          >
            {t('run.cancel')}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}
