// Forgotten password: ask for a code, give it back, choose a new password; also the page a mailed link opens.
import { useState } from 'react';
import { weakPassword } from '../problem.ts';
import { useSecondsLeft } from '../ui/countdown.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PasswordField, PlainButton, PlainField } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { CodeField } from './CodeField.tsx';
import { DoorFrame } from './DoorFrame.tsx';
import { type RecoveryCourse, useRecovery } from './use-recovery.ts';
import { DoorProblem } from './Words.tsx';
import './flow.css';

export function RecoverPage() {
  const { t } = useWords('door');
  const course = useRecovery();
  const { at } = course.step;
  return (
    <DoorFrame
      title={t(`recover.title.${at}`)}
      lead={t(`recover.lead.${at}`)}
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('recover.to-sign-in')}
        </a>
      }
    >
      {course.error && !weakPassword(course.error) ? <DoorProblem error={course.error} /> : null}
      {course.again && !course.error ? <Note tone="good">{t('code.sent-again')}</Note> : null}
      {at === 'ask' ? <Ask course={course} /> : null}
      {at === 'code' ? <Code course={course} /> : null}
      {at === 'link' ? <MailedLink course={course} /> : null}
      {at === 'password' ? <NewPassword course={course} /> : null}
    </DoorFrame>
  );
}

function Ask({ course }: { course: RecoveryCourse }) {
  const { t } = useWords('door');
  const [tried, setTried] = useState(false);
  function submit() {
    setTried(true);
    if (course.name.trim() && !course.working) void course.ask();
  }
  return (
    <Form className="lk-stack" onSubmit={submit}>
      <PlainField
        name="username"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        label={t('field.name')}
        value={course.name}
        onValue={course.setName}
        wrong={tried && !course.name.trim() ? t('missing.name') : null}
      />
      <PlainButton type="submit" wide busy={course.working}>
        {t('recover.send')}
      </PlainButton>
    </Form>
  );
}

function Code({ course }: { course: RecoveryCourse }) {
  const { t } = useWords('door');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [resendAt, setResendAt] = useState(() => Date.now() + 30_000);
  const wait = useSecondsLeft(resendAt) ?? 0;
  function submit() {
    setTried(true);
    if (code && !course.working) void course.prove(code);
  }
  function resend() {
    setResendAt(Date.now() + 30_000);
    setCode('');
    void course.ask(true);
  }
  return (
    <Form className="lk-stack" onSubmit={submit}>
      <CodeField value={code} onValue={setCode} wrong={tried && !code ? t('missing.code') : null} />
      <PlainButton type="submit" wide busy={course.working}>
        {t('code.confirm')}
      </PlainButton>
      <div className="lk-spread">
        {course.name ? (
          <PlainButton look="quiet" busy={wait > 0 || course.working} onClick={resend}>
            {wait > 0 ? t('code.resend-in', { seconds: wait }) : t('code.resend')}
          </PlainButton>
        ) : null}
        <PlainButton look="quiet" onClick={course.back}>
          {t('recover.other-name')}
        </PlainButton>
      </div>
    </Form>
  );
}

function MailedLink({ course }: { course: RecoveryCourse }) {
  const { t } = useWords('door');
  const code = course.step.at === 'link' ? course.step.code : '';
  return (
    <PlainButton wide autoFocus busy={course.working} onClick={() => void course.prove(code)}>
      {t('recover.continue')}
    </PlainButton>
  );
}

function NewPassword({ course }: { course: RecoveryCourse }) {
  const { t } = useWords('door');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  function submit() {
    setTried(true);
    if (password && !course.working) void course.change(password);
  }
  return (
    <Form className="lk-stack" onSubmit={submit}>
      <input
        className="lk-hidden"
        type="text"
        name="username"
        autoComplete="username"
        value={course.name}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <PasswordField
        name="new-password"
        autoComplete="new-password"
        autoFocus
        label={t('field.new-password')}
        hint={t('password-hint')}
        value={password}
        onValue={setPassword}
        wrong={tried && !password ? t('missing.password') : weakPassword(course.error)}
      />
      <PlainButton type="submit" wide busy={course.working}>
        {t('recover.save')}
      </PlainButton>
    </Form>
  );
}
