// Clients that keep sending an old password: which, from where, how often, and what to do.
import type { StaleClient } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { useWords } from '../words.ts';
import './story.css';

export function StaleClients({ clients }: { clients: StaleClient[] }) {
  const { t } = useWords('stories');
  return (
    <ul className="lk-stale">
      {clients.map(client => (
        <li key={`${client.device} ${client.origin} ${client.since}`}>
          <strong>{[client.device ?? t('no-device'), client.origin].join(' · ')}</strong>
          <span>
            {t('stale.times', {
              count: client.times,
              since: dateTime(client.since),
              last: dateTime(client.last),
            })}
          </span>
          {client.changedAt ? <span>{t('stale.changed', { when: dateTime(client.changedAt) })}</span> : null}
          <p>{client.note}</p>
        </li>
      ))}
    </ul>
  );
}
