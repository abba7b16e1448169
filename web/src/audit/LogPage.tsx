// The sign-in and operation log: filtered, in sentences, each entry with its before and after.
import { IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { usePeople } from '../people/use-people.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './audit.module.css';
import { EntrySheet } from './EntrySheet.tsx';
import { type DayRange, momentsOf } from './period.ts';
import { actionGroups, beginningOf, type Entry, sentenceOf, toneOf } from './sentences.ts';
import { Verification, VerifyButton } from './Verification.tsx';

const route = getRouteApi('/log');
type Search = DayRange & { group?: string; actor?: string };

export default function LogPage() {
  const { t } = useWords('audit');
  const { nameOf } = usePeople();
  const search: Search = route.useSearch();
  const [open, setOpen] = useState<Entry | null>(null);
  const verification = useQuery({
    queryKey: ['audit', 'verification'],
    queryFn: ({ signal }) => api('GET /audit/verification', { signal }),
    enabled: false,
    gcTime: 0,
  });
  const [verdictShown, setVerdictShown] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['audit', search],
    queryFn: ({ pageParam, signal }) =>
      api('GET /audit', {
        query: {
          limit: 50,
          ...(pageParam ? { after: pageParam } : {}),
          ...(search.group ? { action: beginningOf(search.group) } : {}),
          ...(search.actor ? { actor: search.actor } : {}),
          ...momentsOf(search),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const filtered = Object.values(search).some(Boolean);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <VerifyButton
          busy={verification.isFetching}
          onVerify={() => {
            setVerdictShown(true);
            void verification.refetch();
          }}
        />
      }
    >
      {verdictShown && !verification.isFetching ? (
        <Verification
          verdict={verification.data}
          error={verification.error}
          onClose={() => setVerdictShown(false)}
        />
      ) : null}
      <LogFilters search={search} />
      <Card flush>
        <RecordList
          label={t('label')}
          query={query}
          id={entry => entry.id}
          columns={[
            {
              key: 'when',
              head: t('column.when'),
              track: '11.5rem',
              cell: entry => <span className={css.quiet}>{dateTime(entry.at)}</span>,
            },
            {
              key: 'what',
              head: t('column.what'),
              track: 'minmax(0, 1fr)',
              cell: entry => <What entry={entry} nameOf={nameOf} onOpen={setOpen} />,
            },
            {
              key: 'from',
              head: t('column.from'),
              track: 'minmax(0, 12rem)',
              cell: entry => <span className={css.quiet}>{entry.address}</span>,
            },
          ]}
          card={entry => (
            <What entry={entry} nameOf={nameOf} onOpen={setOpen}>
              {[dateTime(entry.at), entry.address].filter(Boolean).join(' · ')}
            </What>
          )}
          empty={
            <Empty icon={<IconListSearch />} title={t('empty.title')}>
              {filtered ? t('empty.words') : null}
            </Empty>
          }
        />
      </Card>
      <EntrySheet entry={open} onClose={() => setOpen(null)} nameOf={nameOf} />
    </Page>
  );
}

type WhatProps = {
  entry: Entry;
  nameOf: (id: string) => string | undefined;
  onOpen: (entry: Entry) => void;
  /** On a phone: when and from where. */
  children?: React.ReactNode;
};

function What({ entry, nameOf, onOpen, children }: WhatProps) {
  const { t } = useWords('audit');
  return (
    <button type="button" className={css.what} aria-haspopup="dialog" onClick={() => onOpen(entry)}>
      <span className={css.dot} data-tone={toneOf(entry.action)} />
      <span>
        <strong>{sentenceOf(entry, t, nameOf)}</strong>
        {children ? <span className={css.quiet}>{children}</span> : null}
      </span>
    </button>
  );
}

function LogFilters({ search }: { search: Search }) {
  const { t } = useWords('audit');
  const { people, nameOf } = usePeople();
  const navigate = route.useNavigate();
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const said: Record<keyof Search, (value: string) => string> = {
    group: value => t(`group.${value}`),
    actor: value => nameOf(value) ?? t('filter.actor'),
    from: value => `${t('filter.from')} ${value}`,
    to: value => `${t('filter.to')} ${value}`,
  };
  const chips = (Object.keys(said) as (keyof Search)[]).flatMap(key => {
    const value = search[key];
    return value ? [{ key, words: said[key](value), off: () => set({ [key]: '' }) }] : [];
  });
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
    >
      {named => (
        <>
          <SelectField
            {...named(t('filter.group'))}
            value={search.group ?? ''}
            onValue={group => set({ group })}
            data={[
              { value: '', label: t('filter.all-groups') },
              ...actionGroups.map(group => ({ value: group, label: t(`group.${group}`) })),
            ]}
          />
          <SelectField
            {...named(t('filter.actor'))}
            value={search.actor ?? ''}
            onValue={actor => set({ actor })}
            data={[
              { value: '', label: t('filter.all-actors') },
              ...people.map(person => ({ value: person.id, label: person.name })),
            ]}
          />
          <TextField
            type="date"
            label={t('filter.from')}
            value={search.from ?? ''}
            onValue={from => set({ from })}
          />
          <TextField type="date" label={t('filter.to')} value={search.to ?? ''} onValue={to => set({ to })} />
        </>
      )}
    </Filters>
  );
}
