// Walks the whole chain on request and says in words whether the log was altered.
import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { Calls } from '../calls.ts';
import { dateTime, number } from '../formats.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';

export type Verdict = Calls['GET /audit/verification']['reply'];

/** The server's reasons, for which there are words in both languages. */
const reasons: Record<string, string> = {
  'an entry is missing': 'missing',
  'its content does not match its hash': 'content',
  'the newest entries are missing': 'newest',
};

export function VerifyButton({ busy, onVerify }: { busy: boolean; onVerify: () => void }) {
  const { t } = useWords('audit');
  return (
    <Button
      variant="default"
      loading={busy}
      leftSection={<IconShieldCheck size={18} aria-hidden />}
      onClick={onVerify}
    >
      {t('verify.act')}
    </Button>
  );
}

type VerificationProps = { verdict: Verdict | undefined; error: unknown; onClose: () => void };

export function Verification({ verdict, error, onClose }: VerificationProps) {
  const { t } = useWords('audit');
  if (error) return <ProblemNote error={error} />;
  if (!verdict) return null;
  return (
    <Note tone={verdict.kind === 'intact' ? 'good' : 'bad'}>
      {verdict.kind === 'intact' ? (
        <p>
          {t('verify.intact', { entries: number(verdict.entries) })}
          {verdict.unsealed > 0 ? ` ${t('verify.unsealed', { count: verdict.unsealed })}` : null}
        </p>
      ) : (
        <>
          <p>{t('verify.altered', { seq: verdict.seq })}</p>
          {verdict.at && verdict.action ? (
            <p>{t('verify.altered-entry', { when: dateTime(verdict.at), action: verdict.action })}</p>
          ) : null}
          <p>
            {t('verify.why', {
              why: reasons[verdict.why] ? t(`verify.why-known.${reasons[verdict.why]}`) : verdict.why,
            })}
          </p>
        </>
      )}
      <PlainButton look="quiet" onClick={onClose}>
        {t('verify.close')}
      </PlainButton>
    </Note>
  );
}
