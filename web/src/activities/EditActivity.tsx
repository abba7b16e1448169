// Correcting a follow-up, or putting it into the bin with a way back. The draft remembers the version it started from; when
// somebody else has saved meanwhile, both are shown side by side and nothing typed is lost (L42).
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Conflict } from '../customers/Conflict.tsx';
import { clashesOf, merged } from '../customers/conflict.ts';
import { dateTime } from '../formats.ts';
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
import { ActivityFields } from './ActivityFields.tsx';
import css from './activities.module.css';
import { type Activity, type ActivityForm, activityFields, activityFormOf, activityPatchOf } from './form.ts';

const renews = [['today'], ['customers'], ['leads'], ['activities']];

export function EditActivity({ activity, onClose }: { activity: Activity | null; onClose: () => void }) {
  const { t } = useWords('activities');
  return (
    <Sheet opened={activity !== null} onClose={onClose} title={t('edit')}>
      {activity ? <EditForm key={activity.id} activity={activity} onDone={onClose} /> : null}
    </Sheet>
  );
}

type Editing = { form: ActivityForm; base: ActivityForm; version: number };

function EditForm({ activity, onDone }: { activity: Activity; onDone: () => void }) {
  const { t } = useWords('activities');
  const { may } = useMe();
  const start = activityFormOf(activity);
  const draft = useDraft<Editing>(`activity:${activity.id}:edit`, {
    form: start,
    base: start,
    version: activity.version,
  });
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
  const { form, base, version } = draft.value;
  const current = currentIn(save.error);

  function send(next: ActivityForm, from: ActivityForm, ifVersion: number) {
    const body = activityPatchOf(from, next);
    if (Object.keys(body).length > 0) return save.mutate({ params, body, ifMatch: `"v${ifVersion}"` });
    draft.saved();
    onDone();
  }
  if (current) {
    const theirs = activityFormOf(current);
    const clashes = clashesOf(activityFields, { base, mine: form, theirs }, ['body']);
    return (
      <Conflict
        clashes={clashes}
        name={field => t(`field.${field}`)}
        show={(field, value) => (field === 'kind' ? t(`kind.${value}`) : shownIn(field, value))}
        busy={save.isPending}
        onBack={() => save.reset()}
        onDecided={choices => {
          const next = merged(theirs, clashes, choices, { body: '\n' }) as ActivityForm;
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
        if (form.body.trim()) send(form, base, version);
      }}
    >
      <ActivityFields
        form={form}
        set={change => draft.set(before => ({ ...before, form: { ...before.form, ...change } }))}
        tried={tried}
      />
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

const shownIn = (field: keyof ActivityForm, value: string) =>
  field === 'nextAt' && value ? dateTime(new Date(value).toISOString()) : value;

/** The follow-up as it stands now, out of a 412. */
function currentIn(error: unknown): Activity | null {
  if (!(error instanceof Problem) || error.status !== 412) return null;
  return (error.current as Activity | null) ?? null;
}
