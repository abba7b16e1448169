// The bin of all records: what was deleted, when and by whom, each one tap from coming back.
import { IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { date, dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './bin.module.css';
import { KeepCard } from './KeepCard.tsx';
import { RestoreButton } from './RestoreButton.tsx';

const route = getRouteApi('/bin');
export type Item = Calls['GET /bin']['reply']['items'][number];
const objects = [
  'customer',
  'contact',
  'lead',
  'deal',
  'order',
  'product',
  'activity',
  'task',
  'file',
] as const;

export default function BinPage() {
  const { t } = useWords('bin');
  const { may } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q = '' } = search;
  const object = objects.find(one => one === search.object);
  const query = useInfiniteQuery({
    queryKey: ['bin', q, object],
    queryFn: ({ pageParam, signal }) =>
      api('GET /bin', {
        query: {
          limit: 50,
          ...(q ? { q } : {}),
          ...(object ? { object } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const go = (next: { q?: string; object?: string }) => {
    const asked = { ...search, ...next };
    const left = Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
    void navigate({ search: left, replace: true });
  };
  const name = (item: Item) => (
    <span className={css.cell}>
      <strong>{item.name}</strong>
      <span className={css.quiet}>
        {[t(`object.${item.object}`), item.customer?.name].filter(Boolean).join(' · ')}
      </span>
    </span>
  );
  const who = (item: Item) => item.deletedBy?.name ?? t('system');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <search className={css.tools}>
        <SearchField
          label={t('search.label')}
          placeholder={t('search.label')}
          clearLabel={t('search.clear')}
          value={q}
          onSearch={text => go({ q: text })}
        />
        <SelectField
          aria-label={t('kind')}
          value={object ?? ''}
          onValue={value => go({ object: value })}
          data={[
            { value: '', label: t('all') },
            ...objects
              .filter(one => one === 'file' || may(`read:${one}`))
              .map(one => ({ value: one, label: t(`object.${one}`) })),
          ]}
        />
      </search>
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={item => item.id}
          columns={[
            { key: 'name', head: t('name'), track: 'minmax(0, 2.5fr)', cell: name },
            { key: 'who', head: t('who'), cell: who },
            {
              key: 'when',
              head: t('when'),
              track: 'minmax(0, 1.2fr)',
              cell: item => dateTime(item.deletedAt),
            },
            { key: 'until', head: t('until'), cell: item => date(item.until) },
            {
              key: 'act',
              head: t('act'),
              track: '8rem',
              end: true,
              cell: item => <RestoreButton item={item} />,
            },
          ]}
          card={item => (
            <span className={css.card}>
              <span className={css.cell}>
                {name(item)}
                <span className={css.quiet}>
                  {who(item)} · {dateTime(item.deletedAt)}
                </span>
              </span>
              <RestoreButton item={item} />
            </span>
          )}
          empty={
            <Empty icon={<IconTrash />} title={q ? t('none') : object ? t('none-such') : t('empty.title')}>
              {t('empty.words')}
            </Empty>
          }
        />
      </Card>
      <KeepCard />
    </Page>
  );
}
