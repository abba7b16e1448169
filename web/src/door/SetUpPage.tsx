// The first page of a new installation: the workspace and its first administrator. Gone once used (L30).
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { NewPasswordField } from '../passwords/NewPasswordField.tsx';
import { Problem, weakPassword } from '../problem.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton, PlainField } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { DoorFrame } from './DoorFrame.tsx';
import { DoorProblem } from './Words.tsx';
import './flow.css';

const blank = { workspace: '', name: '', email: '', password: '' };

export function SetUpPage() {
  const { t, language } = useWords('door');
  const [fields, setFields] = useState(blank);
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    void api('GET /setup', { gate: false })
      .then(setup => setDone(!setup.needed))
      .catch(() => undefined);
  }, []);

  const weak = weakPassword(error);
  const set = (name: keyof typeof blank) => (value: string) => setFields(now => ({ ...now, [name]: value }));
  const wrong = (name: keyof typeof blank) =>
    tried && !fields[name].trim() ? t(`set-up.missing.${name}`) : null;

  async function submit() {
    setTried(true);
    if (working || Object.values(fields).some(value => !value.trim())) return;
    setWorking(true);
    setError(null);
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const body = { ...fields, language, ...(timeZone?.includes('/') ? { timeZone } : {}) };
      await api('POST /setup', { body, gate: false });
      // The first administrator goes on to the kit that lets him break the glass one day.
      location.assign('/kit');
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'set-up-done') setDone(true);
      setError(cause);
      setWorking(false);
    }
  }

  if (done) {
    return (
      <DoorFrame title={t('set-up.done.title')} lead={t('set-up.done.lead')}>
        <a className="lk-button wide" href="/sign-in">
          {t('recover.to-sign-in')}
        </a>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame title={t('set-up.title')} lead={t('set-up.lead')}>
      <Form className="lk-stack" onSubmit={submit}>
        {error && !weak ? <DoorProblem error={error} /> : null}
        <PlainField
          name="organization"
          autoComplete="organization"
          autoFocus
          label={t('set-up.workspace')}
          value={fields.workspace}
          onValue={set('workspace')}
          wrong={wrong('workspace')}
        />
        <PlainField
          name="name"
          autoComplete="name"
          label={t('set-up.name')}
          value={fields.name}
          onValue={set('name')}
          wrong={wrong('name')}
        />
        <PlainField
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          label={t('set-up.email')}
          hint={t('set-up.email-hint')}
          value={fields.email}
          onValue={set('email')}
          wrong={wrong('email')}
        />
        <NewPasswordField
          label={t('field.password')}
          of={fields}
          value={fields.password}
          onValue={set('password')}
          wrong={wrong('password') ?? weak}
        />
        <Note>{t('set-up.language')}</Note>
        <PlainButton type="submit" wide busy={working}>
          {t('set-up.make')}
        </PlainButton>
      </Form>
    </DoorFrame>
  );
}
