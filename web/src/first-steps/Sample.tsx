// Sample records: offered to an empty workspace, taken away again in one step.
import { Button } from '@mantine/core';
import { IconSparkles, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './first-steps.module.css';

export function AddSample() {
  const { t } = useWords('first-steps');
  const queries = useQueryClient();
  const add = useWrite('POST /first-steps/sample', {
    onDone: async ({ body }) => {
      await queries.invalidateQueries();
      toast(t('sample.added', { count: body.records }));
    },
  });
  return (
    <div className={css.sample}>
      <span>
        <strong>{t('sample.offer')}</strong>
        <span className={css.quiet}>{t('sample.offer-hint')}</span>
      </span>
      <Button
        variant="default"
        leftSection={<IconSparkles size={18} aria-hidden />}
        loading={add.isPending}
        onClick={() => add.mutate({})}
      >
        {t('sample.add')}
      </Button>
      <ProblemNote error={add.error} />
    </div>
  );
}

/** Says that a sample lies among the records, and takes it away. */
export function SampleCard({ count }: { count: number }) {
  const { t } = useWords('first-steps');
  const sheet = useSheet();
  return (
    <Card>
      <div className={css.sample}>
        <span>
          <strong>{t('sample.there', { count })}</strong>
          <span className={css.quiet}>{t('sample.there-hint')}</span>
        </span>
        <Button
          variant="default"
          leftSection={<IconTrash size={18} aria-hidden />}
          aria-haspopup="dialog"
          onClick={() => sheet.open('sample')}
        >
          {t('sample.remove')}
        </Button>
      </div>
      <Sheet opened={sheet.is('sample')} onClose={sheet.close} title={t('sample.remove')}>
        <Removal onDone={sheet.close} />
      </Sheet>
    </Card>
  );
}

function Removal({ onDone }: { onDone: () => void }) {
  const { t } = useWords('first-steps');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const sample = useQuery({
    queryKey: ['first-steps', 'sample'],
    queryFn: ({ signal }) => api('GET /first-steps/sample', { signal }),
    staleTime: 0,
  });
  const remove = useWrite('DELETE /first-steps/sample', {
    onDone: async ({ body }) => {
      onDone();
      await queries.invalidateQueries();
      toast(t('sample.removed', { count: body.removed }), {
        label: t('sample.bin'),
        act: () => void navigate({ to: '/bin' }),
      });
    },
  });
  if (sample.isError) return <Failed error={sample.error} onRetry={() => void sample.refetch()} />;
  if (!sample.data) return <LoadingRows rows={3} />;
  const { records, changed } = sample.data;
  const go = (what: 'keep' | 'remove') => remove.mutate({ query: { changed: what } });
  return (
    <div className={css.body}>
      <p>{t('sample.ask', { count: records })}</p>
      {changed.length > 0 ? (
        <>
          <p>{t('sample.changed', { count: changed.length })}</p>
          <ul className={css.changed}>
            {changed.map(({ object, id, name }) => (
              <li key={id}>
                <span className={css.quiet}>{t(`sample.object.${object}`)}</span> {name}
              </li>
            ))}
          </ul>
          <p className={css.quiet}>{t('sample.own')}</p>
        </>
      ) : null}
      <ProblemNote error={remove.error} />
      <div className="lk-row">
        {changed.length > 0 ? (
          <Button variant="default" loading={remove.isPending} onClick={() => go('keep')}>
            {t('sample.keep')}
          </Button>
        ) : null}
        <Button color="red" loading={remove.isPending} onClick={() => go('remove')}>
          {t(changed.length > 0 ? 'sample.all' : 'sample.sure')}
        </Button>
      </div>
    </div>
  );
}
