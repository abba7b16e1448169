// The ways to reach somebody: call, write, go there.
import { IconMail, IconMap2, IconPhone, IconWorld } from '@tabler/icons-react';
import { useWords } from '../words.ts';
import { mapOf, telOf, webOf } from './addresses.ts';
import css from './customers.module.css';
import type { Customer } from './form.ts';

export function CallLink({ phone }: { phone: string | null }) {
  return phone ? (
    <a className={css.reach} href={telOf(phone)}>
      {phone}
    </a>
  ) : null;
}

export function CallButton({ phone, name }: { phone: string | null; name: string }) {
  const { t } = useWords('customers');
  return phone ? (
    <a className={css.call} href={telOf(phone)} aria-label={t('reach.call-name', { name })}>
      <IconPhone size={20} stroke={1.75} aria-hidden />
    </a>
  ) : null;
}

/** The row of large buttons on a customer's page. */
export function ReachRow({ customer }: { customer: Customer }) {
  const { t, language } = useWords('customers');
  const map = mapOf(customer, language);
  const web = webOf(customer.website);
  const ways = [
    { key: 'call', href: customer.phone ? telOf(customer.phone) : null, icon: IconPhone },
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
          {...(way.key === 'map' || way.key === 'web' ? { target: '_blank', rel: 'noreferrer' } : {})}
        >
          <way.icon size={20} stroke={1.75} aria-hidden />
          {t(`reach.${way.key}`)}
        </a>
      ))}
    </div>
  );
}
