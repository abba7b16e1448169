// The catalogue: what is sold, in which unit and for how much.
import { Button } from '@mantine/core';
import { IconPackage, IconPlus, IconTags } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { percentText } from '../orders/amounts.ts';
import { exact } from '../orders/marks.tsx';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import type { Product } from './form.ts';
import { NewProduct } from './ProductSheets.tsx';
import css from './products.module.css';

const route = getRouteApi('/products');
type Search = { q?: string; category?: string; active?: string };

export default function ProductsPage() {
  const { t } = useWords('products');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const writes = may('create:product');
  useShortcuts(writes ? { n: () => sheet.open('new') } : {});
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('export:product') ? <ExportButton object="product" filters={trimmed(search)} /> : null}
          <Button
            component={Link}
            to="/products/price-lists"
            variant="default"
            leftSection={<IconTags size={18} aria-hidden />}
          >
            {t('lists.title')}
          </Button>
          {writes ? (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => sheet.open('new')}>
              {t('new.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <ProductFilters search={search} />
      <Card flush>
        <List search={search} />
      </Card>
      <NewProduct
        opened={sheet.is('new')}
        onClose={sheet.close}
        onSaved={product => {
          toast(t('new.saved', { name: product.name }));
          void navigate({ to: '/products/$id', params: { id: product.id }, replace: true });
        }}
      />
    </Page>
  );
}

function ProductFilters({ search }: { search: Search }) {
  const { t } = useWords('products');
  const navigate = route.useNavigate();
  const categories = useQuery({
    queryKey: ['products', 'categories'],
    queryFn: ({ signal }) => api('GET /products/categories', { signal }),
  });
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const { category, active } = search;
  const chips = [
    { key: 'category', words: category ?? '', off: () => set({ category: '' }) },
    {
      key: 'active',
      words: active ? t(active === 'true' ? 'active.yes' : 'active.no') : '',
      off: () => set({ active: '' }),
    },
  ].filter(chip => chip.words);
  return (
    <Filters
      words={{
        open: t('filter.open'),
        done: t('filter.done'),
        clear: t('filter.clear'),
        off: filter => t('filter.off', { filter }),
      }}
      chips={chips}
      onClear={() => void navigate({ search: {}, replace: true })}
      lead={
        <SearchField
          label={t('search.label')}
          placeholder={t('search.label')}
          clearLabel={t('search.clear')}
          value={search.q ?? ''}
          onSearch={q => set({ q })}
        />
      }
    >
      {named => (
        <>
          <SelectField
            {...named(t('field.category'))}
            value={category ?? ''}
            onValue={value => set({ category: value })}
            data={[
              { value: '', label: t('filter.all-categories') },
              ...(categories.data?.items ?? []).map(one => ({ value: one, label: one })),
            ]}
          />
          <SelectField
            {...named(t('field.active'))}
            value={active ?? ''}
            onValue={value => set({ active: value })}
            data={[
              { value: '', label: t('filter.all-states') },
              { value: 'true', label: t('active.yes') },
              { value: 'false', label: t('active.no') },
            ]}
          />
        </>
      )}
    </Filters>
  );
}

function List({ search }: { search: Search }) {
  const { t } = useWords('products');
  const { q, category } = search;
  const active = search.active === 'true' || search.active === 'false' ? search.active : undefined;
  const query = useInfiniteQuery({
    queryKey: ['products', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api('GET /products', {
        query: {
          limit: 50,
          ...(pageParam ? { after: pageParam } : {}),
          ...(q ? { q } : {}),
          ...(category ? { category } : {}),
          ...(active ? { active } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const name = (product: Product) => (
    <Link
      to="/products/$id"
      params={{ id: product.id }}
      className={css.name ?? ''}
      data-off={product.active ? undefined : true}
    >
      {product.name}
    </Link>
  );
  const price = (product: Product) => (
    <span className={css.amount}>
      {exact(product.price, product.currency)}
      {product.unit ? <span className={css.quiet}> / {product.unit}</span> : null}
    </span>
  );
  const off = (product: Product) =>
    product.active ? null : <span className={css.quiet}>{t('active.no')}</span>;
  return (
    <RecordList
      label={t('title')}
      query={query}
      id={product => product.id}
      columns={[
        {
          key: 'name',
          head: t('field.name'),
          track: 'minmax(0, 3fr)',
          cell: product => (
            <span className={css.cell}>
              {name(product)}
              {off(product)}
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
        { key: 'price', head: t('field.price'), track: 'minmax(0, 1.4fr)', end: true, cell: price },
      ]}
      card={product => (
        <span className={css.phone}>
          {name(product)}
          <span className={css.row}>
            <span className={css.quiet}>
              {product.code}
              {product.category ? ` · ${product.category}` : ''}
            </span>
            {price(product)}
          </span>
          {off(product)}
        </span>
      )}
      empty={
        <Empty icon={<IconPackage />} title={t('empty.title')}>
          {t('empty.words')}
        </Empty>
      }
    />
  );
}
