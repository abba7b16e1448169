// “This was not me”: the page behind the link of recovery messages. Opening it changes nothing, its button does (L21).
import { useState } from 'react';
import { api } from '../api.ts';
import { DoorFrame } from '../door/DoorFrame.tsx';
import { DoorProblem } from '../door/Words.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import '../door/flow.css';

type Step = 'ask' | 'stopped' | 'voided' | 'over';

export function StopPage() {
  const { t } = useWords('recovery');
  // In the fragment, which no server and no log ever sees.
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [step, setStep] = useState<Step>('ask');
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);

  async function stop() {
    setWorking(true);
    setError(null);
    try {
      const { kind } = await api('POST /recovery/stop', { body: { token }, gate: false });
      setStep(kind);
    } catch (cause) {
      setError(cause);
    }
    setWorking(false);
  }

  return (
    <DoorFrame
      title={t(`stop.title.${step}`)}
      lead={t(`stop.lead.${step}`)}
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('to-sign-in')}
        </a>
      }
    >
      {error ? <DoorProblem error={error} /> : null}
      {token ? null : <Note tone="warn">{t('stop.incomplete')}</Note>}
      {step === 'ask' && token ? (
        <div className="lk-stack">
          <PlainButton wide busy={working} onClick={() => void stop()}>
            {t('stop.act')}
          </PlainButton>
          <a className="lk-button plain wide" href="/sign-in">
            {t('stop.me')}
          </a>
          <p className="lk-hint">{t('stop.follows')}</p>
        </div>
      ) : null}
      {step === 'voided' ? (
        <a className="lk-button wide" href="/recover">
          {t('stop.recover')}
        </a>
      ) : null}
    </DoorFrame>
  );
}
