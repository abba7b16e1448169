// Whose a customer is and was, the latest first, and why it went on.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import css from '../customers/customers.module.css';
import { date } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';

type Holder = Calls['GET /customers/{id}/holders']['reply']['items'][number];

export function Holders({ holders }: { holders: Holder[] }) {
  const { t } = useWords('pool');
  if (holders.length === 0) return null;
  return (
    <section>
      <h3>{t('holders.title')}</h3>
      <HolderList holders={holders} />
    </section>
  );
}

function HolderList({ holders }: { holders: Holder[] }) {
  const { t } = useWords('pool');
  return (
    <dl className={css.facts}>
      {holders.map(holder => (
        <div key={`${holder.owner.id}${holder.since}`}>
          <dt>{holder.owner.name}</dt>
          <dd>
            {holder.until
              ? t('holders.span', { from: date(holder.since), to: date(holder.until) })
              : t('holders.since', { from: date(holder.since) })}
            {holder.why ? ` · ${t(`holders.${holder.why}`)}` : ''}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The same as a card of the customer's page; nothing while it has had one owner only. */
export function HoldersCard({ customerId }: { customerId: string }) {
  const { t } = useWords('pool');
  const query = useQuery({
    queryKey: ['customers', customerId, 'holders'],
    queryFn: ({ signal }) => api('GET /customers/{id}/holders', { params: { id: customerId }, signal }),
  });
  const holders = query.data?.items ?? [];
  if (!holders.some(holder => holder.until !== null)) return null;
  return (
    <Card title={t('holders.title')}>
      <HolderList holders={holders} />
    </Card>
  );
}
