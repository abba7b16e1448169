// Before factors are changed: show again that it is you, by the password or by what you have enrolled.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useMe } from '../session.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note, PasswordField } from '../ui/plain.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { canPasskey } from './can-passkey.ts';
import css from './factors.module.css';
import { type Factors, factorsKey, useFactors } from './use-factors.ts';

type Shown = Calls['POST /session/confirm']['body'];
type Way = 'password' | 'totp' | 'recovery-code';

/** Lets its children stand once the session is confirmed; they stay, even when the ten minutes run out meanwhile. */
export function ConfirmFirst({ children }: { children: ReactNode }) {
  const { data, isFetching } = useFactors();
  const [passed, setPassed] = useState(false);
  const confirmed = data?.confirmed ?? false;
  useEffect(() => {
    if (confirmed && !isFetching) setPassed(true);
  }, [confirmed, isFetching]);
  if (passed) return children;
  return data && !isFetching ? <Confirm factors={data} /> : <LoadingRows rows={2} />;
}

export function Confirm({ factors, onDone }: { factors: Factors; onDone?: () => void }) {
  const { t } = useWords('factors');
  const { user } = useMe();
  const queries = useQueryClient();
  const [way, setWay] = useState<Way>('password');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [stopped, setStopped] = useState(false);
  const confirm = useMutation({
    networkMode: 'always',
    mutationFn: (body: Shown) => api('POST /session/confirm', { body, gate: false }),
    onSuccess: () => {
      onDone?.();
      return queries.invalidateQueries({ queryKey: factorsKey });
    },
  });
  const passkey = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      setStopped(false);
      const begun = await api('POST /session/passkey', { body: { confirm: true } });
      const { showPasskey } = await import('./passkey-browser.ts');
      const response = await showPasskey(begun.options);
      if (response === 'stopped') setStopped(true);
      else await confirm.mutateAsync({ kind: 'passkey', response } as Shown);
    },
  });
  const has = (kind: string) => factors.items.some(factor => factor.kind === kind);
  const others: Way[] = [
    'password' as const,
    ...(has('totp') ? (['totp'] as const) : []),
    ...(factors.recoveryCodes?.left ? (['recovery-code'] as const) : []),
  ].filter(one => one !== way);

  function choose(next: Way) {
    setWay(next);
    setTyped('');
    setTried(false);
    confirm.reset();
  }

  function submit() {
    setTried(true);
    if (!typed || confirm.isPending) return;
    confirm.mutate(way === 'password' ? { password: typed } : { kind: way, code: typed });
  }

  const wrong = tried && !typed ? t(`confirm.missing.${way}`) : null;
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p>{t('confirm.why')}</p>
      <ProblemNote error={confirm.error ?? passkey.error} />
      {stopped ? <Note tone="warn">{t('passkey.stopped')}</Note> : null}
      <input
        className="lk-hidden"
        type="text"
        name="username"
        autoComplete="username"
        value={user.email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      {way === 'password' ? (
        <PasswordField
          key={way}
          name="password"
          autoComplete="current-password"
          data-autofocus
          label={t('confirm.password')}
          value={typed}
          onValue={setTyped}
          wrong={wrong}
        />
      ) : (
        <TextField
          key={way}
          autoComplete="one-time-code"
          inputMode={way === 'totp' ? 'numeric' : 'text'}
          data-autofocus
          label={t(`confirm.${way}`)}
          value={typed}
          onValue={setTyped}
          error={wrong}
        />
      )}
      <Button type="submit" loading={confirm.isPending && !passkey.isPending}>
        {t('confirm.act')}
      </Button>
      <div className={css.ways}>
        {has('passkey') && canPasskey() ? (
          <Button variant="default" loading={passkey.isPending} onClick={() => passkey.mutate()}>
            {t('confirm.use.passkey')}
          </Button>
        ) : null}
        {others.map(one => (
          <Button key={one} variant="subtle" onClick={() => choose(one)}>
            {t(`confirm.use.${one}`)}
          </Button>
        ))}
      </div>
    </Form>
  );
}
