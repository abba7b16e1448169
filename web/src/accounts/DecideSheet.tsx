// Granting a request, for a time or for good, or refusing it with a reason.
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Calls } from '../calls.ts';
import { SelectField, TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './accounts.module.css';
import { permissionWords } from './permission.ts';

export type Request = Calls['GET /requests']['reply']['items'][number];
type Chosen = { request: Request; grants: boolean };

const day = 86_400_000;
const spans = ['day', 'week', 'month', 'quarter', 'year', 'always'] as const;
type Span = (typeof spans)[number];
const days: Record<Span, number | null> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 91,
  year: 365,
  always: null,
};

export function DecideSheet({ chosen, onClose }: { chosen: Chosen | null; onClose: () => void }) {
  const { t } = useWords('accounts');
  // What the sheet shows stays while it slides away.
  const [shown, setShown] = useState(chosen);
  useEffect(() => {
    if (chosen) setShown(chosen);
  }, [chosen]);
  return (
    <Sheet
      opened={chosen !== null}
      onClose={onClose}
      title={shown ? t(shown.grants ? 'decide.grant' : 'decide.refuse') : ''}
    >
      {shown ? <Decide key={shown.request.id + shown.grants} {...shown} onDone={onClose} /> : null}
    </Sheet>
  );
}

function Decide({ request, grants, onDone }: Chosen & { onDone: () => void }) {
  const { t } = useWords('accounts');
  const isExtension = request.kind === 'extension';
  const [span, setSpan] = useState<Span>(isExtension ? 'quarter' : 'month');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const decide = useWrite('POST /requests/{id}/decision', {
    renews: [['requests'], ['people']],
    onDone: () => {
      toast(t(grants ? 'decide.granted' : 'decide.refused'));
      onDone();
    },
  });
  const what = isExtension ? t('requests.extension') : permissionWords(t, request.action, request.object);
  const missing = !grants && reason.trim().length < 3;

  function submit() {
    setTried(true);
    if (missing || decide.isPending) return;
    const length = days[span];
    const until = length === null ? null : new Date(Date.now() + length * day).toISOString();
    const body = grants
      ? { decision: 'grant' as const, until, reason: reason.trim() }
      : { decision: 'refuse' as const, reason: reason.trim() };
    decide.mutate({ params: { id: request.id }, body });
  }

  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p>
        <strong>{t('requests.who-what', { who: request.person.name, what })}</strong>
        <br />
        <span className="lk-hint">{request.reason}</span>
      </p>
      {grants ? (
        <SelectField
          label={t(isExtension ? 'decide.more' : 'decide.until')}
          value={span}
          onValue={value => setSpan(value as Span)}
          data={spans.map(value => ({
            value,
            label: t(value === 'always' && isExtension ? 'span.endless' : `span.${value}`),
          }))}
        />
      ) : null}
      <TextAreaField
        label={t(grants ? 'decide.note' : 'decide.reason')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        error={tried && missing ? t('decide.reason-missing') : null}
      />
      <ProblemNote error={decide.error} />
      <Button type="submit" loading={decide.isPending} fullWidth>
        {t(grants ? 'requests.grant' : 'requests.refuse')}
      </Button>
    </Form>
  );
}
