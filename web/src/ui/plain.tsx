// Door-weight components: buttons, fields and notes in plain React, used before any component library is loaded.
import type { ButtonHTMLAttributes, InputHTMLAttributes, KeyboardEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { useWords } from '../words.ts';
import { guardKeys } from './ime.tsx';
import { CheckIcon, EyeIcon, EyeOffIcon, InfoIcon, WarnIcon } from './plain-icons.tsx';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'main' | 'plain' | 'quiet';
  wide?: boolean;
  busy?: boolean;
};

/** A button that stays focusable while it works, so that a screen reader does not lose its place. */
export function PlainButton({ look = 'main', wide, busy = false, onClick, children, ...rest }: ButtonProps) {
  const looks = ['lk-button', look === 'main' ? '' : look, wide ? 'wide' : ''].join(' ').trim();
  return (
    <button
      type="button"
      {...rest}
      className={looks}
      aria-disabled={busy || undefined}
      onClick={event => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {children}
    </button>
  );
}

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: ReactNode;
  wrong?: string | null;
};

/** A labelled text field. */
export function PlainField({ label, hint, wrong, onValue, className, id, ...rest }: FieldProps) {
  const made = useId();
  const own = id ?? made;
  const described = [wrong ? `${own}-wrong` : '', hint ? `${own}-hint` : ''].filter(Boolean).join(' ');
  return (
    <div className="lk-field">
      <label htmlFor={own}>{label}</label>
      <input
        {...rest}
        id={own}
        className={`lk-input ${className ?? ''}`}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described || undefined}
        onKeyDown={guardKeys}
        onChange={event => onValue(event.currentTarget.value)}
      />
      <FieldFeet id={own} hint={hint} wrong={wrong} />
    </div>
  );
}

/** A password field with a show toggle and a caps-lock notice; pasting and password managers work. */
export function PasswordField({ label, hint, wrong, onValue, id, ...rest }: FieldProps) {
  const { t } = useWords('ui');
  const made = useId();
  const own = id ?? made;
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const feet = caps ? t('password.caps') : hint;
  function watchCaps(event: KeyboardEvent<HTMLInputElement>) {
    if (typeof event.getModifierState === 'function') setCaps(event.getModifierState('CapsLock'));
  }
  return (
    <div className="lk-field">
      <label htmlFor={own}>{label}</label>
      <div className="lk-with-button">
        <input
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
          id={own}
          type={shown ? 'text' : 'password'}
          className="lk-input"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${own}-wrong ${own}-hint`}
          onKeyDown={event => {
            guardKeys(event);
            watchCaps(event);
          }}
          onKeyUp={watchCaps}
          onBlur={() => setCaps(false)}
          onChange={event => onValue(event.currentTarget.value)}
        />
        <button
          type="button"
          aria-pressed={shown}
          aria-label={t('password.show')}
          title={shown ? t('password.hide') : t('password.show')}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOffIcon /> : <EyeIcon />}
        </button>
      </div>
      <FieldFeet id={own} hint={feet} wrong={wrong} live />
    </div>
  );
}

type FeetProps = { id: string; hint: ReactNode; wrong: string | null | undefined; live?: boolean };

function FieldFeet({ id, hint, wrong, live = false }: FeetProps) {
  return (
    <>
      {wrong ? (
        <p className="lk-wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      ) : null}
      {hint || live ? (
        <p className="lk-hint" id={`${id}-hint`} aria-live={live ? 'polite' : undefined} hidden={!hint}>
          {hint}
        </p>
      ) : null}
    </>
  );
}

type NoteProps = { tone?: 'plain' | 'good' | 'warn' | 'bad'; children: ReactNode };

/** A sentence about what just happened; announced to screen readers. */
export function Note({ tone = 'plain', children }: NoteProps) {
  const Icon = tone === 'good' ? CheckIcon : tone === 'plain' ? InfoIcon : WarnIcon;
  return (
    <div className={`lk-note ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon />
      <div>{children}</div>
    </div>
  );
}
