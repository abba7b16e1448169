// What waits for the server: each change with where it stands, and what to do where it was refused or somebody was quicker.
import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Conflict } from '../customers/Conflict.tsx';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Empty, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { EditWaiting } from './EditWaiting.tsx';
import { useFieldWords } from './field-words.ts';
import css from './offline.module.css';
import { changeWaiting, dropWaiting, onQueueChange, waitingOf } from './queue.ts';
import { keepInStep } from './start.ts';
import { listenToOffline, offlineState } from './state.ts';
import { changesIn, clashesIn, decided, kindOf, type Waiting } from './writes.ts';

export default function WaitingPage() {
  const { t } = useWords('offline');
  const { user } = useMe();
  const query = useQuery({ queryKey: ['waiting', user.id], queryFn: () => waitingOf(user.id), staleTime: 0 });
  const { refetch } = query;
  const { away } = useSyncExternalStore(listenToOffline, offlineState);
  const [opened, setOpened] = useState<number | null>(null);
  useEffect(() => onQueueChange(() => void refetch()), [refetch]);
  const entries = query.data ?? [];
  const entry = entries.find(one => one.seq === opened);

  async function settle(next: Waiting | null, seq: number) {
    setOpened(null);
    await (next ? changeWaiting(user.id, next) : dropWaiting(seq));
    await keepInStep();
  }

  return (
    <Page title={t('title')} lead={t('lead')} back={{ to: '/', label: t('home') }}>
      <Card flush>
        {query.isPending ? <LoadingRows rows={3} /> : null}
        {query.data && entries.length === 0 ? (
          <Empty icon={<IconCircleCheck />} title={t('empty.title')}>
            {t('empty.words')}
          </Empty>
        ) : null}
        <ul className={css.rows}>
          {entries.map(one => (
            <li key={one.seq}>
              <Item entry={one} away={away} onOpen={() => setOpened(one.seq)} onSettle={settle} />
            </li>
          ))}
        </ul>
      </Card>
      <Sheet
        opened={entry !== undefined}
        onClose={() => setOpened(null)}
        title={entry?.state === 'conflict' ? t('conflict') : t('edit')}
        wide
      >
        {entry ? (
          entry.state === 'conflict' && entry.theirs ? (
            <Clashes entry={entry} onBack={() => setOpened(null)} onSettle={settle} />
          ) : (
            <EditWaiting key={entry.seq} entry={entry} onSave={next => void settle(next, entry.seq)} />
          )
        ) : null}
      </Sheet>
    </Page>
  );
}

const isEmpty = (value: unknown) => value === null || value === '';

type Settle = (next: Waiting | null, seq: number) => Promise<void>;
type ItemProps = { entry: Waiting; away: boolean; onOpen: () => void; onSettle: Settle };

function Item({ entry, away, onOpen, onSettle }: ItemProps) {
  const { t } = useWords('offline');
  const words = useFieldWords(entry);
  const [asking, setAsking] = useState(false);
  const kind = kindOf(entry);
  const record = entry.id ?? '';
  return (
    <article className={css.item}>
      <header className={css.head}>
        <strong>{t(`call.${entry.call.replace(/[ /{}]+/g, '-').replace(/-$/, '')}`)}</strong>
        {record && (kind === 'customers' || kind === 'deals' || kind === 'leads') ? (
          <Link to={`/${kind}/$id`} params={{ id: record }} className="lk-link">
            {entry.title}
          </Link>
        ) : (
          <span>{entry.title}</span>
        )}
        <span className={css.quiet}>{ago(entry.at)}</span>
      </header>
      <dl className={css.changes}>
        {Object.entries(changesIn(entry))
          .filter(([field, value]) => !words.isHidden(field) && (entry.id || !isEmpty(value)))
          .map(([field, value]) => (
            <div key={field}>
              <dt>{words.name(field)}</dt>
              <dd>{isEmpty(value) ? t('cleared') : words.show(field, value)}</dd>
            </div>
          ))}
      </dl>
      {entry.state === 'waiting' ? (
        <p className={css.quiet}>{t(away ? 'state.away' : 'state.waiting')}</p>
      ) : (
        <Note tone="warn">
          {entry.state === 'refused'
            ? t('state.refused', { why: entry.refusal?.words ?? '' })
            : t(`state.${entry.state}`)}
        </Note>
      )}
      <div className={css.acts}>
        {entry.state === 'conflict' ? (
          <Button size="sm" onClick={onOpen}>
            {t('act.compare')}
          </Button>
        ) : null}
        {entry.state === 'refused' && Object.keys(entry.body).length > 0 ? (
          <Button size="sm" onClick={onOpen}>
            {t('act.edit')}
          </Button>
        ) : null}
        {entry.state === 'refused' || entry.state === 'unsure' ? (
          <Button
            size="sm"
            variant="default"
            onClick={() => void onSettle({ ...entry, state: 'waiting', sentAt: null }, entry.seq)}
          >
            {t('act.again')}
          </Button>
        ) : null}
        {asking ? (
          <>
            <span className={css.quiet}>{t('act.sure')}</span>
            <PlainButton look="quiet" onClick={() => void onSettle(null, entry.seq)}>
              {t('act.drop')}
            </PlainButton>
            <PlainButton look="quiet" onClick={() => setAsking(false)}>
              {t('act.keep')}
            </PlainButton>
          </>
        ) : (
          <PlainButton look="quiet" onClick={() => setAsking(true)}>
            {t('act.drop')}
          </PlainButton>
        )}
      </div>
    </article>
  );
}

function Clashes({ entry, onBack, onSettle }: { entry: Waiting; onBack: () => void; onSettle: Settle }) {
  const words = useFieldWords(entry);
  const { theirs } = entry;
  if (!theirs) return null;
  return (
    <Conflict
      clashes={clashesIn(entry, theirs)}
      name={words.name}
      show={words.show}
      busy={false}
      onBack={onBack}
      onDecided={choices => void onSettle(decided(entry, theirs, choices), entry.seq)}
    />
  );
}
