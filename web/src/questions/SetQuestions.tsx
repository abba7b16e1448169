// Choosing three questions and giving their answers. The questions are kept as a draft; answers, like passwords, are not.
import { Button } from '@mantine/core';
import { useState } from 'react';
import css from '../factors/factors.module.css';
import { Problem } from '../problem.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Preset, presets, type Question } from './question.ts';
import questionsCss from './questions.module.css';

const places = [0, 1, 2] as const;
const blank = { chosen: ['street', 'first-pay', 'dish'], own: ['', '', ''] };
const byHand = 'own';

/** `{"0.answer": words}` of a 422; the server words its faults in the reader's language. */
function faultsOf(error: unknown): Record<string, string> {
  if (!(error instanceof Problem) || error.code !== 'invalid') return {};
  const faults = Array.isArray(error.members.faults) ? error.members.faults : [];
  return Object.fromEntries(
    (faults as { path?: string; message?: string }[]).map(({ path = '', message = '' }) => [
      path.replace(/^(body\.)?items\./, ''),
      message,
    ]),
  );
}

export function SetQuestions({ onDone }: { onDone: () => void }) {
  const { t } = useWords('questions');
  const draft = useDraft('security-questions', blank);
  const [answers, setAnswers] = useState(['', '', '']);
  const [tried, setTried] = useState(false);
  const { chosen, own } = draft.value;
  const save = useWrite('PUT /security-questions', {
    renews: [['security-questions']],
    onDone: () => {
      draft.saved();
      toast(t('saved'));
      onDone();
    },
  });
  const faults = faultsOf(save.error);
  const replaced = (list: string[], at: number, value: string) =>
    list.map((one, i) => (i === at ? value : one));
  const questionMissing = (at: number) => chosen[at] === byHand && (own[at] ?? '').trim().length < 4;
  const answerMissing = (at: number) => !answers[at]?.trim();

  function submit() {
    setTried(true);
    if (save.isPending || places.some(at => questionMissing(at) || answerMissing(at))) return;
    const items = places.map(at => {
      const question: Question =
        chosen[at] === byHand ? { own: own[at]?.trim() ?? '' } : { preset: chosen[at] as Preset };
      return { question, answer: answers[at]?.trim() ?? '' };
    });
    save.mutate({ body: { items } });
  }

  if (!draft.ready) return <LoadingRows rows={3} />;
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p className="lk-hint">{t('set.hint')}</p>
      {places.map(at => (
        <fieldset key={at} className={questionsCss.one}>
          <legend className="lk-hidden">{t('set.number', { number: at + 1 })}</legend>
          <SelectField
            label={t('set.number', { number: at + 1 })}
            value={chosen[at] ?? ''}
            onValue={value => draft.set({ chosen: replaced(chosen, at, value) })}
            error={faults[`${at}.question`] ?? null}
            data={[
              ...presets.map(one => ({
                value: one,
                label: t(`preset.${one}`),
                disabled: chosen.some((other, i) => i !== at && other === one),
              })),
              { value: byHand, label: t('set.own') },
            ]}
          />
          {chosen[at] === byHand ? (
            <TextField
              label={t('set.own-words')}
              maxLength={120}
              value={own[at] ?? ''}
              onValue={value => draft.set({ own: replaced(own, at, value) })}
              error={tried && questionMissing(at) ? t('set.own-missing') : null}
            />
          ) : null}
          <TextField
            label={t('set.answer')}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={answers[at] ?? ''}
            onValue={value => setAnswers(replaced(answers, at, value))}
            error={tried && answerMissing(at) ? t('answers.missing') : (faults[`${at}.answer`] ?? null)}
          />
        </fieldset>
      ))}
      {Object.keys(faults).length > 0 ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('set.save')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
