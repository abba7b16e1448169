// The name of a line: written in free words, or a product found while one types, with its price for this customer.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../api.ts';
import { amountText } from '../deals/form.ts';
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import { percentText, quantityIn } from './amounts.ts';
import type { LineForm } from './form.ts';
import { exact } from './marks.tsx';
import css from './orders.module.css';

type ProductFieldProps = {
  line: LineForm;
  setting: { customerId: string; currency: string; issuedOn: string };
  set: (change: Partial<LineForm>) => void;
  error: string | undefined;
};

export function ProductField({ line, setting, set, error }: ProductFieldProps) {
  const { t } = useWords('orders');
  const [asking, setAsking] = useState(false);
  const latest = useRef(line);
  latest.current = line;
  const [q] = useDebouncedValue(line.name.trim(), 200);
  const query = useQuery({
    queryKey: ['products', 'pick', q],
    queryFn: ({ signal }) =>
      api('GET /products', { query: { limit: 6, active: 'true', ...(q ? { q } : {}) }, signal }),
    placeholderData: keepPreviousData,
    enabled: asking,
  });
  async function pick(product: NonNullable<typeof query.data>['items'][number]) {
    setAsking(false);
    const before = line.unitPrice;
    const { customerId, currency, issuedOn } = setting;
    set({
      productId: product.id,
      name: product.name,
      unit: product.unit ?? '',
      taxRate: percentText(product.taxRate),
    });
    const price = await api('GET /products/{id}/price', {
      params: { id: product.id },
      query: {
        currency,
        quantity: quantityIn(line.quantity) ?? '1',
        ...(customerId ? { customer: customerId } : {}),
        ...(issuedOn ? { date: issuedOn } : {}),
      },
    }).catch(() => null); // without a network the price is typed
    // What was typed while the price was on its way stands.
    const untouched = latest.current.productId === product.id && latest.current.unitPrice === before;
    if (untouched && price?.unitPrice !== undefined && price.unitPrice !== null)
      set({ unitPrice: amountText(price.unitPrice, currency) || '0' });
  }
  const found = asking ? (query.data?.items ?? []) : [];
  return (
    <div>
      <TextField
        label={t('line.name')}
        required
        autoComplete="off"
        placeholder={t('line.search')}
        value={line.name}
        onFocus={() => setAsking(line.productId === '')}
        onValue={name => {
          setAsking(true);
          set({ name });
        }}
        onKeyDown={event => event.key === 'Escape' && setAsking(false)}
        error={error}
      />
      {found.length > 0 ? (
        <ul className={css.found} aria-label={t('line.found')}>
          {found.map(product => (
            <li key={product.id}>
              <button type="button" onClick={() => void pick(product)}>
                <span>
                  {product.name} <span className={css.quiet}>{product.code}</span>
                </span>
                <span className={css.quiet}>{exact(product.price, product.currency)}</span>
              </button>
            </li>
          ))}
          <li>
            <button type="button" className={css.quiet} onClick={() => setAsking(false)}>
              {t('line.free')}
            </button>
          </li>
        </ul>
      ) : null}
    </div>
  );
}
