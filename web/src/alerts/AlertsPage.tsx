// Alerts: what happened, who else is told of it, and what one wants by mail oneself.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { AlertList } from './AlertList.tsx';
import css from './alerts.module.css';
import { Hooks } from './Hooks.tsx';
import { MailSettings } from './MailSettings.tsx';

export default function AlertsPage() {
  const { t } = useWords('alerts');
  const { may } = useMe();
  const hooks = useQuery({
    queryKey: ['alerts', 'hooks'],
    queryFn: ({ signal }) => api('GET /alerts/hooks', { signal }),
    refetchInterval: 30_000,
  });
  const failing = hooks.data?.items.filter(hook => hook.state === 'failing') ?? [];
  return (
    <Page title={t('title')} lead={t('lead')}>
      {failing.map(hook => (
        <Note key={hook.id} tone="bad">
          {t('hooks.failing', { name: hook.name })}
        </Note>
      ))}
      <div className={css.halves}>
        <AlertList />
        <div className={css.side}>
          <Hooks query={hooks} />
          {may('configure:policy') ? <MailSettings /> : null}
        </div>
      </div>
    </Page>
  );
}
