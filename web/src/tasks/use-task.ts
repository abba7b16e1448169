// What is done with a task at one tap: done with a way back, opened again, put off.
import { day } from '../formats.ts';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { dayIn, postponed, type Task } from './form.ts';

/** What a change to tasks makes stale. */
export const renews = [['tasks'], ['today']];

export function useTask(task: Task) {
  const { t } = useWords('tasks');
  const params = { id: task.id };
  const reopen = useWrite('POST /tasks/{id}/reopen', { renews });
  const back = useWrite('PATCH /tasks/{id}', { renews });
  const done = useWrite('POST /tasks/{id}/done', {
    renews,
    onDone: ({ body: { next } }) => {
      const due = next?.dueAt ?? next?.dueOn;
      toast(due ? t('done.next', { when: day(due) }) : t('done.said'), {
        label: t('undo'),
        act: () => reopen.mutate({ params }),
      });
    },
  });
  const postpone = useWrite('PATCH /tasks/{id}', {
    renews,
    onDone: ({ body }) =>
      toast(t('postponed', { when: day(body.dueAt ?? body.dueOn ?? '') }), {
        label: t('undo'),
        act: () => back.mutate({ params, body: { dueOn: task.dueOn, dueAt: task.dueAt } }),
      }),
  });
  return {
    error: done.error ?? reopen.error ?? postpone.error,
    busy: done.isPending || reopen.isPending || postpone.isPending,
    done: () => done.mutate({ params }),
    reopen: () => reopen.mutate({ params }),
    postpone: (days: number) => postpone.mutate({ params, body: postponed(task, days) }),
    toDay: dayIn,
  };
}
