// One's reminders stand still, as a manager has it: since when, and the way to say that one is back.
import type { Calls } from '../calls.ts';
import { dateTime, day } from '../formats.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';

type Pause = NonNullable<Calls['GET /today']['reply']['pause']>;

export function Paused({ pause }: { pause: Pause }) {
  const { t } = useWords('home');
  const end = useWrite('DELETE /today/pause', { renews: [['today'], ['tasks']] });
  return (
    <Note tone="warn">
      <p>
        {t('paused.words', { when: dateTime(pause.at) })}
        {pause.untilOn ? ` ${t('paused.until', { day: day(pause.untilOn) })}` : ''}
      </p>
      <PlainButton look="plain" busy={end.isPending} onClick={() => end.mutate({})}>
        {t('paused.back')}
      </PlainButton>
      <ProblemNote error={end.error} />
    </Note>
  );
}
