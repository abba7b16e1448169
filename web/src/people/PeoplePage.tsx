// The console of people: state, locks, last sign-in; filter, choose several, help; the administrator adds.
import { Button, Checkbox } from '@mantine/core';
import { IconHeadset, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { HelpSheet, type Wanted } from '../desk/HelpSheet.tsx';
import { bulkActions } from '../desk/help.ts';
import { ago, date } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import { AddPerson } from './AddPerson.tsx';
import { Marks } from './Marks.tsx';
import { PeopleFilters, type Sort, type State } from './PeopleFilters.tsx';
import css from './people.module.css';
import type { Colleague } from './use-people.ts';

const route = getRouteApi('/people');

export default function PeoplePage() {
  const { t } = useWords('people');
  const desk = useWords('desk');
  const { may, user } = useMe();
  const search = route.useSearch();
  const whole = may('read:lock');
  const helps = may('help:person');
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const { q, state, role, locked, sort } = search;
  const query = useInfiniteQuery({
    queryKey: ['people', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api('GET /people', {
        query: {
          limit: 50,
          ...(q ? { q } : {}),
          ...(state ? { state: state as State } : {}),
          ...(role ? { role: role as Colleague['role'] } : {}),
          ...(whole && locked ? { locked: locked === 'yes' ? 'true' : 'false' } : {}),
          ...(sort ? { sort: sort as Sort } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const shown = query.data?.pages.flatMap(page => page.items) ?? [];
  const several = shown.filter(person => chosen.has(person.id));
  useShortcuts(may('create:person') ? { n: () => setAdding(true) } : {});

  function choose(id: string) {
    setChosen(before => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  const name = (one: Colleague) => (
    <div className={css.pick}>
      {helps ? (
        <Checkbox
          size="md"
          aria-label={t('pick', { name: one.name })}
          checked={chosen.has(one.id)}
          disabled={one.id === user.id}
          onChange={() => choose(one.id)}
        />
      ) : null}
      <Link to="/people/$id" params={{ id: one.id }} className={css.name ?? ''}>
        <strong>{one.name}</strong>
        <span>{one.email}</span>
      </Link>
    </div>
  );
  const seen = (one: Colleague) => {
    if (!one.account) return date(one.createdAt);
    return one.account.lastSignInAt ? ago(one.account.lastSignInAt) : t('never');
  };
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {helps ? (
            <Button
              variant="default"
              leftSection={<IconHeadset size={18} aria-hidden />}
              renderRoot={props => <Link {...props} to="/desk" />}
            >
              {desk.t('title')}
            </Button>
          ) : null}
          {may('create:person') ? (
            <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
              {t('add.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <PeopleFilters search={search} whole={whole} />
      {several.length > 0 ? (
        <section className={css.bulk} aria-label={t('bulk.label')}>
          <strong>{t('bulk.count', { count: several.length })}</strong>
          {bulkActions.map(action => (
            <Button
              key={action}
              size="compact-md"
              variant="default"
              onClick={() => setWanted({ action, people: several })}
            >
              {desk.t(`action.${action}.title`)}
            </Button>
          ))}
          <Button size="compact-md" variant="subtle" onClick={() => setChosen(new Set())}>
            {t('bulk.clear')}
          </Button>
        </section>
      ) : null}
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={one => one.id}
          columns={[
            { key: 'name', head: t('column.name'), track: 'minmax(0, 2.4fr)', cell: name },
            {
              key: 'role',
              head: t('column.role'),
              track: 'minmax(0, 1fr)',
              cell: one => t(`role.${one.role}`),
            },
            {
              key: 'state',
              head: t('column.state'),
              track: 'minmax(0, 1.4fr)',
              cell: one => <Marks person={one} />,
            },
            ...(whole
              ? [
                  {
                    key: 'devices',
                    head: t('column.devices'),
                    track: '6rem',
                    end: true,
                    cell: (one: Colleague) => one.account?.devices ?? '',
                  },
                ]
              : []),
            {
              key: 'seen',
              head: t(whole ? 'column.seen' : 'column.since'),
              track: '9rem',
              end: true,
              cell: seen,
            },
          ]}
          card={one => (
            <div className={css.card}>
              {name(one)}
              <span className={css.role}>{t(`role.${one.role}`)}</span>
              <Marks person={one} />
              <span className={css.role}>{one.account ? seen(one) : null}</span>
            </div>
          )}
          empty={<Empty icon={<IconUsers />} title={t('empty')} />}
        />
      </Card>
      <AddPerson opened={adding} onClose={() => setAdding(false)} />
      <HelpSheet
        wanted={wanted}
        onClose={() => {
          setWanted(null);
          setChosen(new Set());
        }}
      />
    </Page>
  );
}
