// For whom and for how long a price list holds, in one line.
import { dayWords } from '../orders/marks.tsx';
import { useWords } from '../words.ts';
import type { PriceListSummary } from './form.ts';
import css from './products.module.css';

export function ListLine({ list }: { list: PriceListSummary }) {
  const { t } = useWords('products');
  const { validFrom, validTo } = list;
  const span =
    validFrom && validTo
      ? t('lists.between', { from: dayWords(validFrom), to: dayWords(validTo) })
      : validFrom
        ? t('lists.from', { from: dayWords(validFrom) })
        : validTo
          ? t('lists.to', { to: dayWords(validTo) })
          : t('lists.always');
  return (
    <span className={css.quiet}>
      {[
        list.currency,
        list.customerLevel ? t('lists.level', { level: list.customerLevel }) : t('lists.everybody'),
        span,
        list.active ? null : t('lists.off'),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}
