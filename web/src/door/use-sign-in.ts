// The course of one sign-in: password, proof, lock, code; what the server answers decides the next step.
import { useEffect, useRef, useState } from 'react';
import { api, isPassing } from '../api.ts';
import type { Calls, Lock, Person, Proof, SignInReply, Story } from '../calls.ts';
import { Problem } from '../problem.ts';
import { useSecondsLeft } from '../ui/countdown.ts';

export type Locked = {
  lock: Lock;
  flow: string | null;
  proofs: Proof[];
  /** The end by this machine's own clock, which may be wrong; null where the server named no time to wait. */
  endsAt: number | null;
  /** Told on a known device; null elsewhere, undefined where nobody has asked yet. */
  story?: Story | null;
};

export type Step =
  | { at: 'password' }
  | { at: 'proof'; flow: string; proofs: Proof[] }
  | ({ at: 'locked' } & Locked)
  | { at: 'code'; flow: string; kind: string; hint: string | null; before: Step };

/** What the step says besides its fields. `busy` and `slow-down` run out by themselves. */
export type Word =
  | { kind: 'problem'; error: unknown }
  | { kind: 'device-known'; error: Problem }
  | { kind: 'passkey-stopped' }
  | { kind: 'sent' }
  | { kind: 'slow-down' }
  /** Too much to do to look at the password; `instead` is where to prove oneself without waiting. */
  | { kind: 'busy'; instead: (Step & { at: 'proof' }) | null };

export type SignInStart = {
  name?: string;
  lock?: Locked | null;
};
export type SignInCourse = ReturnType<typeof useSignIn>;

type ProofBody = Calls['POST /session/proofs']['body'];
type CodeKind = Exclude<ProofBody['kind'], 'passkey'>;
type SentKind = Calls['POST /session/messages']['body']['kind'];

function isSent(kind: string): kind is SentKind {
  return kind === 'email-code' || kind === 'sms-code';
}

/** The story that a refusal brings along, for who may hear it. */
export function storyIn(error: Problem): Story | null {
  return (error.members.story as Story | undefined) ?? null;
}

/** Has a code sent and returns the flow to prove it in. */
async function send(flow: string, kind: string): Promise<string> {
  if (!isSent(kind)) return flow;
  return (await api('POST /session/messages', { body: { flow, kind }, gate: false })).flow;
}

/** Holds what was typed through every step, so that nothing has to be typed twice. */
export function useSignIn(start: SignInStart, onSignedIn: (person: Person) => void) {
  const [step, setStep] = useState<Step>(start.lock ? { at: 'locked', ...start.lock } : { at: 'password' });
  const [name, setName] = useState(start.name ?? '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  const [word, setWord] = useState<Word | null>(null);
  const [working, setWorking] = useState(false);
  const [holdUntil, setHoldUntil] = useState<number | null>(null);
  const held = useSecondsLeft(holdUntil);
  const again = useRef<(() => Promise<void>) | null>(null);

  useEffect(() => {
    if (held !== 0) return;
    setHoldUntil(null);
    setWord(null);
    const retry = again.current;
    again.current = null;
    void retry?.();
  }, [held]);

  async function run(work: () => Promise<void>): Promise<void> {
    setWorking(true);
    setWord(null);
    await work().catch((error: unknown) => takeError(error, work));
    setWorking(false);
  }

  function takeError(error: unknown, work: () => Promise<void>) {
    if (error instanceof Problem && error.lock) {
      const { flow, proofs } = error.members;
      return setStep({
        at: 'locked',
        lock: error.lock,
        flow: typeof flow === 'string' ? flow : null,
        proofs: Array.isArray(proofs) ? (proofs as Proof[]) : [],
        endsAt: error.retryAfter === null ? null : Date.now() + error.retryAfter * 1000,
        story: storyIn(error),
      });
    }
    // Strangers have used this method up: the others are open, so nothing is held.
    if (error instanceof Problem && error.code === 'proof-spent') return setWord({ kind: 'problem', error });
    if (error instanceof Problem && isPassing(error) && error.retryAfter !== null) {
      again.current = error.status === 429 ? null : () => run(work);
      setHoldUntil(Date.now() + Math.max(1, error.retryAfter) * 1000);
      if (error.status === 429) return setWord({ kind: 'slow-down' });
      const { flow, proofs } = error.members;
      const instead =
        typeof flow === 'string' ? { at: 'proof' as const, flow, proofs: (proofs ?? []) as Proof[] } : null;
      return setWord({ kind: 'busy', instead });
    }
    if (error instanceof Problem && error.code === 'refused' && error.members.deviceKnown === true) {
      setStep({ at: 'password' });
      return setWord({ kind: 'device-known', error });
    }
    setWord({ kind: 'problem', error });
  }

  async function take(reply: SignInReply): Promise<void> {
    if (reply.kind === 'signed-in') return onSignedIn(reply.user);
    const only = reply.proofs.length === 1 ? reply.proofs[0] : undefined;
    const here: Step = { at: 'proof', flow: reply.flow, proofs: reply.proofs };
    setStep(here);
    if (only && only.kind !== 'passkey') await begin(here, only);
  }

  /** Signs in by a passkey: by itself, or in the flow of a name, whose passkey it then has to be. */
  async function byPasskey(within: string | null): Promise<void> {
    const begun = await api('POST /session/passkey', { body: { remember }, gate: false });
    const { showPasskey } = await import('../factors/passkey-browser.ts');
    const response = await showPasskey(begun.options);
    if (response === 'stopped') return setWord({ kind: 'passkey-stopped' });
    const body = { flow: within ?? begun.flow, kind: 'passkey', response } as ProofBody;
    await take(await api('POST /session/proofs', { body, gate: false }));
  }

  async function begin(before: Step & { flow: string }, proof: Proof): Promise<void> {
    const flow = isSent(proof.kind) ? await send(before.flow, proof.kind) : before.flow;
    setStep({ at: 'code', flow, kind: proof.kind, hint: proof.hint ?? null, before });
  }

  const signIn = () =>
    run(async () =>
      take(await api('POST /session', { body: { name: name.trim(), password, remember }, gate: false })),
    );

  return {
    step,
    name,
    password,
    remember,
    word,
    working,
    /** Seconds until the server wants to hear from us again; null when it does now. */
    held: held === 0 ? null : held,
    setName,
    setPassword,
    setRemember,
    signIn,
    /** The lock is over: what was typed before is tried at once, or asked for where nothing is left of it. */
    again: () => {
      setWord(null);
      setStep({ at: 'password' });
      if (name.trim() && password) void signIn();
    },
    /** Begins the given proof, from the proof step or from the locked page. */
    choose: (proof: Proof) =>
      run(async () => {
        if ((step.at !== 'proof' && step.at !== 'locked') || step.flow === null) return;
        if (proof.kind === 'passkey') await byPasskey(step.flow);
        else await begin({ ...step, flow: step.flow }, proof);
      }),
    /** Signs in without name and password. */
    passkey: () => run(() => byPasskey(null)),
    resend: () =>
      run(async () => {
        if (step.at !== 'code') return;
        setStep({ ...step, flow: await send(step.flow, step.kind) });
        setWord({ kind: 'sent' });
      }),
    prove: (code: string) =>
      run(async () => {
        if (step.at !== 'code') return;
        const body = { flow: step.flow, kind: step.kind as CodeKind, code };
        await take(await api('POST /session/proofs', { body, gate: false }));
      }),
    back: () => {
      setWord(null);
      const several = step.at === 'code' && step.before.at === 'proof' && step.before.proofs.length > 1;
      const before = step.at === 'code' && (several || step.before.at === 'locked') ? step.before : null;
      setStep(before ?? { at: 'password' });
    },
    /** Proves himself rather than wait for the server to have time for the password. */
    proveInstead: () => {
      if (word?.kind !== 'busy' || !word.instead) return;
      again.current = null;
      setHoldUntil(null);
      setStep(word.instead);
      setWord(null);
    },
    cancelRetry: () => {
      again.current = null;
      setHoldUntil(null);
      setWord(null);
    },
  };
}
