// Correcting a follow-up, or putting it into the bin with a way back.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { ActivityFields } from './ActivityFields.tsx';
import css from './activities.module.css';
import { type Activity, activityFormOf, activityPatchOf } from './form.ts';

const renews = [['today'], ['customers'], ['leads'], ['activities']];

export function EditActivity({ activity, onClose }: { activity: Activity | null; onClose: () => void }) {
  const { t } = useWords('activities');
  return (
    <Sheet opened={activity !== null} onClose={onClose} title={t('edit')}>
      {activity ? <EditForm key={activity.id} activity={activity} onDone={onClose} /> : null}
    </Sheet>
  );
}

function EditForm({ activity, onDone }: { activity: Activity; onDone: () => void }) {
  const { t } = useWords('activities');
  const { may } = useMe();
  const start = activityFormOf(activity);
  const draft = useDraft(`activity:${activity.id}`, start);
  const [tried, setTried] = useState(false);
  const params = { id: activity.id };
  const save = useWrite('PATCH /activities/{id}', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('saved'));
      onDone();
    },
  });
  const restore = useWrite('POST /activities/{id}/restore', { renews });
  const remove = useWrite('DELETE /activities/{id}', {
    renews,
    onDone: () => {
      draft.saved();
      toast(t('deleted'), { label: t('undo'), act: () => restore.mutate({ params }) });
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  function submit() {
    setTried(true);
    if (!draft.value.body.trim()) return;
    const body = activityPatchOf(start, draft.value);
    save.mutate({ params, body, ifMatch: `"v${activity.version}"` });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <ActivityFields form={draft.value} set={draft.set} tried={tried} />
      <ProblemNote error={save.error ?? remove.error} />
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('save-changes')}
      </Button>
      {may('delete:activity') ? (
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
      <DraftNote draft={draft} />
    </Form>
  );
}
