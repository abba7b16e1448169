// The browsers on which one is known; forgetting one ends its sessions and asks it for proof the next time.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { besidesAsking } from '../factors/confirming.ts';
import { ago } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './account.module.css';

export function Devices() {
  const { t } = useWords('account');
  const devices = useQuery({ queryKey: ['devices'], queryFn: () => api('GET /devices') });
  const forget = useWrite('DELETE /devices/{id}', {
    renews: [['devices'], ['sessions'], ['status']],
    onDone: () => toast(t('devices.forgotten')),
  });
  return (
    <Card title={t('devices.title')} id="devices" flush>
      <ProblemNote error={besidesAsking(forget.error)} />
      {devices.isError ? <Failed error={devices.error} onRetry={() => void devices.refetch()} /> : null}
      {devices.isPending ? <LoadingRows rows={2} /> : null}
      <ul className={css.rows}>
        {devices.data?.items.map(device => (
          <li key={device.id} className={css.row}>
            <div>
              <strong>
                {device.label}
                {device.current ? <span className={css.here}>{t('this-one')}</span> : null}
              </strong>
              <span>
                {[t('last-seen', { when: ago(device.lastSeenAt) }), device.address]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
            {device.current ? null : (
              <Button
                variant="default"
                loading={forget.isPending && forget.variables.params.id === device.id}
                onClick={() => forget.mutate({ params: { id: device.id } })}
              >
                {t('devices.forget')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
