// Signing in, step by step: stands on the sign-in page and in the app's sheet for signing in again.
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import type { Person } from '../calls.ts';
import { loadWords } from '../words.ts';
import { CodeStep } from './CodeStep.tsx';
import { PasswordStep } from './PasswordStep.tsx';
import { ProofStep } from './ProofStep.tsx';
import { type SignInStart, type Step, useSignIn } from './use-sign-in.ts';
import './flow.css';

/** Most people meet no lock: its page comes when there is one to tell. */
const LockedStep = lazy(async () => {
  const [step] = await Promise.all([import('./LockedStep.tsx'), loadWords('locks')]);
  return { default: step.LockedStep };
});

type SignInFlowProps = SignInStart & {
  nameFixed?: boolean;
  /** Stands above the fields until the first try: why one is here. */
  greeting?: ReactNode;
  onSignedIn: (person: Person) => void;
  /** Told of each step, so that a page can title itself and keep an address for it. */
  onStep?: (step: Step, name: string) => void;
};

export function SignInFlow({ name, lock, nameFixed = false, greeting, onSignedIn, onStep }: SignInFlowProps) {
  const course = useSignIn({ ...(name ? { name } : {}), ...(lock ? { lock } : {}) }, onSignedIn);
  const telling = useRef(onStep);
  telling.current = onStep;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once per step, with the name as it is then
  useEffect(() => telling.current?.(course.step, course.name), [course.step]);
  const { step } = course;
  if (step.at === 'locked')
    return (
      <Suspense fallback={null}>
        <LockedStep course={course} locked={step} />
      </Suspense>
    );
  if (step.at === 'proof') return <ProofStep course={course} proofs={step.proofs} />;
  if (step.at === 'code') return <CodeStep course={course} kind={step.kind} hint={step.hint} />;
  return <PasswordStep course={course} nameFixed={nameFixed} greeting={greeting} />;
}
