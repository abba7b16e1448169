// The fields of a price list and its prices.
import { ActionIcon } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { amountText, currencies } from '../deals/form.ts';
import { newKey } from '../orders/form.ts';
import { exact } from '../orders/marks.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import { isRowWhole, type ListForm, type PriceRow } from './form.ts';
import css from './products.module.css';

type ListFieldsProps = {
  form: ListForm;
  set: (change: Partial<ListForm>) => void;
  setRows: (change: (before: PriceRow[]) => PriceRow[]) => void;
  tried: boolean;
};

export function ListFields({ form, set, setRows, tried }: ListFieldsProps) {
  const { t } = useWords('products');
  const change = (key: string, to: Partial<PriceRow>) =>
    setRows(before => before.map(row => (row.key === key ? { ...row, ...to } : row)));
  return (
    <>
      <TextField
        label={t('field.listName')}
        required
        autoComplete="off"
        value={form.name}
        onValue={name => set({ name })}
        error={tried && !form.name.trim() ? t('fault.missing') : undefined}
      />
      <div className={css.pair}>
        <TextField
          label={t('field.validFrom')}
          type="date"
          value={form.validFrom}
          onValue={validFrom => set({ validFrom })}
        />
        <TextField
          label={t('field.validTo')}
          type="date"
          value={form.validTo}
          onValue={validTo => set({ validTo })}
        />
      </div>
      <div className={css.pair}>
        <SelectField
          label={t('field.currency')}
          value={form.currency}
          onValue={currency => set({ currency })}
          data={[...new Set([...currencies, form.currency])]}
        />
        <TextField
          label={t('field.customerLevel')}
          autoComplete="off"
          placeholder={t('lists.everybody')}
          value={form.customerLevel}
          onValue={customerLevel => set({ customerLevel })}
        />
        <SelectField
          label={t('field.active')}
          value={form.active}
          onValue={active => set({ active })}
          data={[
            { value: 'yes', label: t('lists.on') },
            { value: 'no', label: t('lists.off') },
          ]}
        />
      </div>
      <h2 className={css.sub}>{t('lists.prices')}</h2>
      <ul className={css.prices}>
        {form.rows.map(row => {
          const wrong = tried && !isRowWhole(row, form.currency) ? t('fault.wrong') : undefined;
          return (
            <li key={row.key}>
              <span className={css.what}>{row.productName}</span>
              <TextField
                label={t('field.fromQuantity')}
                inputMode="decimal"
                autoComplete="off"
                value={row.fromQuantity}
                onValue={fromQuantity => change(row.key, { fromQuantity })}
              />
              <TextField
                label={t('field.unitPrice')}
                inputMode="decimal"
                autoComplete="off"
                value={row.unitPrice}
                onValue={unitPrice => change(row.key, { unitPrice })}
                error={wrong}
              />
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('lists.take-out', { name: row.productName })}
                onClick={() => setRows(before => before.filter(one => one.key !== row.key))}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <AddProduct
        onPick={product =>
          setRows(before => [
            ...before,
            {
              key: newKey(),
              productId: product.id,
              productName: product.name,
              unit: product.unit ?? '',
              fromQuantity: '1',
              unitPrice:
                product.currency === form.currency ? amountText(product.price ?? 0, form.currency) : '',
            },
          ])
        }
      />
    </>
  );
}

type Found = {
  id: string;
  name: string;
  code: string;
  unit: string | null;
  price: number | null;
  currency: string;
};

/** A product found while one types, to be put into the list. */
function AddProduct({ onPick }: { onPick: (product: Found) => void }) {
  const { t } = useWords('products');
  const [asked, setAsked] = useState('');
  const [q] = useDebouncedValue(asked.trim(), 200);
  const query = useQuery({
    queryKey: ['products', 'pick', q],
    queryFn: ({ signal }) => api('GET /products', { query: { limit: 6, active: 'true', q }, signal }),
    placeholderData: keepPreviousData,
    enabled: q !== '',
  });
  const found = q ? (query.data?.items ?? []) : [];
  return (
    <div>
      <TextField
        label={t('lists.add')}
        placeholder={t('search.label')}
        autoComplete="off"
        value={asked}
        onValue={setAsked}
      />
      {found.length > 0 ? (
        <ul className={css.found} aria-label={t('lists.found')}>
          {found.map(product => (
            <li key={product.id}>
              <button
                type="button"
                onClick={() => {
                  onPick(product);
                  setAsked('');
                }}
              >
                <span>
                  {product.name} <span className={css.quiet}>{product.code}</span>
                </span>
                <span className={css.quiet}>{exact(product.price, product.currency)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
