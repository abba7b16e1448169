// What was changed in a record that has no page of its own, newest first, each change to be put back.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Changes } from '../audit/Changes.tsx';
import type { Calls } from '../calls.ts';
import { useOwners } from '../customers/use-owners.ts';
import { ago, dateTime } from '../formats.ts';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './history.module.css';
import { PutBack } from './PutBack.tsx';

const calls = {
  contact: 'GET /contacts/{id}/history',
  task: 'GET /tasks/{id}/history',
} as const satisfies Record<string, keyof Calls>;

export type Sheeted = keyof typeof calls;
export type RecordHistoryProps = { object: Sheeted; id: string; onDone: () => void };

export default function RecordHistory({ object, id, onDone }: RecordHistoryProps) {
  const { t } = useWords('history');
  const { nameOf } = useOwners();
  const query = useQuery({
    queryKey: [`${object}s`, id, 'history'],
    queryFn: ({ signal }) => api(calls[object], { params: { id }, query: { limit: 50 }, signal }),
  });
  if (query.isPending) return <LoadingRows rows={2} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const changes = query.data.items.filter(item => item.action === `${object}.change`);
  return (
    <section aria-label={t('title')}>
      <h3 className={css.title}>{t('title')}</h3>
      {changes.length === 0 ? <p className={css.quiet}>{t('none')}</p> : null}
      <ol className={css.list}>
        {changes.map(change => (
          <li key={change.id}>
            <p className={css.quiet}>
              {change.actor.name ?? t('system')}
              {' · '}
              <time dateTime={change.at} title={dateTime(change.at)}>
                {ago(change.at)}
              </time>
            </p>
            <Changes
              object={object}
              lines={change.changes.map(({ field, before, after }) => ({
                field,
                before: before ?? null,
                after: after ?? null,
              }))}
              nameOf={nameOf}
            />
            <PutBack object={object} id={id} entry={change.id} onDone={onDone} />
          </li>
        ))}
      </ol>
    </section>
  );
}
