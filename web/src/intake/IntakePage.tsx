// What came in from outside: each entry with its state; the ones that wait are accepted or rejected here.
import { Button } from '@mantine/core';
import { IconInbox, IconKey } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { EntrySheet } from './EntrySheet.tsx';
import { type Entry, nameOf } from './form.ts';
import css from './intake.module.css';
import { StateMark } from './StateMark.tsx';

const route = getRouteApi('/intake');
const states = ['received', 'accepted', 'duplicate', 'rejected'] as const;
type State = (typeof states)[number];

export default function IntakePage() {
  const { t } = useWords('intake');
  const sheet = useSheet();
  const search = route.useSearch();
  const state = states.find(one => one === search.state);
  const query = useInfiniteQuery({
    queryKey: ['intake', 'list', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /intake', {
        query: { limit: 50, ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  });
  const name = (entry: Entry) => (
    <button
      type="button"
      className={css.name}
      aria-haspopup="dialog"
      onClick={() => sheet.open(`entry-${entry.id}`)}
    >
      <strong>{nameOf(entry) ?? t('list.unnamed')}</strong>
      <span>{aboutOf(entry)}</span>
    </button>
  );
  const open = sheet.name?.startsWith('entry-') ? sheet.name.slice('entry-'.length) : null;
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconKey size={18} aria-hidden />}
          renderRoot={props => <Link {...props} to="/intake/keys" />}
        >
          {t('keys.title')}
        </Button>
      }
    >
      <StateFilter state={state} />
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={entry => entry.id}
          columns={[
            { key: 'what', head: t('column.what'), track: 'minmax(0, 2fr)', cell: name },
            {
              key: 'state',
              head: t('column.state'),
              track: '8.5rem',
              cell: entry => <StateMark entry={entry} />,
            },
            {
              key: 'key',
              head: t('column.key'),
              track: 'minmax(0, 1fr)',
              cell: entry => <span className={css.quiet}>{entry.key.name}</span>,
            },
            {
              key: 'at',
              head: t('column.at'),
              track: '11rem',
              end: true,
              cell: entry => <span className={css.quiet}>{dateTime(entry.at)}</span>,
            },
          ]}
          card={entry => (
            <div className={css.card}>
              {name(entry)}
              <StateMark entry={entry} />
              <span className={css.from}>{[entry.key.name, dateTime(entry.at)].join(' · ')}</span>
            </div>
          )}
          empty={
            <Empty icon={<IconInbox />} title={t(state ? 'empty.filtered' : 'empty.title')}>
              {state ? null : t('empty.words')}
            </Empty>
          }
        />
      </Card>
      <EntrySheet id={open} onClose={sheet.close} />
    </Page>
  );
}

/** How to reach him, or what he said, where that is not the name already. */
function aboutOf(entry: Entry): string {
  const { found } = entry;
  const name = nameOf(entry);
  const person = found?.company ? found.person : null;
  const parts = [person, found?.mobile ?? found?.phone, found?.email, found?.message?.split('\n')[0]];
  return parts
    .filter(part => part && part !== name)
    .slice(0, 2)
    .join(' · ');
}

function StateFilter({ state }: { state: State | undefined }) {
  const { t } = useWords('intake');
  const navigate = useNavigate();
  return (
    <nav className={css.states} aria-label={t('filter')}>
      {[undefined, ...states].map(one => (
        <button
          key={one ?? 'all'}
          type="button"
          aria-pressed={one === state}
          onClick={() => void navigate({ to: '/intake', search: one ? { state: one } : {}, replace: true })}
        >
          {one ? t(`state.${one}`) : t('state.all')}
        </button>
      ))}
    </nav>
  );
}
