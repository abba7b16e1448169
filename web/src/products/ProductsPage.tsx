// The catalogue: what is sold, in which unit and for how much.
import { Button } from '@mantine/core';
import { IconPackage, IconPlus, IconTags } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { type Column, RecordList } from '../ui/RecordList.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { ViewBar } from '../views/ViewBar.tsx';
import { useWords } from '../words.ts';
import type { Product } from './form.ts';
import { NewProduct } from './ProductSheets.tsx';
import { ProductName, ProductOff, ProductPrice, useProductColumns } from './product-columns.tsx';
import css from './products.module.css';
import { exportFilters, queryOf, type Search } from './search.ts';

const route = getRouteApi('/products');

export default function ProductsPage() {
  const { t } = useWords('products');
  const { may } = useMe();
  const navigate = useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const { offered, columns } = useProductColumns(search.cols);
  const writes = may('create:product');
  useShortcuts(writes ? { n: () => sheet.open('new') } : {});
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('export:product') ? <ExportButton object="product" filters={exportFilters(search)} /> : null}
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
      <ViewBar object="product" search={search} title={t('title')} columns={offered} />
      <ProductFilters search={search} />
      <Card flush>
        <List search={search} columns={columns} />
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

function List({ search, columns }: { search: Search; columns: Column<Product>[] }) {
  const { t } = useWords('products');
  const query = useInfiniteQuery({
    queryKey: ['products', 'list', search],
    queryFn: ({ pageParam, signal }) => api('GET /products', { query: queryOf(search, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  return (
    <RecordList
      label={t('title')}
      query={query}
      id={product => product.id}
      columns={columns}
      card={product => (
        <span className={css.phone}>
          <ProductName product={product} />
          <span className={css.row}>
            <span className={css.quiet}>
              {product.code}
              {product.category ? ` · ${product.category}` : ''}
            </span>
            <ProductPrice product={product} />
          </span>
          <ProductOff product={product} />
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
