// One product: what it is, what it costs whom, every change.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Changes } from '../audit/Changes.tsx';
import { CustomFacts } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { useOwners } from '../customers/use-owners.ts';
import { FilesCard } from '../files/FilesCard.tsx';
import { ago, dateTime } from '../formats.ts';
import { PutBack } from '../history/PutBack.tsx';
import { percentText } from '../orders/amounts.ts';
import { exact } from '../orders/marks.tsx';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordAway } from '../ui/RecordAway.tsx';
import { Failed } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Product } from './form.ts';
import { ListLine } from './ListLine.tsx';
import { EditProduct } from './ProductSheets.tsx';
import css from './products.module.css';

const route = getRouteApi('/products/$id');

export default function ProductPage() {
  const { t } = useWords('products');
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['products', id],
    queryFn: ({ signal }) => api('GET /products/{id}', { params: { id }, signal }),
  });
  if (query.data) return <Loaded product={query.data} />;
  const words = { one: t('one'), gone: t('gone') };
  return <RecordAway query={query} words={words} back={{ to: '/products', label: t('title') }} />;
}

function Loaded({ product }: { product: Product }) {
  const { t } = useWords('products');
  const { fields } = useFields('product');
  const { may } = useMe();
  const sheet = useSheet();
  const writable = may('update:product');
  useShortcuts(writable ? { e: () => sheet.open('edit') } : {});
  const facts: [string, React.ReactNode][] = [
    ['code', product.code],
    ['price', exact(product.price, product.currency)],
    ['unit', product.unit],
    ['taxRate', product.taxRate ? `${percentText(product.taxRate)}%` : null],
    ['category', product.category],
    ['active', t(product.active ? 'active.yes' : 'active.no')],
    ['description', product.description],
    ['updatedAt', dateTime(product.updatedAt)],
  ];
  return (
    <Page
      title={product.name}
      back={{ to: '/products', label: t('title') }}
      lead={
        <span className={css.lead}>
          <span>{product.code}</span>
          <strong className={css.amount}>{exact(product.price, product.currency)}</strong>
          {product.active ? null : <span>{t('active.no')}</span>}
        </span>
      }
      actions={
        <>
          {may('delete:product') ? <Remove product={product} /> : null}
          {writable ? (
            <Button
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => sheet.open('edit')}
            >
              {t('edit.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={css.columns}>
        <Card title={t('facts')}>
          <dl className={css.facts}>
            {facts.map(([field, value]) =>
              value ? (
                <div key={field}>
                  <dt>{t(`field.${field}`)}</dt>
                  <dd>{value}</dd>
                </div>
              ) : null,
            )}
            <CustomFacts fields={fields} custom={product.custom} />
          </dl>
        </Card>
        <div className={css.stack}>
          <Lists id={product.id} />
          <FilesCard subject={{ type: 'product', id: product.id }} />
          <History product={product} writable={writable} />
        </div>
      </div>
      <EditProduct product={product} opened={sheet.is('edit')} onClose={sheet.close} />
    </Page>
  );
}

function Remove({ product }: { product: Product }) {
  const { t } = useWords('products');
  const navigate = useNavigate();
  const params = { id: product.id };
  const restore = useWrite('POST /products/{id}/restore', {
    renews: [['products']],
    onDone: () => toast(t('bin.restored', { name: product.name })),
  });
  const remove = useWrite('DELETE /products/{id}', {
    renews: [['products', 'list']],
    onDone: async () => {
      toast(t('bin.deleted', { name: product.name }), {
        label: t('bin.undo'),
        act: () => restore.mutate({ params }),
      });
      await navigate({ to: '/products' });
    },
  });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('menu')} loading={remove.isPending}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() => remove.mutate({ params })}
        >
          {t('bin.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The price lists that price it. */
function Lists({ id }: { id: string }) {
  const { t } = useWords('products');
  const query = useQuery({
    queryKey: ['price-lists', 'of', id],
    queryFn: ({ signal }) => api('GET /price-lists', { query: { product: id }, signal }),
  });
  const lists = query.data?.items ?? [];
  return (
    <Card title={t('lists.title')} flush>
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && lists.length === 0 ? <p className={css.none}>{t('lists.none-here')}</p> : null}
      <ul className={css.rows}>
        {lists.map(list => (
          <li key={list.id}>
            <Link to="/products/price-lists/$id" params={{ id: list.id }} className={css.name ?? ''}>
              {list.name}
            </Link>
            <ListLine list={list} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function History({ product, writable }: { product: Product; writable: boolean }) {
  const { t } = useWords('products');
  const { nameOf } = useOwners();
  const { id, currency } = product;
  const query = useQuery({
    queryKey: ['products', id, 'history'],
    queryFn: ({ signal }) =>
      api('GET /products/{id}/history', { params: { id }, query: { limit: 50 }, signal }),
  });
  const changes = (query.data?.items ?? []).filter(item => item.action === 'product.change');
  if (changes.length === 0) return null;
  const shown = (field: string, value: unknown): unknown => {
    if (field === 'price' && typeof value === 'number') return exact(value, currency);
    if (field === 'taxRate' && typeof value === 'number') return `${percentText(value) || '0'}%`;
    return value ?? null;
  };
  return (
    <Card title={t('changes.title')} flush>
      <ol className={css.rows}>
        {changes.map(change => (
          <li key={change.id}>
            <span className={css.quiet}>
              {change.actor.name} · {ago(change.at)}
            </span>
            <Changes
              object="product"
              lines={change.changes.map(({ field, before, after }) => ({
                field,
                before: shown(field, before),
                after: shown(field, after),
              }))}
              nameOf={nameOf}
            />
            {writable ? <PutBack object="product" id={id} entry={change.id} /> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
