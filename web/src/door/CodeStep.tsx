// A code from a message or an app.
import { useState } from 'react';
import { useSecondsLeft } from '../ui/countdown.ts';
import { Form } from '../ui/ime.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { CodeField } from './CodeField.tsx';
import type { SignInCourse } from './use-sign-in.ts';
import { Words } from './Words.tsx';

/** Codes that no message brings: where they are found. */
const unsent: Record<string, string> = { 'recovery-code': 'paper', 'desk-code': 'desk' };
const resendAfter = 30_000;

export function CodeStep({
  course,
  kind,
  hint,
}: {
  course: SignInCourse;
  kind: string;
  hint: string | null;
}) {
  const { t } = useWords('door');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [resendAt, setResendAt] = useState(() => Date.now() + resendAfter);
  const wait = useSecondsLeft(resendAt) ?? 0;
  const sent = kind === 'email-code' || kind === 'sms-code';

  function submit() {
    setTried(true);
    if (code && !course.working && course.held === null) void course.prove(code);
  }

  function resend() {
    setResendAt(Date.now() + resendAfter);
    setCode('');
    void course.resend();
  }

  return (
    <Form className="lk-stack" onSubmit={submit}>
      <p>
        {hint
          ? t(`code.lead-to.${sent ? 'sent' : 'own'}`, { hint })
          : t(`code.lead.${kind === 'sms-code' ? 'texted' : sent ? 'sent' : (unsent[kind] ?? 'own')}`)}
      </p>
      <Words course={course} />
      <CodeField
        value={code}
        onValue={setCode}
        wrong={tried && !code ? t('missing.code') : null}
        paper={kind === 'recovery-code'}
      />
      <PlainButton type="submit" wide busy={course.working || course.held !== null}>
        {t('code.confirm')}
      </PlainButton>
      <div className="lk-spread">
        {sent ? (
          <PlainButton look="quiet" busy={wait > 0 || course.working} onClick={resend}>
            {wait > 0 ? t('code.resend-in', { seconds: wait }) : t('code.resend')}
          </PlainButton>
        ) : null}
        <PlainButton look="quiet" onClick={course.back}>
          {t('back')}
        </PlainButton>
      </div>
    </Form>
  );
}
