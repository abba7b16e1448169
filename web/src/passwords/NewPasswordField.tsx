// The field for a password to be set: what is asked of it, how strong it is, and one made by dice; help comes by itself.
import { type ComponentProps, lazy, Suspense } from 'react';
import { PasswordField } from '../ui/plain.tsx';
import { loadWords } from '../words.ts';
import './passwords.css';

const Help = lazy(async () => {
  const [help] = await Promise.all([import('./PasswordHelp.tsx'), loadWords('passwords')]);
  return { default: help.PasswordHelp };
});

type Props = Omit<ComponentProps<typeof PasswordField>, 'name' | 'autoComplete' | 'hint'> & {
  /** Whose it will be, where nobody is signed in. */
  of?: { name?: string; email?: string };
};

export function NewPasswordField({ of = {}, ...field }: Props) {
  return (
    <div className="lk-new-password">
      <PasswordField {...field} name="new-password" autoComplete="new-password" />
      <Suspense fallback={null}>
        <Help value={field.value} onValue={field.onValue} name={of.name ?? ''} email={of.email ?? ''} />
      </Suspense>
    </div>
  );
}

/** The strength alone, under a field that shows the password and has a generator of its own. */
export function PasswordMeter({ value, name, email }: { value: string; name: string; email: string }) {
  return (
    <Suspense fallback={null}>
      <Help value={value} onValue={null} name={name} email={email} />
    </Suspense>
  );
}
