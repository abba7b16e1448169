// The page behind the letter about a new device: opening it changes nothing, only its buttons do (L21).
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { DoorFrame } from '../door/DoorFrame.tsx';
import { DoorProblem } from '../door/Words.tsx';
import '../door/flow.css';
import { dateTime } from '../formats.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import './was-it-you.css';

type Arrival = Calls['POST /arrivals/{id}/view']['reply'];
type Step = 'ask' | 'kept' | 'ended';

/** The token stands in the fragment, which no server and no log ever sees. */
function linked() {
  const id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  const token = decodeURIComponent(location.hash.slice(1)) || undefined;
  return { params: { id }, token };
}

export function WasItYouPage() {
  const { t } = useWords('arrivals');
  const [{ params, token }] = useState(linked);
  const [arrival, setArrival] = useState<Arrival | null>(null);
  const [step, setStep] = useState<Step>('ask');
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);

  useEffect(() => {
    api('POST /arrivals/{id}/view', { params, body: { token }, gate: false }).then(found => {
      setArrival(found);
      if (found.answer === 'not-me') setStep('ended');
    }, setError);
  }, [params, token]);

  async function say(answer: 'me' | 'not-me') {
    setWorking(true);
    setError(null);
    try {
      const done = await api('POST /arrivals/{id}', { params, body: { token, answer }, gate: false });
      if (done.flow) location.replace(`/recover/${encodeURIComponent(done.flow)}`);
      else setStep(done.kind);
    } catch (cause) {
      setError(cause);
    }
    setWorking(false);
  }

  return (
    <DoorFrame
      title={t(`title.${step}`)}
      lead={arrival || step !== 'ask' ? t(`lead.${step}`) : null}
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('to-sign-in')}
        </a>
      }
    >
      {error ? <DoorProblem error={error} /> : null}
      {arrival ? <Facts arrival={arrival} /> : null}
      {arrival && step === 'ask' ? (
        <div className="lk-stack">
          <PlainButton wide busy={working} onClick={() => void say('not-me')}>
            {t('not-me')}
          </PlainButton>
          <PlainButton look="plain" wide busy={working} onClick={() => void say('me')}>
            {t('me')}
          </PlainButton>
          <p className="lk-hint">{t('what-follows')}</p>
        </div>
      ) : null}
      {step === 'ended' && arrival ? (
        <a className="lk-button wide" href="/recover">
          {t('recover')}
        </a>
      ) : null}
    </DoorFrame>
  );
}

function Facts({ arrival }: { arrival: Arrival }) {
  const { t } = useWords('arrivals');
  return (
    <>
      {arrival.signals.includes('far-away') ? <Note tone="warn">{t('far')}</Note> : null}
      <dl className="lk-arrival">
        <dt>{t('device')}</dt>
        <dd>{arrival.device}</dd>
        <dt>{t('place')}</dt>
        <dd>
          {arrival.place === arrival.address ? arrival.address : `${arrival.place} · ${arrival.address}`}
        </dd>
        <dt>{t('at')}</dt>
        <dd>{dateTime(arrival.at)}</dd>
      </dl>
    </>
  );
}
