// A customer on a phone: who, where it stands, what comes next, and the call one thumb away.
import { Link } from '@tanstack/react-router';
import { ago } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { Due } from './Due.tsx';
import type { Customer } from './form.ts';
import { CallButton } from './reach.tsx';
import { StageMark } from './StageMark.tsx';

export function CustomerCard({ customer }: { customer: Customer }) {
  const { t } = useWords('customers');
  const last = customer.lastActivityAt ? ago(customer.lastActivityAt) : t('last.none');
  return (
    <div className={css.card}>
      <Link to="/customers/$id" params={{ id: customer.id }} className={css['card-link'] ?? ''}>
        <strong>{customer.name}</strong>
        <span className={css.line}>
          <StageMark stage={customer.stage} />
          <span className={css.quiet}>{customer.owner?.name ?? t('owner.none')}</span>
        </span>
        <span className={css.line}>
          <span className={css.quiet}>{t('card.last', { when: last })}</span>
          {customer.nextFollowUpAt ? (
            <span>
              <span className={css.quiet}>{t('card.next')} </span>
              <Due at={customer.nextFollowUpAt} />
            </span>
          ) : null}
        </span>
      </Link>
      <CallButton phone={customer.phone} name={customer.name} />
    </div>
  );
}
