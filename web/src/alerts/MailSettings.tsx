// One's own switches for mail, and how often the same kind of alert is told.
import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { type Translate, useWords } from '../words.ts';
import css from './alerts.module.css';

const choices = [15, 60, 240, 1_440];

export function MailSettings() {
  const { t } = useWords('alerts');
  const query = useQuery({
    queryKey: ['alerts', 'settings'],
    queryFn: ({ signal }) => api('GET /alerts/settings', { signal }),
  });
  const save = useWrite('PUT /alerts/settings', {
    renews: [['alerts', 'settings']],
    onDone: () => toast(t('mail.saved')),
  });
  const settings = query.data;
  if (!settings)
    return (
      <Card title={t('mail.title')} flush>
        {query.isError ? (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <LoadingRows rows={4} />
        )}
      </Card>
    );
  // What was just chosen shows at once, before the server has answered.
  const asked = save.isPending ? save.variables?.body : undefined;
  const off = asked?.off ?? settings.off;
  const quiet = asked?.quietMinutes ?? settings.quietMinutes;
  return (
    <Card title={t('mail.title')}>
      <div className={css.form}>
        <p className={css.quiet}>{t('mail.lead')}</p>
        <div className={css.checks}>
          {settings.kinds.map(({ kind, severity, title }) => (
            <Checkbox
              key={kind}
              label={title}
              description={severity === 'critical' ? t('mail.always') : undefined}
              disabled={severity === 'critical'}
              checked={severity === 'critical' || !off.includes(kind)}
              onChange={event =>
                save.mutate({
                  body: {
                    off: event.currentTarget.checked ? off.filter(one => one !== kind) : [...off, kind],
                  },
                })
              }
            />
          ))}
        </div>
        <SelectField
          label={t('mail.quiet')}
          description={t('mail.quiet-hint')}
          value={String(quiet)}
          onValue={value => save.mutate({ body: { quietMinutes: Number(value) } })}
          data={[...new Set([...choices, quiet])]
            .sort((a, b) => a - b)
            .map(one => ({ value: String(one), label: everyWords(one, t) }))}
        />
        <ProblemNote error={save.error} />
      </div>
    </Card>
  );
}

function everyWords(minutes: number, t: Translate): string {
  return minutes % 60 === 0
    ? t('mail.hours', { count: minutes / 60 })
    : t('mail.minutes', { count: minutes });
}
