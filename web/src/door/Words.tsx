// What a step says about the last try: refused, busy with a countdown, code sent.
import { countdown } from '../formats.ts';
import { Problem, Unreachable } from '../problem.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { SignInCourse } from './use-sign-in.ts';

type Said = Pick<SignInCourse, 'word' | 'held' | 'cancelRetry'>;

export function Words({ course }: { course: Said }) {
  const { t } = useWords('door');
  const { word } = course;
  if (!word) return null;
  if (word.kind === 'problem') return <DoorProblem error={word.error} />;
  if (word.kind === 'device-known') return <Note tone="good">{t('device-known')}</Note>;
  if (word.kind === 'passkey-stopped') return <Note tone="warn">{t('passkey-stopped')}</Note>;
  if (word.kind === 'sent') return <Note tone="good">{t('code.sent-again')}</Note>;
  const time = countdown(course.held ?? 0);
  if (word.kind === 'slow-down') return <Note tone="warn">{t('slow-down', { time })}</Note>;
  return (
    <Note tone="warn">
      <p>{t('busy', { time })}</p>
      <PlainButton look="quiet" onClick={course.cancelRetry}>
        {t('busy-stop')}
      </PlainButton>
    </Note>
  );
}

/** A refusal in the server's own words, which are in the reader's language. */
export function DoorProblem({ error }: { error: unknown }) {
  const { t } = useWords('ui');
  if (error instanceof Unreachable) return <Note tone="warn">{t('unreachable')}</Note>;
  const words = error instanceof Problem ? error.detail || error.title : '';
  return <Note tone="bad">{words || t('unexpected')}</Note>;
}
