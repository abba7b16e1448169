// Under a new password: the rule, the strength as the server sees it, and a generator. What is typed is kept nowhere.
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { strongPassword } from './strong-password.ts';

type Strength = Calls['POST /passwords/strength']['reply'];
/** Without `onValue` there is no generator. */
type Props = { value: string; onValue: ((value: string) => void) | null; name: string; email: string };

const pauseMs = 250;

export function PasswordHelp({ value, onValue, name, email }: Props) {
  const { t, language } = useWords('passwords');
  const [told, setTold] = useState<(Strength & { of: string }) | null>(null);
  const [made, setMade] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the server's words follow the page's language
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () =>
        api('POST /passwords/strength', {
          body: { password: value, name, email },
          gate: false,
          signal: stop.signal,
        }).then(
          strength => setTold({ ...strength, of: value }),
          () => undefined,
        ),
      value === '' ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [value, name, email, language]);

  function generate(take: (value: string) => void) {
    const fresh = strongPassword(told?.least ?? 0);
    setMade(fresh);
    take(fresh);
  }

  const judged = told && value !== '' ? told : null;
  return (
    <div className="lk-help">
      {judged ? (
        <div className="lk-meter" data-score={judged.score} data-old={judged.of !== value || undefined}>
          <span className="lk-bar" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span role="status">{t(`score.${judged.score}`)}</span>
        </div>
      ) : null}
      <p className="lk-hint">{judged?.why ?? told?.rule ?? ' '}</p>
      {made !== null && made === value ? (
        <p className="lk-made">
          <span className="lk-hint">{t('made')}</span>
          <code>{made}</code>
        </p>
      ) : null}
      {onValue ? (
        <PlainButton look="quiet" onClick={() => generate(onValue)}>
          {made === null ? t('generate') : t('again')}
        </PlainButton>
      ) : null}
    </div>
  );
}
