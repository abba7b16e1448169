// Somebody is locked or away: his reminders stand still until he is back, for his manager to see and to end.
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { dateTime, day } from '../formats.ts';
import { dayIn } from '../tasks/form.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './handover.module.css';

type Pause = NonNullable<Calls['GET /people/{id}/handover']['reply']['pause']>;
type Person = { id: string; name: string };

const renews = (person: Person) => [['handover', person.id], ['tasks'], ['today'], ['audit']];

export function PauseNote({ person, pause }: { person: Person; pause: Pause }) {
  const { t } = useWords('handover');
  const end = useWrite('POST /people/{id}/resume', {
    renews: renews(person),
    onDone: ({ body }) => toast(t('pause.ended', { count: body.moved })),
  });
  return (
    <div className={css.paused}>
      <Note tone="warn">
        <p>
          {t('pause.now', { when: dateTime(pause.at), who: pause.by.name })} ·{' '}
          {pause.untilOn ? t('pause.back-on', { day: day(pause.untilOn) }) : t('pause.back-sign-in')} ·{' '}
          {pause.reason}
        </p>
        {pause.waiting > 0 ? <p>{t('pause.waiting', { count: pause.waiting })}</p> : null}
        <ProblemNote error={end.error} />
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          loading={end.isPending}
          onClick={() => end.mutate({ params: { id: person.id } })}
        >
          {t('pause.end')}
        </Button>
      </Note>
    </div>
  );
}

export function PauseButton({ person }: { person: Person }) {
  const { t } = useWords('handover');
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlayerPause size={18} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {t('pause.open')}
      </Button>
      <Sheet opened={opened} onClose={close} title={t('pause.title', { name: person.name })}>
        {opened ? <PauseForm person={person} onDone={close} /> : null}
      </Sheet>
    </>
  );
}

function PauseForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useWords('handover');
  const draft = useDraft(`handover-pause:${person.id}`, { reason: '', untilOn: '' });
  const [tried, setTried] = useState(false);
  const pause = useWrite('POST /people/{id}/pause', {
    renews: renews(person),
    onDone: () => {
      draft.saved();
      toast(t('pause.done'));
      onDone();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { reason, untilOn } = draft.value;
  const missing = reason.trim().length < 3;
  const past = untilOn !== '' && untilOn <= dayIn(0);
  function submit() {
    setTried(true);
    if (missing || past || pause.isPending) return;
    const body = { reason: reason.trim(), untilOn: untilOn || null };
    pause.mutate({ params: { id: person.id }, body });
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p className="lk-hint">{t('pause.words', { name: person.name })}</p>
      <TextField
        type="date"
        label={t('pause.until')}
        description={t('pause.until-hint')}
        value={untilOn}
        min={dayIn(1)}
        onValue={value => draft.set({ untilOn: value })}
        error={tried && past ? t('pause.until-past') : null}
      />
      <TextAreaField
        label={t('reason')}
        description={t('reason-hint')}
        value={reason}
        onValue={value => draft.set({ reason: value })}
        maxLength={500}
        error={tried && missing ? t('reason-missing') : null}
      />
      <ProblemNote error={pause.error} />
      <Button type="submit" loading={pause.isPending} fullWidth>
        {t('pause.go')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
