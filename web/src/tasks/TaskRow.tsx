// One task in a list: a ring to tick, its words, when and about what; put off by the menu or by a swipe.
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCalendarTime,
  IconCheck,
  IconCircle,
  IconCircleCheckFilled,
  IconDots,
  IconRepeat,
} from '@tabler/icons-react';
import { ProblemNote } from '../ui/states.tsx';
import { SwipeRow } from '../ui/swipe.tsx';
import { useWords } from '../words.ts';
import { AboutLink } from './AboutLink.tsx';
import { daysToMonday, type Task } from './form.ts';
import { TaskDue } from './TaskDue.tsx';
import css from './tasks.module.css';
import { useTask } from './use-task.ts';

type TaskRowProps = {
  task: Task;
  onOpen: (task: Task) => void;
  writable: boolean;
  /** Names the owner: where tasks of several people stand together. */
  withOwner?: boolean;
  /** On the page of this record: it is not named again. */
  here?: string;
};

export function TaskRow({ task, onOpen, writable, withOwner = false, here }: TaskRowProps) {
  const { t } = useWords('tasks');
  const act = useTask(task);
  const isDone = task.status === 'done';
  const tomorrow = {
    label: t('in.tomorrow'),
    icon: <IconCalendarTime aria-hidden />,
    act: () => act.postpone(1),
  };
  return (
    <SwipeRow
      right={
        writable && !isDone
          ? { label: t('done.act'), icon: <IconCheck aria-hidden />, act: act.done }
          : undefined
      }
      left={writable && !isDone ? tomorrow : undefined}
    >
      <div className={css.row}>
        <button
          type="button"
          aria-pressed={isDone}
          aria-label={t('done.name', { name: task.title })}
          className={css.check}
          data-priority={task.priority}
          disabled={!writable || act.busy}
          onClick={isDone ? act.reopen : act.done}
        >
          {isDone ? (
            <IconCircleCheckFilled size={22} aria-hidden />
          ) : (
            <IconCircle size={22} stroke={task.priority === 'high' ? 2.5 : 1.75} aria-hidden />
          )}
        </button>
        <div className={css.words}>
          <button
            type="button"
            className={css.title}
            data-done={isDone || undefined}
            aria-haspopup="dialog"
            onClick={() => onOpen(task)}
          >
            {task.title}
          </button>
          <span className={css.meta}>
            <TaskDue task={task} />
            {task.kind === 'todo' ? null : <span>{t(`kind.${task.kind}`)}</span>}
            {task.priority === 'high' ? <span>{t('high')}</span> : null}
            {task.repeat ? (
              <IconRepeat size={15} role="img" aria-label={t(`repeat.${task.repeat.every}`)} />
            ) : null}
            {task.about?.id === here ? null : <AboutLink task={task} />}
            {withOwner ? <span>{task.owner?.name ?? t('owner.none')}</span> : null}
          </span>
          <ProblemNote error={act.error} />
        </div>
        {writable && !isDone ? (
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <ActionIcon aria-label={t('menu', { name: task.title })}>
                <IconDots size={20} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('postpone')}</Menu.Label>
              <Menu.Item onClick={() => act.postpone(1)}>{t('in.tomorrow')}</Menu.Item>
              <Menu.Item onClick={() => act.postpone(3)}>{t('in.three')}</Menu.Item>
              <Menu.Item onClick={() => act.postpone(daysToMonday())}>{t('in.week')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </div>
    </SwipeRow>
  );
}
