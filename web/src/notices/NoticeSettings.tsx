// How one hears of what colleagues do: in the app, by mail at once or once a day, or not at all.
import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './notices.module.css';

type Way = Calls['GET /inbox/settings']['reply']['items'][number];
const mails: Way['mail'][] = ['at-once', 'digest', 'none'];

export function NoticeSettings() {
  const { t, language } = useWords('notices');
  const queryKey = ['inbox', 'settings', language];
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api('GET /inbox/settings', { signal }) });
  const save = useWrite('PUT /inbox/settings', {
    renews: [queryKey],
    onDone: () => toast(t('settings.saved')),
  });
  // What was just chosen shows at once, before the server has answered.
  const asked = save.isPending ? save.variables.body.items : [];
  const ways = query.data?.items.map(way => ({ ...way, ...asked.find(one => one.kind === way.kind) }));
  const choose = ({ kind, app, mail }: Way, change: Partial<Way>) =>
    save.mutate({ body: { items: [{ kind, app, mail, ...change }] } });
  return (
    <Card title={t('settings.title')} id="notices">
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      <p className={css.quiet}>{t('settings.lead')}</p>
      <ul className={css.ways}>
        {ways?.map(way => (
          <li key={way.kind} className={css.way}>
            <span className={css.kind}>
              <strong>{way.title}</strong>
              <span className={css.quiet}>{way.about}</span>
            </span>
            <Checkbox
              label={t('settings.app')}
              aria-label={t('settings.app-of', { kind: way.title })}
              checked={way.app}
              onChange={event => choose(way, { app: event.currentTarget.checked })}
            />
            <SelectField
              aria-label={t('settings.mail-of', { kind: way.title })}
              value={way.mail}
              onValue={value => choose(way, { mail: mails.find(one => one === value) ?? 'none' })}
              data={mails.map(one => ({ value: one, label: t(`mail.${one}`) }))}
            />
          </li>
        ))}
      </ul>
      <ProblemNote error={save.error} />
    </Card>
  );
}
