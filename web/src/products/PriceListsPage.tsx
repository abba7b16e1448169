// The price lists: other prices than the products' own, for some customers, some time, some quantities.
import { Button } from '@mantine/core';
import { IconPlus, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { ListLine } from './ListLine.tsx';
import css from './products.module.css';

export default function PriceListsPage() {
  const { t } = useWords('products');
  const { may } = useMe();
  const query = useQuery({
    queryKey: ['price-lists'],
    queryFn: ({ signal }) => api('GET /price-lists', { query: {}, signal }),
  });
  const lists = query.data?.items ?? [];
  return (
    <Page
      title={t('lists.title')}
      lead={t('lists.lead')}
      back={{ to: '/products', label: t('title') }}
      actions={
        may('create:product') ? (
          <Button
            component={Link}
            to="/products/price-lists/new"
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t('lists.new')}
          </Button>
        ) : null
      }
    >
      <Card flush>
        {query.isPending ? <LoadingRows rows={3} /> : null}
        {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data && lists.length === 0 ? (
          <Empty icon={<IconTags />} title={t('lists.none')}>
            {t('lists.lead')}
          </Empty>
        ) : null}
        <ul className={css.rows}>
          {lists.map(list => (
            <li key={list.id}>
              <Link to="/products/price-lists/$id" params={{ id: list.id }} className={css.name ?? ''}>
                {list.name}
              </Link>
              <span className={css.row}>
                <ListLine list={list} />
                <span className={css.quiet}>{t('lists.products', { count: list.products })}</span>
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}
