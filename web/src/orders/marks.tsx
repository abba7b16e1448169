// How a quote or an order stands, and when something is due, as small marks; and money as documents show it.

import { decimalsOf } from '../deals/form.ts';
import { date, money } from '../formats.ts';
import { useWords } from '../words.ts';
import { type Order, type Status, today } from './form.ts';
import css from './orders.module.css';

/** Minor units with all their places: a document is exact. */
export function exact(minor: number | null, currency: string): string {
  return minor === null ? '—' : money(minor / 10 ** decimalsOf(currency), currency);
}

/** A day in words; days have no time zone. */
export const dayWords = (day: string | null) => (day ? date(`${day}T00:00:00`) : '—');

export function StatusMark({ order }: { order: { kind: Order['kind']; status: Status } }) {
  const { t } = useWords('orders');
  return (
    <span className={css.mark} data-status={order.status}>
      {t(`status.${order.status}`)}
    </span>
  );
}

/** How near a day is on which something is to be paid. */
export function DueMark({ on }: { on: string }) {
  const { t } = useWords('orders');
  const days = Math.round((Date.parse(on) - Date.parse(today())) / 86_400_000);
  const state = days < 0 ? 'overdue' : days < 7 ? 'soon' : 'later';
  return (
    <span className={css.due} data-state={state}>
      {dayWords(on)}
      {days < 0 ? ` · ${t('due.late', { count: -days })}` : days === 0 ? ` · ${t('due.today')}` : ''}
    </span>
  );
}
