// The columns of the catalogue, the workspace's own fields among them; and what its cards share with them.
import { Link } from '@tanstack/react-router';
import { percentText } from '../orders/amounts.ts';
import { exact } from '../orders/marks.tsx';
import { useColumns } from '../views/columns.tsx';
import { useWords } from '../words.ts';
import type { Product } from './form.ts';
import css from './products.module.css';

type OfProduct = { product: Product };

export const ProductName = ({ product }: OfProduct) => (
  <Link
    to="/products/$id"
    params={{ id: product.id }}
    className={css.name ?? ''}
    data-off={product.active ? undefined : true}
  >
    {product.name}
  </Link>
);

export const ProductPrice = ({ product }: OfProduct) => (
  <span className={css.amount}>
    {exact(product.price, product.currency)}
    {product.unit ? <span className={css.quiet}> / {product.unit}</span> : null}
  </span>
);

/** Says that it is not sold any more. */
export function ProductOff({ product }: OfProduct) {
  const { t } = useWords('products');
  return product.active ? null : <span className={css.quiet}>{t('active.no')}</span>;
}

export function useProductColumns(cols: string | undefined) {
  const { t } = useWords('products');
  return useColumns<Product>(
    'product',
    [
      {
        key: 'name',
        head: t('field.name'),
        track: 'minmax(0, 3fr)',
        cell: product => (
          <span className={css.cell}>
            <ProductName product={product} />
            <ProductOff product={product} />
          </span>
        ),
      },
      { key: 'code', head: t('field.code'), track: 'minmax(0, 1.4fr)', cell: product => product.code },
      {
        key: 'category',
        head: t('field.category'),
        track: 'minmax(0, 1.6fr)',
        cell: product => product.category ?? '—',
      },
      {
        key: 'tax',
        head: t('field.taxRate'),
        track: 'minmax(0, 0.8fr)',
        end: true,
        cell: product => (product.taxRate ? `${percentText(product.taxRate)}%` : '—'),
      },
      {
        key: 'price',
        head: t('field.price'),
        track: 'minmax(0, 1.4fr)',
        end: true,
        cell: product => <ProductPrice product={product} />,
      },
    ],
    cols,
  );
}
