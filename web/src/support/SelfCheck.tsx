// Before a solved request is closed: three things to try, and a way back if one does not work (B8).
import { useState } from 'react';
import { api } from '../api.ts';
import { PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { Act } from './TicketTalk.tsx';

const steps = ['signedIn', 'records', 'works'] as const;

export function SelfCheck({ token, act, working }: { token: string; act: Act; working: boolean }) {
  const { t } = useWords('support');
  const [done, setDone] = useState<string[]>([]);
  const checks = {
    signedIn: done.includes('signedIn'),
    records: done.includes('records'),
    works: done.includes('works'),
  };
  const all = steps.every(step => checks[step]);
  const to = (state: 'open' | 'closed') =>
    act(() => api('POST /support/ticket/state', { body: { token, state, checks }, gate: false }));
  return (
    <fieldset className="sup-card">
      <legend>{t('solved.title')}</legend>
      <p>
        {t('solved.lead')}{' '}
        <a className="lk-link" href="/self-check" target="_blank" rel="noreferrer">
          {t('solved.self-check')}
        </a>
      </p>
      {steps.map(step => (
        <label key={step} className="lk-check">
          <input
            type="checkbox"
            checked={checks[step]}
            onChange={event =>
              setDone(event.currentTarget.checked ? [...done, step] : done.filter(one => one !== step))
            }
          />
          {t(`solved.step.${step}`)}
        </label>
      ))}
      <div className="lk-row">
        <PlainButton busy={working || !all} onClick={() => void to('closed')}>
          {t('solved.close')}
        </PlainButton>
        <PlainButton look="plain" busy={working} onClick={() => void to('open')}>
          {t('solved.not')}
        </PlainButton>
      </div>
    </fieldset>
  );
}
