// The ways to reach somebody: call, write, go there.
import { IconMail, IconMap2, IconPhone, IconWorld } from '@tabler/icons-react';
import { type Callee, callTo } from '../activities/calls.ts';
import { useWords } from '../words.ts';
import { mapOf, webOf } from './addresses.ts';
import css from './customers.module.css';

type Reachable = Callee & { phone: string | null };

export function CallLink({ customer }: { customer: Reachable }) {
  return customer.phone ? (
    <a className={css.reach} {...callTo(customer, customer.phone)}>
      {customer.phone}
    </a>
  ) : null;
}

export function CallButton({ customer }: { customer: Reachable }) {
  const { t } = useWords('customers');
  const { name, phone } = customer;
  if (!phone) return null;
  const call = callTo(customer, phone);
  return (
    <a
      className={css.call}
      href={call.href}
      onClick={call.onClick}
      aria-label={t('reach.call-name', { name })}
    >
      <IconPhone size={20} stroke={1.75} aria-hidden />
    </a>
  );
}

type Reached = Reachable & Record<'email' | 'website' | 'address' | 'city', string | null>;

/** The row of large buttons on the page of a customer or lead. */
export function ReachRow({ customer }: { customer: Reached }) {
  const { t, language } = useWords('customers');
  const map = mapOf(customer, language);
  const web = webOf(customer.website);
  const ways = [
    { key: 'call', ...(customer.phone ? callTo(customer, customer.phone) : { href: null }), icon: IconPhone },
    { key: 'mail', href: customer.email ? `mailto:${customer.email}` : null, icon: IconMail },
    { key: 'map', href: map, icon: IconMap2 },
    { key: 'web', href: web, icon: IconWorld },
  ].filter(way => way.href !== null);
  if (ways.length === 0) return null;
  return (
    <div className={css.ways}>
      {ways.map(way => (
        <a
          key={way.key}
          className={css.way}
          href={way.href ?? ''}
          {...('onClick' in way ? { onClick: way.onClick } : {})}
          {...(way.href?.startsWith('http') ? { target: '_blank', rel: 'noreferrer' } : {})}
        >
          <way.icon size={20} stroke={1.75} aria-hidden />
          {t(`reach.${way.key}`)}
        </a>
      ))}
    </div>
  );
}
