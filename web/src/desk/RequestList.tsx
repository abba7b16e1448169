// Requests for a second approval: who asks what for whom and why; approve, refuse, or take what was approved.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ConfirmFirst } from '../factors/ConfirmFirst.tsx';
import { dateTime } from '../formats.ts';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './desk.module.css';
import { type Request, touched } from './help.ts';
import { SecretShown } from './SecretShown.tsx';

type Step = { kind: 'approve' | 'refuse' | 'collect'; request: Request };

type RequestListProps = { title: string; requests: Request[]; children?: ReactNode };

/** Stays while its sheet is open, also when nothing is left to list: what is shown once must not vanish. */
export function RequestList({ title, requests, children }: RequestListProps) {
  const { t } = useWords('desk');
  const [step, setStep] = useState<Step | null>(null);
  return (
    <>
      {requests.length > 0 || children ? (
        <Card title={title} flush>
          {children}
          <ul className={css.requests} aria-label={title}>
            {requests.map(request => (
              <li key={request.id}>
                <div className={css['request-head']}>
                  <strong>
                    {t('requests.line', {
                      who: request.askedBy.name,
                      what: t(`action.${request.action}.title`),
                      whom: request.person.name,
                    })}
                  </strong>
                  <span className={css.mark} data-tone={request.state === 'waiting' ? 'warn' : undefined}>
                    {t(`requests.state.${request.state}`)}
                  </span>
                </div>
                <p>
                  {t(`proof.${request.proof}`)} · {request.reason}
                </p>
                <p className="lk-hint">
                  {request.may.length > 0
                    ? t('requests.until', { when: dateTime(request.expiresAt) })
                    : dateTime(request.askedAt)}
                  {request.decidedBy ? ` · ${t('requests.decided', { name: request.decidedBy.name })}` : ''}
                  {request.decidedWhy ? ` · ${request.decidedWhy}` : ''}
                </p>
                {request.may.length > 0 ? (
                  <div className="lk-row">
                    {request.may.map(kind => (
                      <Button
                        key={kind}
                        variant={kind === 'refuse' ? 'default' : 'filled'}
                        onClick={() => setStep({ kind, request })}
                      >
                        {t(`requests.${kind}`)}
                      </Button>
                    ))}
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <Sheet
        opened={step !== null}
        onClose={() => setStep(null)}
        title={step ? t(`requests.${step.kind}-title`) : ''}
      >
        {step ? <StepInside step={step} onDone={() => setStep(null)} /> : null}
      </Sheet>
    </>
  );
}

function StepInside({ step, onDone }: { step: Step; onDone: () => void }) {
  if (step.kind === 'refuse') return <Refuse request={step.request} onDone={onDone} />;
  if (step.kind === 'collect') return <Collect request={step.request} onDone={onDone} />;
  return (
    <ConfirmFirst>
      <Approve request={step.request} onDone={onDone} />
    </ConfirmFirst>
  );
}

type StepProps = { request: Request; onDone: () => void };

function Approve({ request, onDone }: StepProps) {
  const { t } = useWords('desk');
  const approve = useWrite('POST /desk/requests/{id}/approval', {
    renews: touched,
    onDone: answer => {
      onDone();
      toast(t(answer.body.kind === 'done' ? 'requests.carried-out' : 'requests.approved-toast'));
    },
  });
  return (
    <div className={css.form}>
      <Note tone="warn">{t('requests.mind', { who: request.askedBy.name, whom: request.person.name })}</Note>
      <p>
        {t(`proof.${request.proof}`)} · {request.reason}
      </p>
      <ProblemNote error={approve.error} />
      <Button
        fullWidth
        loading={approve.isPending}
        onClick={() => approve.mutate({ params: { id: request.id } })}
      >
        {t('requests.approve')}
      </Button>
    </div>
  );
}

function Refuse({ request, onDone }: StepProps) {
  const { t } = useWords('desk');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const refuse = useWrite('POST /desk/requests/{id}/refusal', { renews: touched, onDone });
  const short = reason.trim().length < 3;
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        setTried(true);
        if (!short) refuse.mutate({ params: { id: request.id }, body: { reason: reason.trim() } });
      }}
    >
      <TextAreaField
        label={t('help.reason')}
        required
        minRows={2}
        value={reason}
        onValue={setReason}
        error={tried && short ? t('help.reason-missing') : null}
      />
      <ProblemNote error={refuse.error} />
      <Button type="submit" color="red" loading={refuse.isPending} fullWidth>
        {t('requests.refuse')}
      </Button>
    </Form>
  );
}

function Collect({ request, onDone }: StepProps) {
  const { t } = useWords('desk');
  const queries = useQueryClient();
  const collect = useWrite('POST /desk/requests/{id}/collection');
  function close() {
    onDone();
    for (const queryKey of touched) void queries.invalidateQueries({ queryKey });
  }
  const got = collect.data?.body;
  if (got?.kind === 'done') return <SecretShown secret={got.secret} person={request.person} onDone={close} />;
  return (
    <div className={css.form}>
      <p>{t('requests.collect-words', { whom: request.person.name })}</p>
      <ProblemNote error={collect.error} />
      <Button
        fullWidth
        loading={collect.isPending}
        onClick={() => collect.mutate({ params: { id: request.id } })}
      >
        {t('requests.collect')}
      </Button>
    </div>
  );
}
