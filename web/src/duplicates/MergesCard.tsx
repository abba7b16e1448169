// Merges that can still be undone, each one tap from being two again.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { date, dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Alike, pageOf } from './calls.ts';
import css from './duplicates.module.css';

export const renewedByMerging = [
  ['customers'],
  ['contacts'],
  ['activities'],
  ['deals'],
  ['orders'],
  ['leads'],
  ['tasks'],
  ['files'],
  ['comments'],
  ['duplicates'],
  ['merges'],
];

export function MergesCard({ object }: { object: Alike }) {
  const { t } = useWords('duplicates');
  const query = useQuery({
    queryKey: ['merges', object],
    queryFn: ({ signal }) => api('GET /merges', { query: { object, limit: 50 }, signal }),
  });
  const undo = useWrite('POST /merges/{id}/undo', {
    renews: renewedByMerging,
    onDone: ({ body }) => toast(t('undo.done', { name: body.other.name })),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t('merges.title')}>
      <p className={css.quiet}>{t('merges.lead')}</p>
      <ProblemNote error={undo.error} />
      <ul className={css.list}>
        {items.map(merge => (
          <li key={merge.id} className={css.member}>
            <span className={css.who}>
              <span>
                {merge.other.name} →{' '}
                {object === 'contact' ? (
                  merge.survivor.name
                ) : (
                  <Link className="lk-link" to={pageOf[object]} params={{ id: merge.survivor.id }}>
                    {merge.survivor.name}
                  </Link>
                )}
              </span>
              <span className={css.quiet}>
                {t('merges.by', { who: merge.by.name, when: dateTime(merge.at), until: date(merge.until) })}
              </span>
            </span>
            <Button
              variant="default"
              aria-label={t('undo.name', { name: merge.other.name })}
              loading={undo.isPending && undo.variables.params.id === merge.id}
              onClick={() => undo.mutate({ params: { id: merge.id } })}
            >
              {t('undo.open')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
