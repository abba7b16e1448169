// Whether recoveries ask security questions: off, with the reasons against it, and a reason asked of whoever insists.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { besidesAsking } from '../factors/confirming.ts';
import css from '../factors/factors.module.css';
import { date } from '../formats.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import questionsCss from './questions.module.css';

type Policy = Calls['GET /policies/questions']['reply'];

const key = ['policies', 'questions'];

export function QuestionPolicyCard() {
  const { t } = useWords('questions');
  const { may } = useMe();
  const policy = useQuery({ queryKey: key, queryFn: () => api('GET /policies/questions') });
  const [open, setOpen] = useState(false);
  const { data } = policy;
  return (
    <Card title={t('policy.title')} id="question-policy">
      {policy.isPending ? <LoadingRows rows={2} /> : null}
      {policy.isError ? <Failed error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {data ? (
        <div className={css.form}>
          <p className="lk-hint">{t('policy.what')}</p>
          {data.enabled ? (
            <Note tone="warn">
              {t('policy.on', { when: data.changedAt ? date(data.changedAt) : '', reason: data.reason })}
            </Note>
          ) : (
            <p>{t('policy.off')}</p>
          )}
          {may('configure:policy') ? (
            <div>
              <Button variant="default" onClick={() => setOpen(true)}>
                {t(data.enabled ? 'policy.turn-off' : 'policy.turn-on')}
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
      <Sheet
        opened={open}
        onClose={() => setOpen(false)}
        title={t(data?.enabled ? 'policy.off-title' : 'policy.on-title')}
      >
        {data ? <Switch key={String(data.enabled)} policy={data} onDone={() => setOpen(false)} /> : null}
      </Sheet>
    </Card>
  );
}

const blank = { reason: '' };
const least = 10;

function Switch({ policy, onDone }: { policy: Policy; onDone: () => void }) {
  const { t } = useWords('questions');
  const draft = useDraft('policy:questions', blank);
  const [tried, setTried] = useState(false);
  const save = useWrite('PUT /policies/questions', {
    renews: [key, ['security-questions'], ['audit']],
    onDone: () => {
      draft.saved();
      toast(t('policy.saved'));
      onDone();
    },
  });
  const reason = draft.value.reason.trim();
  const short = !policy.enabled && reason.length < least;
  function submit() {
    setTried(true);
    if (short || save.isPending) return;
    save.mutate({ body: { enabled: !policy.enabled, reason } });
  }
  if (!draft.ready) return <LoadingRows rows={3} />;
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      {policy.enabled ? (
        <Note tone="warn">{t('policy.gone')}</Note>
      ) : (
        <>
          <Note tone="warn">{t('policy.against')}</Note>
          <ul className={questionsCss.why}>
            <li>{t('policy.why.guessed')}</li>
            <li>{t('policy.why.asvs')}</li>
            <li>{t('policy.why.nist')}</li>
            <li>{t('policy.why.forgotten')}</li>
          </ul>
          <p>{t('policy.better')}</p>
        </>
      )}
      <TextAreaField
        label={t(policy.enabled ? 'policy.reason-off' : 'policy.reason')}
        description={t('policy.reason-hint')}
        required={!policy.enabled}
        minRows={2}
        maxLength={500}
        value={draft.value.reason}
        onValue={value => draft.set({ reason: value })}
        error={tried && short ? t('policy.reason-missing') : null}
      />
      <ProblemNote error={besidesAsking(save.error)} />
      <Button type="submit" color="red" loading={save.isPending}>
        {t(policy.enabled ? 'policy.turn-off' : 'policy.turn-on')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
