// Forgotten password: ask for a code, give it back, choose a new password; also the page a mailed link opens.
import { lazy, Suspense, useState } from 'react';
import { NewPasswordField } from '../passwords/NewPasswordField.tsx';
import { weakPassword } from '../problem.ts';
import { FactorStep } from '../recovery/FactorStep.tsx';
import { useSecondsLeft } from '../ui/countdown.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton, PlainField } from '../ui/plain.tsx';
import { loadWords, useWords } from '../words.ts';
import { CodeField } from './CodeField.tsx';
import { DoorFrame } from './DoorFrame.tsx';
import { type RecoveryCourse, useRecovery, type Via } from './use-recovery.ts';
import { DoorProblem } from './Words.tsx';
import './flow.css';

/** Few workspaces ask any, so nobody else loads it. */
const AnswersStep = lazy(async () => {
  const [step] = await Promise.all([import('../questions/AnswersStep.tsx'), loadWords('questions')]);
  return step;
});

export function RecoverPage() {
  const { t } = useWords('door');
  const words = useWords('recovery');
  const course = useRecovery();
  const { at } = course.step;
  return (
    <DoorFrame
      title={t(`recover.title.${at}`)}
      lead={
        course.step.at === 'code' && course.step.via === 'sms' ? words.t('sms-lead') : t(`recover.lead.${at}`)
      }
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('recover.to-sign-in')}
        </a>
      }
    >
      {course.error && !weakPassword(course.error) ? <DoorProblem error={course.error} /> : null}
      {course.again && !course.error ? <Note tone="good">{t('code.sent-again')}</Note> : null}
      {at === 'ask' ? <Ask course={course} /> : null}
      {course.step.at === 'code' ? <Code course={course} via={course.step.via} /> : null}
      {at === 'link' ? <MailedLink course={course} /> : null}
      {course.step.at === 'factor' ? <FactorStep course={course} kinds={course.step.kinds} /> : null}
      {course.step.at === 'answers' ? (
        <Suspense>
          <AnswersStep course={course} questions={course.step.questions} />
        </Suspense>
      ) : null}
      {at === 'password' ? <NewPassword course={course} /> : null}
    </DoorFrame>
  );
}

function Ask({ course }: { course: RecoveryCourse }) {
  const { t } = useWords('door');
  const words = useWords('recovery');
  const [tried, setTried] = useState(false);
  function send(via: 'email' | 'sms') {
    setTried(true);
    if (course.name.trim() && !course.working) void course.ask(via);
  }
  return (
    <Form className="lk-stack" onSubmit={() => send('email')}>
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
        {words.t('by-mail')}
      </PlainButton>
      <PlainButton look="plain" wide busy={course.working} onClick={() => send('sms')}>
        {words.t('by-sms')}
      </PlainButton>
    </Form>
  );
}

function Code({ course, via }: { course: RecoveryCourse; via: Via }) {
  const { t } = useWords('door');
  const words = useWords('recovery');
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
    void course.ask(via, true);
  }
  return (
    <Form className="lk-stack" onSubmit={submit}>
      <CodeField value={code} onValue={setCode} wrong={tried && !code ? t('missing.code') : null} />
      {via === 'email' ? <p className="lk-hint">{words.t('also-phone')}</p> : null}
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
  const words = useWords('recovery');
  const [password, setPassword] = useState('');
  const [endSessions, setEndSessions] = useState(true);
  const [tried, setTried] = useState(false);
  function submit() {
    setTried(true);
    if (password && !course.working) void course.change(password, endSessions);
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
      <NewPasswordField
        autoFocus
        label={t('field.new-password')}
        of={{ email: course.name }}
        value={password}
        onValue={setPassword}
        wrong={tried && !password ? t('missing.password') : weakPassword(course.error)}
      />
      <label className="lk-check">
        <input
          type="checkbox"
          checked={endSessions}
          onChange={event => setEndSessions(event.currentTarget.checked)}
        />
        <span>{words.t('end-sessions')}</span>
      </label>
      {endSessions ? null : <p className="lk-hint">{words.t('end-sessions-why')}</p>}
      <PlainButton type="submit" wide busy={course.working}>
        {t('recover.save')}
      </PlainButton>
    </Form>
  );
}
