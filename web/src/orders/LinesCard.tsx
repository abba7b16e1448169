// The lines of a quote or an order with what they come to: a table on a desk, two rows a line on a phone.
import { Link } from '@tanstack/react-router';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import { percentText } from './amounts.ts';
import type { Order } from './form.ts';
import { exact } from './marks.tsx';
import css from './orders.module.css';

export function LinesCard({ order }: { order: Order }) {
  const { t } = useWords('orders');
  const { currency } = order;
  if (order.lines.length === 0)
    return (
      <Card title={t('lines')}>
        <p className={css.quiet}>{t('line.none')}</p>
      </Card>
    );
  return (
    <Card title={t('lines')} flush>
      <ol className={css.lines}>
        {order.lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
          <li key={place}>
            <span className={css.cell}>
              {line.productId ? (
                <Link to="/products/$id" params={{ id: line.productId }} className={css.name ?? ''}>
                  {line.name}
                </Link>
              ) : (
                <strong>{line.name}</strong>
              )}
              <span className={css.quiet}>
                {[
                  line.code,
                  `${line.quantity}${line.unit ? ` ${line.unit}` : ''} × ${exact(line.unitPrice, currency)}`,
                  line.discount ? t('line.less', { percent: percentText(line.discount) }) : null,
                  line.taxRate ? t('line.taxed', { percent: percentText(line.taxRate) }) : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {line.description ? <span className={css.quiet}>{line.description}</span> : null}
            </span>
            <span className={css.amount}>{exact(order.taxIncluded ? line.total : line.net, currency)}</span>
          </li>
        ))}
      </ol>
      <dl className={css.sums}>
        {(['net', 'tax', 'total'] as const).map(part => (
          <div key={part} data-total={part === 'total' || undefined}>
            <dt>{t(`sum.${part}`)}</dt>
            <dd>{exact(order[part], currency)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
