// Back from a call: how it went by one tap, a word about it, and what comes next.
import { Button } from '@mantine/core';
import { useMe } from '../session.ts';
import { TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './activities.module.css';
import { type Call, settleCall } from './calls.ts';
import { activityBodyOf, blankActivity, idOf, morningIn, offeredDays } from './form.ts';
import { askAfter } from './next.ts';

const outcomes = ['reached', 'no-answer', 'call-back', 'wrong-number'] as const;
type Outcome = (typeof outcomes)[number];

export default function AfterCall({ call }: { call: Call }) {
  const { t } = useWords('activities');
  const { may } = useMe();
  if (!may('create:activity')) return null;
  return (
    <Sheet opened onClose={settleCall} title={t('after.title')}>
      <p className={css.whom}>{call.name}</p>
      <AfterForm key={call.at} call={call} />
    </Sheet>
  );
}

function AfterForm({ call }: { call: Call }) {
  const { t } = useWords('activities');
  const draft = useDraft(`activity:call:${idOf(call.about)}`, {
    outcome: '' as Outcome | '',
    note: '',
    nextStep: '',
    nextAt: '',
  });
  const save = useWrite('POST /activities', {
    renews: [['today'], ['customers'], ['leads'], ['activities']],
    onDone: ({ body }) => {
      draft.saved();
      toast(t('saved'));
      askAfter(body);
      settleCall();
    },
  });
  if (!draft.ready) return <LoadingRecord />;
  const { value, set } = draft;
  const { outcome, note, nextStep, nextAt } = value;
  const said = [outcome && t(`after.${outcome}`), note.trim()].filter(Boolean).join(t('after.joint'));

  function submit() {
    if (!said) return;
    const form = { ...blankActivity, kind: 'call' as const, body: said, nextStep, nextAt };
    const contact = call.contactId ? { contactId: call.contactId } : {};
    save.mutate({
      body: { ...activityBodyOf(form, call.about), ...contact, at: new Date(call.at).toISOString() },
    });
  }
  return (
    <Form onSubmit={submit} className={css.form}>
      <fieldset className={css.kinds}>
        <legend className="lk-hidden">{t('after.outcome')}</legend>
        {outcomes.map(one => (
          <label key={one} className={css.kind} data-chosen={one === outcome || undefined}>
            <input
              type="radio"
              name="outcome"
              className="lk-hidden"
              checked={one === outcome}
              onChange={() => set({ outcome: one })}
            />
            {t(`after.${one}`)}
          </label>
        ))}
      </fieldset>
      <TextAreaField
        label={t('after.note')}
        placeholder={t('field.body-hint')}
        minRows={2}
        value={note}
        onValue={words => set({ note: words })}
      />
      <TextField
        label={t('field.nextStep')}
        autoComplete="off"
        value={nextStep}
        onValue={step => set({ nextStep: step })}
      />
      <div className={css.days}>
        {offeredDays.map(days => (
          <button
            key={days}
            type="button"
            className={css.day}
            aria-pressed={nextAt === morningIn(days)}
            onClick={() => set({ nextAt: nextAt === morningIn(days) ? '' : morningIn(days) })}
          >
            {t(`in.${days}`)}
          </button>
        ))}
      </div>
      <ProblemNote error={save.error} />
      <Button type="submit" loading={save.isPending} disabled={!said} fullWidth>
        {t('save')}
      </Button>
      <PlainButton
        look="quiet"
        wide
        onClick={() => {
          draft.discard();
          settleCall();
        }}
      >
        {t('after.skip')}
      </PlainButton>
    </Form>
  );
}
