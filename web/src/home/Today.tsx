// Today: what to do now, in order — overdue and due follow-ups, tasks, deals that wait, payments; each with its next tap.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import { api } from '../api.ts';
import { startOfDay } from '../customers/due.ts';
import { useMe } from '../session.ts';
import { dayIn, type Task } from '../tasks/form.ts';
import { TaskRow } from '../tasks/TaskRow.tsx';
import { fetched } from '../ui/fetched.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { FollowUpRow } from './FollowUpRow.tsx';
import css from './home.module.css';
import { Paused } from './Paused.tsx';
import { PaymentRow, WaitingDealRow } from './WaitingRows.tsx';

const NewTask = fetched(async () => ({ default: (await import('../tasks/NewTask.tsx')).NewTask }));
const EditTask = fetched(async () => ({ default: (await import('../tasks/EditTask.tsx')).EditTask }));

export function Today() {
  const { t } = useWords('home');
  const { may } = useMe();
  const sheet = useSheet();
  const [opened, setOpened] = useState<Task | null>(null);
  const until = startOfDay(1).toISOString();
  const query = useQuery({
    queryKey: ['today', until],
    queryFn: ({ signal }) => api('GET /today', { query: { day: dayIn(0), until }, signal }),
  });
  if (query.isPending)
    return (
      <Card title={t('today.title')} flush>
        <LoadingRows rows={5} />
      </Card>
    );
  if (query.isError && !query.data)
    return (
      <Card title={t('today.title')} flush>
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  const { followUps, tasks, deals, payments } = query.data;
  const isFree = [followUps, tasks, deals, payments].every(section => section.items.length === 0);
  const writes = may('update:task');
  const { pause } = query.data;
  return (
    <>
      {pause ? <Paused pause={pause} /> : null}
      {isFree ? (
        <Card title={t('today.title')}>
          <p className={css.free}>{t('today.free')}</p>
        </Card>
      ) : null}
      <Section
        title={t('today.follow-ups')}
        items={followUps.items}
        row={one => <FollowUpRow one={one} />}
        all={
          followUps.more ? (
            <Link className="lk-link" to="/customers" search={{ sort: 'nextFollowUpAt', owner: 'me' }}>
              {t('today.all')}
            </Link>
          ) : null
        }
      />
      <Section
        title={t('today.tasks')}
        items={tasks.items}
        row={task => <TaskRow task={task} onOpen={setOpened} writable={writes} />}
        all={
          <Link className="lk-link" to="/tasks">
            {t('today.all')}
          </Link>
        }
      />
      <Section
        title={t('today.deals')}
        items={deals.items}
        row={deal => <WaitingDealRow deal={deal} />}
        all={
          deals.more ? (
            <Link className="lk-link" to="/deals" search={{ owner: 'me' }}>
              {t('today.all')}
            </Link>
          ) : null
        }
      />
      <Section
        title={t('today.payments')}
        items={payments.items}
        row={payment => <PaymentRow payment={payment} />}
        all={
          payments.more ? (
            <Link className="lk-link" to="/orders/due">
              {t('today.all')}
            </Link>
          ) : null
        }
      />
      <Suspense fallback={null}>
        {sheet.is('new-task') ? <NewTask opened onClose={sheet.close} /> : null}
        {opened ? <EditTask task={opened} onClose={() => setOpened(null)} /> : null}
      </Suspense>
    </>
  );
}

type SectionProps<T> = { title: string; items: T[]; row: (item: T) => ReactNode; all: ReactNode };

/** So many of a section are shown at first: what comes after it must not lie out of sight. */
const first = 6;

function Section<T extends { id: string }>({ title, items, row, all }: SectionProps<T>) {
  const { t } = useWords('home');
  const [open, setOpen] = useState(false);
  if (items.length === 0) return null;
  const shown = open ? items : items.slice(0, first);
  return (
    <Card title={t('today.counted', { title, count: items.length })} flush aside={all}>
      <ul className={css.rows}>
        {shown.map(item => (
          <li key={item.id}>{row(item)}</li>
        ))}
      </ul>
      {items.length > shown.length ? (
        <div className={css.more}>
          <Button variant="subtle" onClick={() => setOpen(true)}>
            {t('today.rest', { count: items.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
