// A new task in a sheet, about a record or about none; what is typed is kept until saved.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../custom-fields/use-fields.ts';
import { customFaults, customPatch, type WithCustom } from '../custom-fields/values.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type About, blank, bodyOf, dayIn, faultsOf, type TaskForm } from './form.ts';
import { TaskFields } from './TaskFields.tsx';
import css from './tasks.module.css';
import { renews } from './use-task.ts';

type NewTaskProps = { opened: boolean; onClose: () => void; about?: (About & { name: string }) | null };

export function NewTask({ opened, onClose, about = null }: NewTaskProps) {
  const { t } = useWords('tasks');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('new.title')}>
      {about ? <p className={css.about}>{t('about-name', { name: about.name })}</p> : null}
      <NewForm about={about} onDone={onClose} />
    </Sheet>
  );
}

function NewForm({ about, onDone }: { about: About | null; onDone: () => void }) {
  const { t } = useWords('tasks');
  const draft = useDraft<WithCustom<TaskForm>>(`task:new${about ? `:${about.id}` : ''}`, {
    ...blank,
    day: dayIn(0),
  });
  const { inputs: own, ready } = useFields('task');
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /tasks', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('new.saved'));
      onDone();
    },
  });
  if (!draft.ready || !ready) return <LoadingRecord />;
  const faults = faultsOf(draft.value);
  function submit() {
    setTried(true);
    if (Object.keys({ ...faults, ...customFaults(own, draft.value) }).length > 0) return;
    save.mutate({ body: { ...bodyOf(draft.value, about), ...customPatch(own, {}, draft.value) } });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <TaskFields
        form={draft.value}
        set={draft.set}
        faults={tried ? faults : {}}
        autoFocus
        own={own}
        tried={tried}
      />
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('new.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
