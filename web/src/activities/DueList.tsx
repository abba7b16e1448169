// The customers whose follow-up is due: overdue ones first, then today and the days ahead.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Due } from '../customers/Due.tsx';
import { startOfDay } from '../customers/due.ts';
import { CallButton } from '../customers/reach.tsx';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './activities.module.css';

const ahead = 7;

export function DueList() {
  const { t } = useWords('activities');
  const { user } = useMe();
  const until = startOfDay(ahead + 1).toISOString();
  const owner = user.role === 'rep' || user.role === 'manager' ? { owner: 'me' } : {};
  const query = useQuery({
    queryKey: ['customers', 'due', until, user.role],
    queryFn: ({ signal }) =>
      api('GET /customers', {
        query: { limit: 8, sort: 'nextFollowUpAt', followUpTo: until, ...owner },
        signal,
      }),
  });
  const items = query.data?.items ?? [];
  return (
    <Card
      title={t('due.title')}
      flush
      aside={
        query.data?.next ? (
          <Link className="lk-link" to="/customers" search={{ sort: 'nextFollowUpAt', ...owner }}>
            {t('due.all')}
          </Link>
        ) : null
      }
    >
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('due.none')}</p> : null}
      <ul className={css.rows}>
        {items.map(customer => (
          <li key={customer.id} className={css.due}>
            <div>
              <Link to="/customers/$id" params={{ id: customer.id }} className={css.customer ?? ''}>
                {customer.name}
              </Link>
              <span className={css.quiet}>
                <Due at={customer.nextFollowUpAt} />
                {owner.owner || !customer.owner ? null : ` · ${customer.owner.name}`}
              </span>
            </div>
            <CallButton customer={customer} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
