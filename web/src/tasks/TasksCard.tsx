// The open tasks about a record, on its page; about a customer those of its contacts, deals and orders as well.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { fetched } from '../ui/fetched.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import type { About, Task } from './form.ts';
import { TaskRow } from './TaskRow.tsx';
import css from './tasks.module.css';

const NewTask = fetched(async () => ({ default: (await import('./NewTask.tsx')).NewTask }));
const EditTask = fetched(async () => ({ default: (await import('./EditTask.tsx')).EditTask }));

type TasksCardProps = { about: About & { name: string }; editable: boolean };

export function TasksCard({ about, editable }: TasksCardProps) {
  const { t } = useWords('tasks');
  const { may, user } = useMe();
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Task | null>(null);
  const query = useQuery({
    queryKey: ['tasks', 'about', about.id, 20],
    queryFn: ({ signal }) =>
      api('GET /tasks', {
        query: { limit: 20, ...(about.type === 'customer' ? { customer: about.id } : { about: about.id }) },
        signal,
      }),
    enabled: may('read:task'),
  });
  const items = query.data?.items ?? [];
  if (!may('read:task') || (items.length === 0 && !editable)) return null;
  return (
    <Card
      title={t('title')}
      flush
      aside={
        editable && may('create:task') ? (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} aria-hidden />}
            aria-haspopup="dialog"
            onClick={() => setAdding(true)}
          >
            {t('new.open')}
          </Button>
        ) : null
      }
    >
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('card.none')}</p> : null}
      <ul className={css.list}>
        {items.map(task => (
          <li key={task.id}>
            <TaskRow
              task={task}
              onOpen={setOpened}
              writable={editable && may('update:task')}
              withOwner={task.owner?.id !== user.id}
              here={about.id}
            />
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>
        {adding ? <NewTask opened onClose={() => setAdding(false)} about={about} /> : null}
        {opened ? <EditTask task={opened} onClose={() => setOpened(null)} /> : null}
      </Suspense>
    </Card>
  );
}
