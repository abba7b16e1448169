// What can be done with the records that are picked: it stands at the foot of the list while one picks.
import { Button, Checkbox } from '@mantine/core';
import { IconEdit, IconTrash, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { api } from '../api.ts';
import { number } from '../formats.ts';
import { useMe } from '../session.ts';
import { fetched } from '../ui/fetched.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './batches.module.css';
import type { Batch, BatchObject, NewBatch } from './changes.ts';
import { mostNamed, type Picked } from './use-selection.ts';

const BulkSheet = fetched(() => import('./BulkSheet.tsx'));

type BulkBarProps = {
  object: BatchObject;
  selection: Picked;
  filters: Record<string, string>;
  /** What else can be done with those that were picked one by one. */
  acts?: ReactNode;
};

export function BulkBar({ object, selection, filters, acts }: BulkBarProps) {
  const { t } = useWords('batches');
  const { may } = useMe();
  const queries = useQueryClient();
  const [sheet, setSheet] = useState<'change' | 'remove' | null>(null);
  const [all, setAll] = useState(false);
  const [running, setRunning] = useState<string | null>(null);
  const renews = [[`${object}s`], ['batches']];
  const undo = useWrite('POST /batches/{id}/undo', {
    renews,
    onDone: ({ body }) => follow(body),
  });
  const begin = useWrite('POST /batches', { renews, onDone: ({ body }) => follow(body) });
  const count = useQuery({
    queryKey: ['batches', 'count', object, filters],
    queryFn: () => api('POST /batches/count', { body: { object, filters } }),
    enabled: all && selection.on,
    staleTime: 30_000,
  });
  const total = count.data
    ? count.data.more
      ? `${number(count.data.count)}+`
      : number(count.data.count)
    : '…';
  const which = () => (all ? { filters } : { ids: selection.ids });
  const meant = all ? t('meant.all', { total }) : t('meant.picked', { count: selection.ids.length });

  function follow(batch: Batch) {
    if (batch.state === 'done' || batch.state === 'undone') told(batch);
    else setRunning(batch.id);
  }
  function told(batch: Batch) {
    if (batch.state === 'undone')
      return toast(
        t(batch.kept > 0 ? 'told.undone' : 'told.undone-all', { count: batch.restored, kept: batch.kept }),
      );
    const words = t(batch.action === 'remove' ? 'told.removed' : 'told.changed', { count: batch.changed });
    const skipped = batch.skipped > 0 ? ` ${t('told.skipped', { count: batch.skipped })}` : '';
    toast(
      words + skipped,
      batch.undoableUntil
        ? { label: t('undo'), act: () => undo.mutate({ params: { id: batch.id } }) }
        : undefined,
    );
  }
  function send(change: Omit<NewBatch, 'object'>, done?: () => void) {
    begin.mutate(
      { body: { object, ...which(), ...change } },
      {
        onSuccess: () => {
          done?.();
          setSheet(null);
          setAll(false);
          selection.clear();
        },
      },
    );
  }
  const open = (name: 'change' | 'remove') => {
    begin.reset();
    setSheet(name);
  };
  const none = all ? count.data?.count === 0 : selection.ids.length === 0;
  return (
    <>
      {running ? (
        <Running
          id={running}
          onSettled={batch => {
            setRunning(null);
            for (const queryKey of renews) void queries.invalidateQueries({ queryKey });
            told(batch);
          }}
        />
      ) : null}
      {selection.on ? (
        <section className={css.bar} aria-label={t('bar')}>
          <strong aria-live="polite">{meant}</strong>
          <Checkbox label={t('all')} checked={all} onChange={event => setAll(event.currentTarget.checked)} />
          {!all && selection.ids.length >= mostNamed ? (
            <span className="lk-hint">{t('most', { count: mostNamed })}</span>
          ) : null}
          <span className={css.acts}>
            {all ? null : acts}
            {may(`update:${object}`) ? (
              <Button
                variant={acts && !all ? 'default' : 'filled'}
                disabled={none}
                leftSection={<IconEdit size={18} aria-hidden />}
                onClick={() => open('change')}
              >
                {t('change.open')}
              </Button>
            ) : null}
            {may(`delete:${object}`) ? (
              <Button
                variant="default"
                disabled={none}
                leftSection={<IconTrash size={18} aria-hidden />}
                onClick={() => open('remove')}
              >
                {t('remove.open')}
              </Button>
            ) : null}
            <Button
              variant="subtle"
              leftSection={<IconX size={18} aria-hidden />}
              onClick={() => {
                setAll(false);
                selection.clear();
              }}
            >
              {t('leave')}
            </Button>
          </span>
        </section>
      ) : null}
      {selection.on ? (
        <Suspense fallback={null}>
          <BulkSheet
            object={object}
            opened={sheet === 'change'}
            meant={meant}
            busy={begin.isPending}
            error={begin.error}
            onSend={send}
            onClose={() => setSheet(null)}
          />
        </Suspense>
      ) : null}
      <Sheet opened={sheet === 'remove'} onClose={() => setSheet(null)} title={t('remove.title')}>
        <div className="lk-stack">
          <p>{meant}</p>
          <p className="lk-hint">{t('remove.words')}</p>
          <ProblemNote error={begin.error} />
          <Button color="red" loading={begin.isPending} onClick={() => send({ remove: true })}>
            {t('remove.send')}
          </Button>
        </div>
      </Sheet>
    </>
  );
}

/** How far a batch has come that goes on in the background. */
function Running({ id, onSettled }: { id: string; onSettled: (batch: Batch) => void }) {
  const { t } = useWords('batches');
  const query = useQuery({
    queryKey: ['batches', id],
    queryFn: ({ signal }) => api('GET /batches/{id}', { params: { id }, signal }),
    refetchInterval: 1_000,
    staleTime: 0,
  });
  const batch = query.data;
  const settled = batch?.state === 'done' || batch?.state === 'undone' || batch?.state === 'failed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it is settled
  useEffect(() => {
    if (batch && settled) onSettled(batch);
  }, [settled]);
  if (!batch) return null;
  const undoing = batch.state === 'undoing';
  const done = undoing ? batch.restored + batch.kept : batch.done;
  const most = undoing ? batch.changed : batch.total;
  return (
    <section className={css.bar} aria-label={t('running')}>
      <strong>{t(undoing ? 'undoing' : 'running')}</strong>
      <progress className={css.progress} value={done} max={Math.max(most, 1)} aria-label={t('running')} />
      <span>{t('progress', { done: number(done), total: number(most) })}</span>
    </section>
  );
}
