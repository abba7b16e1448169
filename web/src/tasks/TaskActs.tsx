// What can be done with picked tasks beside changing them: done, or put off to another day, all at once.
import { Button, Menu } from '@mantine/core';
import { IconCalendarTime, IconCheck } from '@tabler/icons-react';
import type { Picked } from '../batches/use-selection.ts';
import { day } from '../formats.ts';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { dayIn, daysToMonday } from './form.ts';
import { renews } from './use-task.ts';

export function TaskActs({ selection }: { selection: Picked }) {
  const { t } = useWords('tasks');
  const { ids } = selection;
  const write = useWrite('POST /tasks/bulk', { renews });
  const none = ids.length === 0;
  const finish = () =>
    write.mutate(
      { body: { ids, done: true } },
      {
        onSuccess: ({ body }) => {
          toast(t('bulk.done', { count: body.changed }));
          selection.clear();
        },
      },
    );
  const putOff = (days: number) => {
    const dueOn = dayIn(days);
    write.mutate(
      { body: { ids, dueOn } },
      {
        onSuccess: ({ body }) => {
          toast(t('bulk.put-off', { count: body.changed, when: day(`${dueOn}T12:00:00`) }));
          selection.clear();
        },
      },
    );
  };
  return (
    <>
      <Button
        disabled={none}
        loading={write.isPending}
        leftSection={<IconCheck size={18} aria-hidden />}
        onClick={finish}
      >
        {t('done.act')}
      </Button>
      <Menu position="top-end" width={200}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={none || write.isPending}
            leftSection={<IconCalendarTime size={18} aria-hidden />}
          >
            {t('bulk.postpone')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => putOff(1)}>{t('in.tomorrow')}</Menu.Item>
          <Menu.Item onClick={() => putOff(3)}>{t('in.three')}</Menu.Item>
          <Menu.Item onClick={() => putOff(daysToMonday())}>{t('in.week')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ProblemNote error={write.error} />
    </>
  );
}
