// Defence mode: what it does, how it stands, and whether an alarm begins it.
import { Button, Switch } from '@mantine/core';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { Weather } from './reading.ts';
import css from './weather.module.css';

export function DefenceCard({ weather, onDefend }: { weather: Weather; onDefend: () => void }) {
  const { t } = useWords('weather');
  const { may } = useMe();
  const { defence, settings } = weather;
  const mayAct = may('configure:policy');
  const end = useWrite('DELETE /weather/defence', {
    renews: [['weather'], ['audit']],
    onDone: () => toast(t('defence.ended')),
  });
  const keep = useWrite('PUT /weather/settings', { renews: [['weather'], ['audit']] });
  return (
    <Card title={t('defence.title')}>
      <div className={css.defence}>
        <p>{t('defence.words')}</p>
        {defence ? (
          <dl className={css.facts}>
            <div>
              <dt>{t('defence.until')}</dt>
              <dd>{dateTime(defence.until)}</dd>
            </div>
            <div>
              <dt>{t('defence.by')}</dt>
              <dd>{defence.by?.name ?? t('defence.itself')}</dd>
            </div>
            <div>
              <dt>{t('defence.reason')}</dt>
              <dd>{defence.reason || t('defence.because-alarm')}</dd>
            </div>
          </dl>
        ) : (
          <p className={css.quiet}>{t('defence.off')}</p>
        )}
        {mayAct ? (
          <div className={css.actions}>
            <Button variant={defence ? 'default' : 'filled'} aria-haspopup="dialog" onClick={onDefend}>
              {t(defence ? 'defence.extend' : 'defence.open')}
            </Button>
            {defence ? (
              <Button variant="default" loading={end.isPending} onClick={() => end.mutate({})}>
                {t('defence.end')}
              </Button>
            ) : null}
          </div>
        ) : null}
        <Switch
          label={t('defence.auto')}
          description={t('defence.auto-words')}
          checked={keep.isPending ? (keep.variables?.body?.autoDefence ?? false) : settings.autoDefence}
          disabled={!mayAct}
          onChange={event => keep.mutate({ body: { autoDefence: event.currentTarget.checked } })}
        />
        <ProblemNote error={end.error ?? keep.error} />
      </div>
    </Card>
  );
}
