// When a task is due, in words, and loud enough when it is late.
import { daysUntil, nearness } from '../customers/due.ts';
import { date, dateTime, day, time } from '../formats.ts';
import { useWords } from '../words.ts';
import { dueMoment, type Task } from './form.ts';
import css from './tasks.module.css';

export function TaskDue({ task }: { task: Task }) {
  const { t } = useWords('tasks');
  const at = dueMoment(task);
  if (task.doneAt) return <span>{t('done-at', { when: day(task.doneAt) })}</span>;
  if (!at) return <span>{t('due.none')}</span>;
  const days = daysUntil(at);
  const near = nearness(at);
  const isPast = task.dueAt !== null && new Date(task.dueAt).getTime() < Date.now();
  const named = days === 0 ? t('due.today') : days === 1 ? t('due.tomorrow') : day(at);
  const words = days < 0 ? t('due.overdue', { count: -days }) : named;
  return (
    <time
      className={css.due}
      data-near={isPast ? 'overdue' : near}
      dateTime={task.dueAt ?? task.dueOn ?? ''}
      title={task.dueAt ? dateTime(task.dueAt) : date(at)}
    >
      {task.dueAt && days >= 0 ? `${words} ${time(task.dueAt)}` : words}
    </time>
  );
}
