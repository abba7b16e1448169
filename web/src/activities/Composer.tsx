// Writing a follow-up: on a desk above the time line, on a phone in a sheet; the words are kept until saved.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { DraftNote } from '../ui/DraftNote.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { ActivityFields } from './ActivityFields.tsx';
import css from './activities.module.css';
import { type About, activityBodyOf, blankActivity, idOf } from './form.ts';
import { askAfter } from './next.ts';

type ComposerProps = { about: About; onSaved?: () => void; inSheet?: boolean };

export function Composer({ about, onSaved, inSheet = false }: ComposerProps) {
  const { t } = useWords('activities');
  const draft = useDraft(`activity:new:${idOf(about)}`, blankActivity);
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /activities', {
    renews: [['today'], ['customers'], ['leads'], ['activities']],
    onDone: ({ body }) => {
      setTried(false);
      draft.discard();
      toast(t('saved'));
      askAfter(body);
      onSaved?.();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const form = draft.value;
  function submit() {
    setTried(true);
    if (form.body.trim()) save.mutate({ body: activityBodyOf(form, about) });
  }
  return (
    <Form onSubmit={submit} className={css.form} aria-label={t('new')}>
      <ActivityFields form={form} set={draft.set} tried={tried} autoFocus={inSheet} />
      <ProblemNote error={save.error} />
      <div className={css.send}>
        <Button type="submit" loading={save.isPending} fullWidth={inSheet}>
          {t('save')}
        </Button>
        <DraftNote draft={draft} />
      </div>
    </Form>
  );
}
