// Records that look alike, to be merged or called two; and merges that can still be undone.
import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowMerge, IconCopyCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { date } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Alike, alikeOf, alikes, pageOf } from './calls.ts';
import css from './duplicates.module.css';
import { MergesCard } from './MergesCard.tsx';

const route = getRouteApi('/duplicates');
type Group = Calls['GET /duplicates']['reply']['items'][number];

export default function DuplicatesPage() {
  const { t } = useWords('duplicates');
  const { may } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const object = alikeOf(search.object);
  const query = useInfiniteQuery({
    queryKey: ['duplicates', object],
    queryFn: ({ pageParam, signal }) =>
      api('GET /duplicates', {
        query: { limit: 20, object, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const groups = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Page title={t('title')} lead={t('lead')}>
      <SegmentedControl
        aria-label={t('of')}
        value={object}
        onChange={value => void navigate({ search: value === 'customer' ? {} : { object: value } })}
        data={alikes
          .filter(one => may(`read:${one}`))
          .map(one => ({ value: one, label: t(`object.${one}`) }))}
      />
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && groups.length === 0 ? (
        <Empty icon={<IconCopyCheck />} title={t('empty.title')}>
          {t('empty.words')}
        </Empty>
      ) : null}
      <ul className={css.groups}>
        {groups.map(group => (
          <li key={group.id}>
            <GroupCard group={group} object={object} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
      {may(`update:${object}`) ? <MergesCard key={object} object={object} /> : null}
    </Page>
  );
}

function GroupCard({ group, object }: { group: Group; object: Alike }) {
  const { t } = useWords('duplicates');
  const { may } = useMe();
  const apart = useWrite('POST /duplicates/apart', {
    renews: [['duplicates']],
    onDone: () => toast(t('apart.done')),
  });
  const [first, ...others] = group.members.filter(member => member.mergeable);
  const ids = group.members.map(member => member.id);
  const mergeable = may(`update:${object}`) && may(`delete:${object}`);
  return (
    <Card>
      <div className={css.marks}>
        {group.alike.map(mark => (
          <span key={mark.kind} className={css.mark}>
            {t(`alike.${mark.kind}`, { value: mark.value })}
          </span>
        ))}
      </div>
      <ul className={css.list}>
        {group.members.map(member => (
          <li key={member.id} className={css.member}>
            <span className={css.who}>
              <MemberName member={member} object={object} />
              <span className={css.quiet}>
                {[
                  member.detail,
                  member.phone,
                  member.email,
                  member.owner?.name ?? t('unowned'),
                  date(member.createdAt),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {mergeable && first && member.mergeable && member.id !== first.id ? (
              <Button
                renderRoot={props => (
                  <Link
                    {...props}
                    to="/duplicates/merge"
                    search={{
                      into: first.id,
                      other: member.id,
                      ...(object === 'customer' ? {} : { object }),
                    }}
                  />
                )}
                variant="default"
                leftSection={<IconArrowMerge size={18} aria-hidden />}
              >
                {others.length > 1 ? t('merge.into', { name: first.name }) : t('merge.open')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemNote error={apart.error} />
      {may(`update:${object}`) ? (
        <div className={css.acts}>
          <Button
            variant="subtle"
            loading={apart.isPending}
            onClick={() => apart.mutate({ body: { object, ids } })}
          >
            {t('apart.open', { count: ids.length })}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function MemberName({ member, object }: { member: Group['members'][number]; object: Alike }) {
  if (object === 'contact') return <strong>{member.name}</strong>;
  return (
    <Link className="lk-link" to={pageOf[object]} params={{ id: member.id }}>
      {member.name}
    </Link>
  );
}
