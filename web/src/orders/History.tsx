// What was done to a quote or an order, newest first.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useOwnWords } from '../custom-fields/use-own-words.tsx';
import { ago, dateTime } from '../formats.ts';
import { PutBack } from '../history/PutBack.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import type { Order } from './form.ts';
import { dayWords, exact } from './marks.tsx';
import css from './orders.module.css';

type Told = { name: string; quantity: string; unitPrice: number };
const isTold = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && 'quantity' in value && 'unitPrice' in value;

export function History({ order, writable }: { order: Order; writable: boolean }) {
  const { t } = useWords('orders');
  const { id, currency } = order;
  const own = useOwnWords('order');
  const query = useQuery({
    queryKey: ['orders', id, 'history'],
    queryFn: ({ signal }) =>
      api('GET /orders/{id}/history', { params: { id }, query: { limit: 50 }, signal }),
  });
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const shown = (field: string, value: unknown): React.ReactNode => {
    if (value === null || value === undefined || value === '') return t('changes.none');
    const mine = own(field)?.value(value);
    if (mine) return mine;
    if (['total', 'paid', 'amount'].includes(field)) return exact(Number(value), currency);
    if (field === 'status') return t(`status.${String(value)}`);
    if (field === 'taxIncluded') return t(value === true ? 'tax.included' : 'tax.added');
    if (field.endsWith('On') || field === 'validUntil') return dayWords(String(value));
    if (field === 'lines' && Array.isArray(value))
      return value
        .filter(isTold)
        .map(line => `${line.name} × ${line.quantity} × ${exact(line.unitPrice, currency)}`)
        .join('\n');
    if (field === 'instalments' && Array.isArray(value))
      return (value as { dueOn: string; amount: number }[])
        .map(one => `${dayWords(one.dueOn)} ${exact(one.amount, currency)}`)
        .join('\n');
    if (typeof value === 'object') return String((value as { name?: string }).name ?? '');
    return String(value);
  };
  return (
    <Card title={t('changes.title')} flush>
      <ol className={css.rows}>
        {(query.data?.items ?? []).map(entry => (
          <li key={entry.id}>
            <span className={css.row}>
              <strong>{t(`did.${entry.action.slice('order.'.length)}`)}</strong>
              <span className={css.quiet}>
                {entry.actor.name ?? t('changes.system')} ·{' '}
                <time dateTime={entry.at} title={dateTime(entry.at)}>
                  {ago(entry.at)}
                </time>
              </span>
            </span>
            {entry.action === 'order.add'
              ? null
              : entry.changes.map(change => (
                  <span key={change.field} className={css.change}>
                    <span className={css.quiet}>{own(change.field)?.name ?? t(`field.${change.field}`)}</span>
                    <span>
                      {change.before === null ? null : <del>{shown(change.field, change.before)}</del>}{' '}
                      <ins>{shown(change.field, change.after)}</ins>
                    </span>
                  </span>
                ))}
            {writable && entry.action === 'order.change' ? (
              <PutBack object="order" id={id} entry={entry.id} />
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
