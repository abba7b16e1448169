// Name and password, or a passkey in place of both.
import { type ReactNode, useEffect, useState } from 'react';
import { canPasskey } from '../factors/can-passkey.ts';
import { Form } from '../ui/ime.tsx';
import { PasswordField, PlainButton, PlainField } from '../ui/plain.tsx';
import { KeyIcon } from '../ui/plain-icons.tsx';
import { useWords } from '../words.ts';
import type { SignInCourse } from './use-sign-in.ts';
import { Words } from './Words.tsx';

type PasswordStepProps = { course: SignInCourse; nameFixed: boolean; greeting: ReactNode };

export function PasswordStep({ course, nameFixed, greeting }: PasswordStepProps) {
  const { t } = useWords('door');
  const [tried, setTried] = useState(false);
  const missing = { name: !course.name.trim(), password: !course.password };
  const retype = course.word?.kind === 'device-known';
  useEffect(() => {
    if (retype) document.querySelector<HTMLInputElement>('#sign-in-password')?.select();
  }, [retype]);

  function submit() {
    setTried(true);
    if (course.working || course.held !== null) return;
    if (missing.name || missing.password) {
      document.querySelector<HTMLInputElement>(missing.name ? '#sign-in-name' : '#sign-in-password')?.focus();
      return;
    }
    void course.signIn();
  }

  return (
    <Form className="lk-stack" onSubmit={submit}>
      {course.word ? <Words course={course} /> : greeting}
      <PlainField
        id="sign-in-name"
        name="username"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        label={t('field.name')}
        value={course.name}
        onValue={course.setName}
        readOnly={nameFixed}
        autoFocus={!nameFixed && !course.name}
        wrong={tried && missing.name ? t('missing.name') : null}
      />
      <PasswordField
        id="sign-in-password"
        name="password"
        autoComplete="current-password"
        label={t('field.password')}
        value={course.password}
        onValue={course.setPassword}
        autoFocus={nameFixed || course.name !== ''}
        wrong={tried && missing.password ? t('missing.password') : null}
      />
      <div className="lk-spread">
        <label className="lk-check">
          <input
            type="checkbox"
            name="remember"
            checked={course.remember}
            onChange={event => course.setRemember(event.currentTarget.checked)}
          />
          {t('field.remember')}
        </label>
        <a className="lk-link lk-tall" href="/recover">
          {t('forgot')}
        </a>
      </div>
      <PlainButton type="submit" wide busy={course.working || course.held !== null}>
        {course.working ? t('signing-in') : t('sign-in')}
      </PlainButton>
      {canPasskey() ? (
        <PlainButton
          look="plain"
          wide
          busy={course.working || course.held !== null}
          onClick={() => void course.passkey()}
        >
          <KeyIcon size={18} />
          {t('by-passkey')}
        </PlainButton>
      ) : null}
    </Form>
  );
}
