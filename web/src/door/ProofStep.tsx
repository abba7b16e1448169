// This device is new: choose how to show that it is you; the strongest way stands first.
import type { Proof } from '../calls.ts';
import { canPasskey } from '../factors/can-passkey.ts';
import { PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { SignInCourse } from './use-sign-in.ts';
import { Words } from './Words.tsx';

const known = ['passkey', 'totp', 'email-code', 'sms-code', 'recovery-code', 'desk-code'];

/** The proofs that this page can do here. */
export function offeredOf(proofs: Proof[]): Proof[] {
  return proofs.filter(({ kind }) => known.includes(kind) && (kind !== 'passkey' || canPasskey()));
}

export function ProofStep({ course, proofs }: { course: SignInCourse; proofs: Proof[] }) {
  const { t } = useWords('door');
  const offered = offeredOf(proofs);
  return (
    <div className="lk-stack">
      <Words course={course} />
      <p>{t('proof.why')}</p>
      {offered.map(proof => (
        <PlainButton
          key={proof.kind}
          look="plain"
          wide
          busy={course.working}
          onClick={() => void course.choose(proof)}
        >
          {t(`proof.${proof.kind}`)}
          {proof.hint ? <span className="lk-hint">{proof.hint}</span> : null}
        </PlainButton>
      ))}
      {offered.length === 0 ? <p>{t('proof.none')}</p> : null}
      <PlainButton look="quiet" onClick={course.back}>
        {t('back')}
      </PlainButton>
    </div>
  );
}
