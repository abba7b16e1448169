// The feed: what has happened within one's reach, newest first, day by day.
import { Button } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useOwners } from '../customers/use-owners.ts';
import { dateTime, time, weekday } from '../formats.ts';
import { pageOf } from '../notices/page-of.ts';
import { useMe } from '../session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './events.module.css';

type Happening = Calls['GET /feed']['reply']['items'][number];

const route = getRouteApi('/feed');

export default function FeedPage() {
  const { t } = useWords('events');
  const { user } = useMe();
  const { owners } = useOwners();
  const { person } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({
    queryKey: ['feed', person ?? ''],
    queryFn: ({ pageParam: after, signal }) =>
      api('GET /feed', {
        query: { limit: 30, ...(person ? { person } : {}), ...(after ? { after } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  const others = owners.filter(one => one.id !== user.id);
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      {others.length > 0 ? (
        <div className={css.filter}>
          <SelectField
            aria-label={t('person')}
            value={person ?? ''}
            onValue={value => void navigate({ search: value ? { person: value } : {}, replace: true })}
            data={[
              { value: '', label: t('everybody') },
              { value: 'me', label: t('me') },
              ...others.map(one => ({ value: one.id, label: one.name })),
            ]}
          />
        </div>
      ) : null}
      {query.isPending ? (
        <Card flush>
          <LoadingRows rows={6} />
        </Card>
      ) : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 && !query.hasNextPage ? (
        <Card>
          <Empty icon={<IconActivity />} title={t('none')}>
            {t('none-words')}
          </Empty>
        </Card>
      ) : null}
      {byDay(items).map(day => (
        <Card key={day.key} title={weekday(day.key)} flush>
          <ol className={css.list}>
            {day.items.map(item => (
              <li key={item.id}>
                <Item item={item} />
              </li>
            ))}
          </ol>
        </Card>
      ))}
      {query.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      ) : null}
    </Page>
  );
}

function byDay(items: Happening[]): { key: string; items: Happening[] }[] {
  const days: { key: string; day: string; items: Happening[] }[] = [];
  for (const item of items) {
    const day = new Date(item.at).toDateString();
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ key: item.at, day, items: [item] });
  }
  return days;
}

function Item({ item }: { item: Happening }) {
  const { t } = useWords('events');
  const place = pageOf(item.object);
  const name = place ? (
    <Link {...place} className="lk-link">
      {item.object.name}
    </Link>
  ) : (
    <strong>{item.object.name}</strong>
  );
  const who = item.actor.name ?? t('system');
  return (
    <article className={css.item}>
      <Avatar name={who} size={32} />
      <div className={css.words}>
        <p>
          <strong>{who}</strong> {t(`did.${item.action.replace('.', '-')}`)} {name}
        </p>
        {item.from && item.to ? (
          <p className={css.quiet}>{t('moved', { from: item.from, to: item.to })}</p>
        ) : null}
        {item.excerpt ? <p className={css.excerpt}>{item.excerpt}</p> : null}
      </div>
      <time className={css.when} dateTime={item.at} title={dateTime(item.at)}>
        {time(item.at)}
      </time>
    </article>
  );
}
