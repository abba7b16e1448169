// One's own familiar networks, on the account page: from where the account is known, and what is trusted for oneself.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ago, date } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './networks.module.css';

export function FamiliarNetworks() {
  const { t } = useWords('networks');
  const mine = useQuery({ queryKey: ['networks', 'mine'], queryFn: () => api('GET /networks/mine') });
  const forget = useWrite('DELETE /networks/mine/{id}', {
    renews: [['networks', 'mine']],
    onDone: () => toast(t('mine.forgotten')),
  });
  const { data } = mine;
  return (
    <Card title={t('mine.title')} flush>
      <p className={css.about}>{t('mine.words')}</p>
      <ProblemNote error={forget.error} />
      {mine.isError ? <Failed error={mine.error} onRetry={() => void mine.refetch()} /> : null}
      {mine.isPending ? <LoadingRows rows={2} /> : null}
      <ul className={css.rows}>
        {data?.trusted.map(network => (
          <li key={network.id} className={css.row}>
            <div>
              <strong>
                <span className={css.cidr}>{network.cidr}</span>
                <span className={css.mark}>{t('mine.trusted')}</span>
              </strong>
              <span className={css.quiet}>
                {[network.reason, t('mine.until', { when: date(network.endsAt) })].join(' · ')}
              </span>
            </div>
          </li>
        ))}
        {data?.items.map(network => {
          // Without a known origin the address says more than its network.
          const known = !network.origin.includes('/');
          const name = known ? network.origin : network.source;
          return (
            <li key={network.id} className={css.row}>
              <div>
                <strong>
                  {name}
                  {network.current ? <span className={css.mark}>{t('mine.current')}</span> : null}
                </strong>
                <span className={css.quiet}>
                  {[t('mine.seen', { when: ago(network.lastSeenAt) }), known ? network.source : null]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              <Button
                variant="default"
                aria-label={t('mine.forget-one', { name })}
                loading={forget.isPending && forget.variables.params.id === network.id}
                onClick={() => forget.mutate({ params: { id: network.id } })}
              >
                {t('mine.forget')}
              </Button>
            </li>
          );
        })}
      </ul>
      {data?.items.length === 0 ? <p className={css.about}>{t('mine.none')}</p> : null}
    </Card>
  );
}
