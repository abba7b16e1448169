// The password was right, but this device is new: choose how to show that it is you.
import type { Proof } from '../calls.ts';
import { PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { SignInCourse } from './use-sign-in.ts';
import { Words } from './Words.tsx';

const known = ['email-code', 'sms-code', 'totp', 'recovery-code'];

export function ProofStep({ course, proofs }: { course: SignInCourse; proofs: Proof[] }) {
  const { t } = useWords('door');
  const offered = proofs.filter(proof => known.includes(proof.kind));
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
          onClick={() => void course.askCode(proof)}
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
