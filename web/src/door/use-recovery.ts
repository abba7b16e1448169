// The course of a recovery: ask, prove by code or link, prove a factor, set a new password. It never signs in by itself.
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { Problem } from '../problem.ts';
import { keep, recall } from './memory.ts';

export type Via = 'email' | 'sms';

type Asking = Extract<Calls['POST /recovery/proofs']['reply'], { kind: 'answers-needed' }>;
export type Question = Asking['questions'][number];

export type RecoveryStep =
  | { at: 'ask' }
  | { at: 'code'; flow: string; via: Via }
  | { at: 'link'; flow: string; code: string }
  | { at: 'factor'; flow: string; kinds: string[] }
  | { at: 'answers'; flow: string; questions: Question[] }
  | { at: 'password'; flow: string };

export type RecoveryCourse = ReturnType<typeof useRecovery>;

type FactorBody = Calls['POST /recovery/factors']['body'];

/** Opening a mailed link changes nothing: its code stands in the fragment and is sent only by the button (L21). */
function firstStep(): RecoveryStep {
  const flow = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  const code = decodeURIComponent(location.hash.slice(1));
  if (flow && code) return { at: 'link', flow, code };
  return flow ? { at: 'code', flow, via: 'email' } : { at: 'ask' };
}

export function useRecovery() {
  const [step, setStep] = useState<RecoveryStep>(firstStep);
  const [name, setName] = useState(recall().name);
  const [error, setError] = useState<unknown>(null);
  const [again, setAgain] = useState(false);
  const [stopped, setStopped] = useState(false);
  const [working, setWorking] = useState(false);

  async function run(work: () => Promise<void>) {
    setWorking(true);
    setError(null);
    setAgain(false);
    setStopped(false);
    await work().catch((cause: unknown) => {
      setError(cause);
      // A dead code or a spent flow is a new beginning, not a dead end.
      const dead = cause instanceof Problem && cause.code === 'code-dead';
      if (dead && !(step.at === 'factor' && isStanding())) {
        if (location.pathname !== '/recover') history.replaceState(null, '', '/recover');
        setStep({ at: 'ask' });
      }
    });
    setWorking(false);
  }

  // A used-up factor is told dead as well; the recovery itself goes on.
  const [provedAt, setProvedAt] = useState(0);
  const isStanding = () => Date.now() - provedAt < 5 * 60_000;

  function take(reply: Calls['POST /recovery/proofs']['reply']) {
    setProvedAt(Date.now());
    if (reply.kind === 'proved') return setStep({ at: 'password', flow: reply.flow });
    if (reply.kind === 'answers-needed')
      return setStep({ at: 'answers', flow: reply.flow, questions: reply.questions });
    setStep({ at: 'factor', flow: reply.flow, kinds: reply.proofs.map(proof => proof.kind) });
  }

  const prove = (body: FactorBody) => api('POST /recovery/factors', { body, gate: false }).then(take);

  return {
    step,
    name,
    error,
    working,
    again,
    /** The browser's passkey dialogue was closed without one. */
    stopped,
    setName,
    ask: (via: Via, repeat = false) =>
      run(async () => {
        keep({ name: name.trim() });
        const body = { name: name.trim(), via, ...(step.at === 'code' ? { flow: step.flow } : {}) };
        const { flow } = await api('POST /recovery', { body, gate: false });
        setAgain(repeat);
        setStep({ at: 'code', flow, via });
      }),
    prove: (code: string) =>
      run(async () => {
        if (step.at !== 'code' && step.at !== 'link') return;
        const reply = await api('POST /recovery/proofs', { body: { flow: step.flow, code }, gate: false });
        history.replaceState(null, '', '/recover');
        take(reply);
      }),
    textFactor: () =>
      run(async () => {
        if (step.at !== 'factor') return;
        await api('POST /recovery/messages', { body: { flow: step.flow }, gate: false });
      }),
    proveFactor: (kind: 'totp' | 'recovery-code' | 'sms-code', code: string) =>
      run(async () => {
        if (step.at === 'factor') await prove({ flow: step.flow, kind, code });
      }),
    showPasskey: () =>
      run(async () => {
        if (step.at !== 'factor') return;
        const { flow } = step;
        const begun = await api('POST /recovery/passkey', { body: { flow }, gate: false });
        const { showPasskey } = await import('../factors/passkey-browser.ts');
        const response = await showPasskey(begun.options);
        if (response === 'stopped') return setStopped(true);
        await prove({ flow, kind: 'passkey', response } as FactorBody);
      }),
    answer: (answers: string[]) =>
      run(async () => {
        if (step.at !== 'answers') return;
        const body = { flow: step.flow, answers };
        take(await api('POST /recovery/answers', { body, gate: false }));
      }),
    change: (password: string, endSessions: boolean) =>
      run(async () => {
        if (step.at !== 'password') return;
        const body = { flow: step.flow, password, endSessions };
        await api('POST /recovery/password', { body, gate: false });
        keep({ lock: null, flow: null });
        location.assign('/sign-in?reason=recovered');
      }),
    back: () => {
      setError(null);
      setStep({ at: 'ask' });
    },
  };
}
