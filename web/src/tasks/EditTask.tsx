// Editing a task. The draft remembers the version it started from; when somebody else has saved meanwhile, both are shown
// side by side and nothing typed is lost (L42).
import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import {
  type CustomField,
  customFaults,
  customPatch,
  customTexts,
  keyOf,
  shownText,
  type WithCustom,
} from '../custom-fields/values.ts';
import { Conflict } from '../customers/Conflict.tsx';
import { clashesOf, merged } from '../customers/conflict.ts';
import { useOwners } from '../customers/use-owners.ts';
import { FilesLater } from '../files/files-later.ts';
import { Versions } from '../history/Versions.tsx';
import { Problem } from '../problem.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { AboutLink } from './AboutLink.tsx';
import { faultsOf, formFields, formOf, patchOf, type Task, type TaskForm } from './form.ts';
import { TaskFields } from './TaskFields.tsx';
import css from './tasks.module.css';
import { renews } from './use-task.ts';

export function EditTask({ task, onClose }: { task: Task | null; onClose: () => void }) {
  const { t } = useWords('tasks');
  const own = useFields('task');
  return (
    <Sheet opened={task !== null} onClose={onClose} title={t('edit.title')}>
      {task?.about ? (
        <p className={css.meta}>
          <AboutLink task={task} />
        </p>
      ) : null}
      {task && own.ready ? (
        <>
          <EditForm key={task.id} task={task} own={own.inputs} onDone={onClose} />
          <Suspense fallback={<LoadingRecord />}>
            <FilesLater subject={{ type: 'task', id: task.id }} />
          </Suspense>
        </>
      ) : null}
    </Sheet>
  );
}

type Editing = { form: WithCustom<TaskForm>; base: WithCustom<TaskForm>; version: number };

type EditFormProps = { task: Task; own: CustomField[]; onDone: () => void };

function EditForm({ task, own, onDone }: EditFormProps) {
  const { t } = useWords('tasks');
  const { may } = useMe();
  const { nameOf } = useOwners();
  const formWith = (one: Task) => ({ ...formOf(one), ...customTexts(own, one.custom) });
  const start = formWith(task);
  const draft = useDraft<Editing>(`task:${task.id}`, { form: start, base: start, version: task.version });
  const [tried, setTried] = useState(false);
  const params = { id: task.id };
  const save = useWrite('PATCH /tasks/{id}', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('edit.saved'));
      onDone();
    },
  });
  const restore = useWrite('POST /tasks/{id}/restore', { renews });
  const remove = useWrite('DELETE /tasks/{id}', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('deleted'), { label: t('undo'), act: () => restore.mutate({ params }) });
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { form, base, version } = draft.value;
  const faults = faultsOf(form);
  const current = currentIn(save.error);

  function send(next: WithCustom<TaskForm>, from: WithCustom<TaskForm>, ifVersion: number) {
    const body = { ...patchOf(from, next), ...customPatch(own, from, next) };
    if (Object.keys(body).length === 0) {
      draft.saved();
      return onDone();
    }
    save.mutate({ params, body, ifMatch: `"v${ifVersion}"` });
  }
  if (current) {
    const theirs = formWith(current);
    const clashes = clashesOf([...formFields, ...own.map(keyOf)], { base, mine: form, theirs }, ['note']);
    return (
      <Conflict
        clashes={clashes}
        name={field => own.find(one => keyOf(one) === field)?.label ?? t(`field.${field}`)}
        show={(field, value) => {
          const mine = own.find(one => keyOf(one) === field);
          return mine ? shownText(mine, value) : shownIn(field as keyof TaskForm, value, t, nameOf);
        }}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = merged(theirs, clashes, choices, { note: '\n' }) as WithCustom<TaskForm>;
          draft.set({ form: next, base: theirs, version: current.version });
          send(next, theirs, current.version);
        }}
      />
    );
  }
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        setTried(true);
        if (Object.keys({ ...faults, ...customFaults(own, form) }).length === 0) send(form, base, version);
      }}
    >
      <TaskFields
        form={form}
        set={change => draft.set(before => ({ ...before, form: { ...before.form, ...change } }))}
        faults={tried ? faults : {}}
        own={own}
        tried={tried}
      />
      <ProblemNote error={save.error ?? remove.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('edit.save')}
      </Button>
      {may('delete:task') ? (
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
          fullWidth
        >
          {t('delete')}
        </Button>
      ) : null}
      <Versions object="task" id={task.id} label={t('versions')} onDone={onDone} />
      <DraftNote draft={draft} />
    </Form>
  );
}

function shownIn(
  field: keyof TaskForm,
  value: string,
  t: (key: string) => string,
  nameOf: (id: string) => string | undefined,
): string {
  if (value === '') return '';
  if (field === 'ownerId') return nameOf(value) ?? value;
  if (field === 'kind' || field === 'priority' || field === 'repeat' || field === 'after')
    return t(`${field}.${value}`);
  return value;
}

/** The task as it stands now, out of a 412. */
function currentIn(error: unknown): Task | null {
  if (!(error instanceof Problem) || error.status !== 412) return null;
  return (error.current as Task | null) ?? null;
}
