// The team: who is here, in which role, who is suspended or locked out; the administrator adds and helps.
import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { date } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import { AddPerson } from './AddPerson.tsx';
import { PersonSheet } from './PersonSheet.tsx';
import css from './people.module.css';
import type { Colleague } from './use-people.ts';

export default function PeoplePage() {
  const { t } = useWords('people');
  const { may } = useMe();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['people', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /people', { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const locks = useQuery({
    queryKey: ['locks', 'standing'],
    queryFn: ({ signal }) => api('GET /locks', { query: { standing: 'true', limit: 200 }, signal }),
    enabled: may('read:lock'),
  });
  const locked = new Set(locks.data?.items.map(lock => lock.subject.person?.id));
  const person = query.data?.pages.flatMap(page => page.items).find(one => one.id === chosen) ?? null;
  useShortcuts(may('create:person') ? { n: () => setAdding(true) } : {});

  const name = (one: Colleague) => (
    <button type="button" className={css.name} aria-haspopup="dialog" onClick={() => setChosen(one.id)}>
      <strong>{one.name}</strong>
      <span>{one.email}</span>
    </button>
  );
  const state = (one: Colleague) => (
    <span className={css.marks}>
      {one.state === 'active' ? null : (
        <span className={css.mark} data-tone={one.state === 'suspended' ? 'bad' : 'warn'}>
          {t(`state.${one.state}`)}
        </span>
      )}
      {locked.has(one.id) ? (
        <span className={css.mark} data-tone="warn">
          {t('locked')}
        </span>
      ) : null}
    </span>
  );
  return (
    <Page
      title={t('title')}
      actions={
        may('create:person') ? (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
            {t('add.open')}
          </Button>
        ) : null
      }
    >
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={one => one.id}
          columns={[
            { key: 'name', head: t('column.name'), track: 'minmax(0, 2fr)', cell: name },
            {
              key: 'role',
              head: t('column.role'),
              track: 'minmax(0, 1fr)',
              cell: one => t(`role.${one.role}`),
            },
            {
              key: 'state',
              head: t('column.state'),
              track: 'minmax(0, 1fr)',
              cell: one => (one.state === 'active' && !locked.has(one.id) ? t('state.active') : state(one)),
            },
            {
              key: 'since',
              head: t('column.since'),
              track: '9rem',
              end: true,
              cell: one => date(one.createdAt),
            },
          ]}
          card={one => (
            <div className={css.card}>
              {name(one)}
              <span className={css.role}>{t(`role.${one.role}`)}</span>
              {state(one)}
            </div>
          )}
          empty={<Empty icon={<IconUsers />} title={t('empty')} />}
        />
      </Card>
      <AddPerson opened={adding} onClose={() => setAdding(false)} />
      <PersonSheet person={person} onClose={() => setChosen(null)} />
    </Page>
  );
}
