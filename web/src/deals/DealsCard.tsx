// The deals with one customer, on the customer's page.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWords } from '../words.ts';
import { moneyOf } from './board.ts';
import { DaysMark } from './DealCard.tsx';
import css from './deals.module.css';
import { NewDeal } from './NewDeal.tsx';
import { stageName } from './stage-name.ts';

type DealsCardProps = { customer: { id: string; name: string }; editable: boolean };

export function DealsCard({ customer, editable }: DealsCardProps) {
  const { t } = useWords('deals');
  const { may } = useMe();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: ['deals', 'of', customer.id],
    queryFn: ({ signal }) => api('GET /deals', { query: { customer: customer.id, limit: 50 }, signal }),
  });
  const deals = query.data?.items ?? [];
  return (
    <Card
      title={t('title')}
      flush
      aside={
        editable && may('create:deal') ? (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('new.short')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && deals.length === 0 ? <p className={css.none}>{t('card.none')}</p> : null}
      <ul className={css.line}>
        {deals.map(deal => (
          <li key={deal.id}>
            <Link to="/deals/$id" params={{ id: deal.id }} className={css.name ?? ''}>
              {deal.title}
            </Link>
            <span className={css['card-line']}>
              <span>
                <span className={css.mark} data-kind={deal.stage.kind}>
                  {stageName(deal.stage.name)}
                </span>{' '}
                <span className={css.amount}>
                  {deal.amount
                    ? moneyOf(deal.amount, deal.currency)
                    : deal.amount === null
                      ? '—'
                      : t('amount.none')}
                </span>
              </span>
              <DaysMark deal={deal} />
            </span>
          </li>
        ))}
      </ul>
      <NewDeal
        opened={adding}
        onClose={() => setAdding(false)}
        customer={customer}
        onSaved={deal => {
          setAdding(false);
          toast(t('new.saved', { title: deal.title }), {
            label: t('new.look'),
            act: () => void navigate({ to: '/deals/$id', params: { id: deal.id } }),
          });
        }}
      />
    </Card>
  );
}
