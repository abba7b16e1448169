// The second factor in a recovery: choose one of one's own, give its code or show the passkey.
import { useState } from 'react';
import { CodeField } from '../door/CodeField.tsx';
import type { RecoveryCourse } from '../door/use-recovery.ts';
import { canPasskey } from '../factors/can-passkey.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';

const known = ['passkey', 'totp', 'sms-code', 'recovery-code'];

export function FactorStep({ course, kinds }: { course: RecoveryCourse; kinds: string[] }) {
  const { t } = useWords('recovery');
  const door = useWords('door');
  const here = kinds.filter(kind => known.includes(kind) && (kind !== 'passkey' || canPasskey()));
  const [chosen, setChosen] = useState<string | null>(null);
  const kind =
    chosen ?? (here.length === 1 && here[0] !== 'passkey' && here[0] !== 'sms-code' ? here[0] : null);

  async function choose(next: string) {
    if (next === 'passkey') return course.showPasskey();
    if (next === 'sms-code') await course.textFactor();
    setChosen(next);
  }

  if (kind)
    return (
      <Typed key={kind} course={course} kind={kind} other={here.length > 1 ? () => setChosen(null) : null} />
    );
  return (
    <div className="lk-stack">
      {course.stopped ? <Note tone="warn">{t('factor.stopped')}</Note> : null}
      {here.map(one => (
        <PlainButton key={one} look="plain" wide busy={course.working} onClick={() => void choose(one)}>
          {t(`factor.${one}`)}
        </PlainButton>
      ))}
      {here.length === 0 ? (
        <>
          <Note tone="warn">{t('factor.none')}</Note>
          <PlainButton wide onClick={course.back}>
            {door.t('back')}
          </PlainButton>
        </>
      ) : null}
      <p className="lk-hint">{t('factor.lost')}</p>
    </div>
  );
}

type TypedProps = { course: RecoveryCourse; kind: string; other: (() => void) | null };

function Typed({ course, kind, other }: TypedProps) {
  const { t } = useWords('recovery');
  const door = useWords('door');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  function submit() {
    setTried(true);
    if (code && !course.working) void course.proveFactor(kind as 'totp', code);
  }
  return (
    <Form className="lk-stack" onSubmit={submit}>
      <CodeField
        value={code}
        onValue={setCode}
        wrong={tried && !code ? door.t('missing.code') : null}
        paper={kind === 'recovery-code'}
      />
      <PlainButton type="submit" wide busy={course.working}>
        {door.t('code.confirm')}
      </PlainButton>
      {other ? (
        <PlainButton look="quiet" onClick={other}>
          {t('factor.other')}
        </PlainButton>
      ) : (
        <p className="lk-hint">{t('factor.lost')}</p>
      )}
    </Form>
  );
}
