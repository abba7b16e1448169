// Support for whoever cannot get in: how to reach it, a request with what went wrong, and the talk behind its link.
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { DoorFrame } from '../door/DoorFrame.tsx';
import { useWords } from '../words.ts';
import { RequestForm } from './RequestForm.tsx';
import './support.css';
import { TicketTalk } from './TicketTalk.tsx';

type Settings = Calls['GET /support']['reply'];

/** The token stands in the fragment, which no server and no log ever sees. */
const linked = () => decodeURIComponent(location.hash.slice(1)) || null;

export function SupportPage() {
  const { t } = useWords('support');
  const [token, setToken] = useState(linked);
  const [fresh, setFresh] = useState(false);
  const [reached, setReached] = useState<Settings | null>(null);
  useEffect(() => {
    const follow = () => setToken(linked());
    addEventListener('hashchange', follow);
    api('GET /support', { gate: false }).then(setReached, () => undefined);
    return () => removeEventListener('hashchange', follow);
  }, []);

  function opened(next: string) {
    setFresh(true);
    setToken(next);
    location.hash = encodeURIComponent(next);
  }

  return (
    <DoorFrame
      title={t(token ? 'ticket.title' : 'form.title')}
      lead={token ? null : t('form.lead')}
      wide="a-little"
      foot={
        <>
          <a className="lk-link lk-tall" href="/check">
            {t('to-check')}
          </a>
          <a className="lk-link lk-tall" href="/sign-in">
            {t('to-sign-in')}
          </a>
        </>
      }
    >
      {token ? <TicketTalk key={token} token={token} fresh={fresh} /> : <RequestForm onOpened={opened} />}
      {reached ? <Reached settings={reached} /> : null}
    </DoorFrame>
  );
}

function Reached({ settings }: { settings: Settings }) {
  const { t } = useWords('support');
  const { hours, phone, email, note } = settings;
  if (!hours && !phone && !email && !note) return null;
  return (
    <section className="sup-card">
      <h2>{t('reach.title')}</h2>
      <dl className="sup-facts">
        {phone ? (
          <div>
            <dt>{t('reach.phone')}</dt>
            <dd>
              <a className="lk-link" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
                {phone}
              </a>
            </dd>
          </div>
        ) : null}
        {email ? (
          <div>
            <dt>{t('reach.email')}</dt>
            <dd>
              <a className="lk-link" href={`mailto:${email}`}>
                {email}
              </a>
            </dd>
          </div>
        ) : null}
        {hours ? (
          <div>
            <dt>{t('reach.hours')}</dt>
            <dd>{hours}</dd>
          </div>
        ) : null}
      </dl>
      {note ? <p>{note}</p> : null}
    </section>
  );
}
