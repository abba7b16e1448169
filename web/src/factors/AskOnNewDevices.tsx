// Whether a new device is asked for a factor after the right password.
import { Button } from '@mantine/core';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './factors.module.css';
import { type Factors, factorsKey } from './use-factors.ts';

export function AskOnNewDevices({ factors, onDone }: { factors: Factors; onDone: () => void }) {
  const { t } = useWords('factors');
  const { askOnNewDevices: on } = factors;
  const required = factors.required?.overdue ?? false;
  const choose = useWrite('PATCH /factors', {
    renews: [factorsKey],
    onDone: () => {
      toast(t('saved'));
      onDone();
    },
  });
  return (
    <div className={css.form}>
      <p>{t('ask.why')}</p>
      {required ? <Note>{t('ask.required')}</Note> : null}
      {on && !required ? <Note tone="warn">{t('ask.off-warning')}</Note> : null}
      <ProblemNote error={choose.error} />
      {required ? null : (
        <Button
          variant={on ? 'default' : 'filled'}
          loading={choose.isPending}
          onClick={() => choose.mutate({ body: { askOnNewDevices: !on } })}
        >
          {t(on ? 'ask.turn-off' : 'ask.turn-on')}
        </Button>
      )}
    </div>
  );
}
