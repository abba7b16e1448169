// Deals that wait and payments that are due, as rows of the day.
import { Link } from '@tanstack/react-router';
import type { Calls } from '../calls.ts';
import { daysUntil } from '../customers/due.ts';
import { stageName } from '../deals/stage-name.ts';
import { day, money } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './home.module.css';

type Reply = Calls['GET /today']['reply'];
type Deal = Reply['deals']['items'][number];
type Payment = Reply['payments']['items'][number];

/** Money in minor units, of a currency with as many digits as it has. */
const exact = (minor: number, currency: string) => {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits;
  return money(minor / 10 ** (digits ?? 2), currency);
};

export function WaitingDealRow({ deal }: { deal: Deal }) {
  const { t } = useWords('home');
  const late = deal.expectedOn ? -daysUntil(`${deal.expectedOn}T12:00:00`) : 0;
  const standing = -daysUntil(deal.stageSince);
  return (
    <div className={css.row}>
      <div className={css.words}>
        <Link to="/deals/$id" params={{ id: deal.id }} className={css.name ?? ''}>
          {deal.title}
        </Link>
        <span className={css.meta}>
          <span className={css.late}>
            {late > 0
              ? t('deal.late', { count: late })
              : t('deal.standing', { stage: stageName(deal.stage.name), count: standing })}
          </span>
          <span>{deal.customer.name}</span>
          {deal.nextStep ? <span>{deal.nextStep}</span> : null}
        </span>
      </div>
      {deal.amount ? <span className={css.sum}>{exact(deal.amount, deal.currency)}</span> : null}
    </div>
  );
}

export function PaymentRow({ payment }: { payment: Payment }) {
  const { t } = useWords('home');
  const late = -daysUntil(`${payment.dueOn}T12:00:00`);
  return (
    <div className={css.row}>
      <div className={css.words}>
        <Link to="/orders/$id" params={{ id: payment.order.id }} className={css.name ?? ''}>
          {payment.customer.name}
        </Link>
        <span className={css.meta}>
          <span className={late > 0 ? css.late : undefined}>
            {late > 0
              ? t('payment.late', { count: late })
              : t('payment.due', { when: day(`${payment.dueOn}T12:00:00`) })}
          </span>
          <span>{payment.order.number}</span>
        </span>
      </div>
      <span className={css.sum}>{exact(payment.open, payment.currency)}</span>
    </div>
  );
}
