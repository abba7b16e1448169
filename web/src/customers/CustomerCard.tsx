// A customer on a phone: who, where it stands, what comes next, and the call one thumb away.
import { IconPencilPlus, IconPhone } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { callTo } from '../activities/calls.ts';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { SwipeRow } from '../ui/swipe.tsx';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { Due } from './Due.tsx';
import type { Customer } from './form.ts';
import { CallButton } from './reach.tsx';
import { StageMark } from './StageMark.tsx';

export function CustomerCard({ customer }: { customer: Customer }) {
  const { t } = useWords('customers');
  const { may } = useMe();
  const navigate = useNavigate();
  const last = customer.lastActivityAt ? ago(customer.lastActivityAt) : t('last.none');
  const call = customer.phone ? callTo(customer, customer.phone) : null;
  const actions = {
    right: call
      ? {
          label: t('reach.call'),
          icon: <IconPhone size={20} stroke={1.75} />,
          act: () => {
            call.onClick();
            location.assign(call.href);
          },
        }
      : undefined,
    left:
      may('create:activity') && customer.deletedAt === null
        ? {
            label: t('compose.title'),
            icon: <IconPencilPlus size={20} stroke={1.75} />,
            act: () =>
              void navigate({
                to: '/customers/$id',
                params: { id: customer.id },
                search: { sheet: 'write' },
              }),
          }
        : undefined,
  };
  return (
    <SwipeRow {...actions}>
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
        <CallButton customer={customer} />
      </div>
    </SwipeRow>
  );
}
