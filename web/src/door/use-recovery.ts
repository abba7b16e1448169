// The course of a recovery: ask, prove by code or link, set a new password. It never signs in by itself.
import { useState } from 'react';
import { api } from '../api.ts';
import { Problem } from '../problem.ts';
import { keep, recall } from './memory.ts';

export type RecoveryStep =
  | { at: 'ask' }
  | { at: 'code'; flow: string }
  | { at: 'link'; flow: string; code: string }
  | { at: 'password'; flow: string };

export type RecoveryCourse = ReturnType<typeof useRecovery>;

/** Opening a mailed link changes nothing: its code stands in the fragment and is sent only by the button (L21). */
function firstStep(): RecoveryStep {
  const flow = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  const code = decodeURIComponent(location.hash.slice(1));
  if (flow && code) return { at: 'link', flow, code };
  return flow ? { at: 'code', flow } : { at: 'ask' };
}

export function useRecovery() {
  const [step, setStep] = useState<RecoveryStep>(firstStep);
  const [name, setName] = useState(recall().name);
  const [error, setError] = useState<unknown>(null);
  const [again, setAgain] = useState(false);
  const [working, setWorking] = useState(false);

  async function run(work: () => Promise<void>) {
    setWorking(true);
    setError(null);
    setAgain(false);
    await work().catch((cause: unknown) => {
      setError(cause);
      // A dead code or a spent flow is a new beginning, not a dead end.
      if (cause instanceof Problem && cause.code === 'code-dead') {
        if (location.pathname !== '/recover') history.replaceState(null, '', '/recover');
        setStep({ at: 'ask' });
      }
    });
    setWorking(false);
  }

  return {
    step,
    name,
    error,
    working,
    again,
    setName,
    ask: (repeat = false) =>
      run(async () => {
        keep({ name: name.trim() });
        const { flow } = await api('POST /recovery', {
          body: { name: name.trim(), via: 'email' },
          gate: false,
        });
        setAgain(repeat);
        setStep({ at: 'code', flow });
      }),
    prove: (code: string) =>
      run(async () => {
        if (step.at !== 'code' && step.at !== 'link') return;
        const { flow } = await api('POST /recovery/proofs', { body: { flow: step.flow, code }, gate: false });
        history.replaceState(null, '', '/recover');
        setStep({ at: 'password', flow });
      }),
    change: (password: string) =>
      run(async () => {
        if (step.at !== 'password') return;
        await api('POST /recovery/password', { body: { flow: step.flow, password }, gate: false });
        keep({ lock: null, flow: null });
        location.assign('/sign-in?reason=recovered');
      }),
    back: () => {
      setError(null);
      setStep({ at: 'ask' });
    },
  };
}
