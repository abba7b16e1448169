// The leads that became this customer, on the customer's page; nothing where there are none.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import css from '../customers/customers.module.css';
import { date } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';

export function LeadsCard({ customerId }: { customerId: string }) {
  const { t } = useWords('leads');
  const query = useQuery({
    queryKey: ['leads', 'of', customerId],
    queryFn: ({ signal }) => api('GET /leads', { query: { customer: customerId, limit: 20 }, signal }),
  });
  const leads = query.data?.items ?? [];
  if (leads.length === 0) return null;
  return (
    <Card title={t('card.title')}>
      <dl className={css.facts}>
        {leads.map(lead => (
          <div key={lead.id}>
            <dt>{lead.converted ? date(lead.converted.at) : ''}</dt>
            <dd>
              <Link className="lk-link" to="/leads/$id" params={{ id: lead.id }}>
                {lead.name}
              </Link>
              {lead.source ? ` · ${lead.source}` : ''}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
