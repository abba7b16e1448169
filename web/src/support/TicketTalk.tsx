// One request behind its secret link: what was said, showing who one is, and closing it once everything works.
import { useCallback, useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { DoorProblem } from '../door/Words.tsx';
import { dateTime } from '../formats.ts';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { PlainArea } from './controls.tsx';
import { Identity } from './Identity.tsx';
import { PictureField, sendPicture } from './pictures.tsx';
import { SelfCheck } from './SelfCheck.tsx';
import { copyText, inOrder } from './talk.ts';

export type Ticket = Calls['POST /support/ticket']['reply'];
/** Does something with the ticket and reads it anew; a refusal is shown above. */
export type Act = (work: () => Promise<unknown>) => Promise<void>;

const everyMs = 12_000;

export function TicketTalk({ token, fresh }: { token: string; fresh: boolean }) {
  const { t } = useWords('support');
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const read = useCallback(
    () => api('POST /support/ticket', { body: { token }, gate: false }).then(setTicket),
    [token],
  );
  useEffect(() => {
    read().catch(setError);
    const timer = setInterval(() => {
      if (!document.hidden) read().catch(() => undefined);
    }, everyMs);
    return () => clearInterval(timer);
  }, [read]);

  const act: Act = async work => {
    if (working) return;
    setWorking(true);
    setError(null);
    try {
      await work();
      await read();
    } catch (caught) {
      setError(caught);
    }
    setWorking(false);
  };

  return (
    <div className="lk-stack">
      {error ? <DoorProblem error={error} /> : null}
      {ticket ? (
        <>
          {fresh ? <KeepLink contact={ticket.contact} /> : null}
          <p className="sup-head">
            <span className="sup-state" data-state={ticket.state}>
              {t(`state.${ticket.state}`)}
            </span>
            <span>{t('ticket.number', { number: ticket.number })}</span>
            <span className="lk-hint">{t(`cause.${ticket.cause}`)}</span>
          </p>
          <p className="lk-hint">{t(`ticket.next.${ticket.state}`)}</p>
          <Entries ticket={ticket} />
          {ticket.state === 'solved' ? <SelfCheck token={token} act={act} working={working} /> : null}
          {ticket.state === 'closed' ? null : <Reply token={token} act={act} working={working} />}
          {ticket.state === 'closed' ? null : (
            <Identity token={token} ticket={ticket} act={act} working={working} />
          )}
        </>
      ) : null}
    </div>
  );
}

function KeepLink({ contact }: { contact: string }) {
  const { t } = useWords('support');
  const [copied, setCopied] = useState(false);
  return (
    <Note tone="good">
      <p>{contact ? t('ticket.mailed', { contact }) : t('ticket.keep')}</p>
      <PlainButton
        look="quiet"
        onClick={() => {
          void copyText(location.href).then(setCopied);
        }}
      >
        {copied ? t('copied') : t('ticket.copy')}
      </PlainButton>
    </Note>
  );
}

function Entries({ ticket }: { ticket: Ticket }) {
  const { t } = useWords('support');
  return (
    <ol className="sup-talk">
      {inOrder(ticket).map(one =>
        one.kind === 'picture' ? (
          <li key={one.picture.id} data-side="system">
            <p className="lk-hint">{dateTime(one.picture.at)}</p>
            <p>{t('picture.sent', { size: Math.ceil(one.picture.size / 1_024) })}</p>
          </li>
        ) : (
          <li key={one.entry.id} data-side={one.entry.side}>
            <p className="lk-hint">
              {one.entry.side === 'system' ? null : <strong>{t(`side.${one.entry.side}`)} </strong>}
              {dateTime(one.entry.at)}
            </p>
            <p>{one.entry.side === 'system' ? t(`event.${one.entry.kind}`) : one.entry.text}</p>
          </li>
        ),
      )}
    </ol>
  );
}

type PartProps = { token: string; act: Act; working: boolean };

function Reply({ token, act, working }: PartProps) {
  const { t } = useWords('support');
  const [text, setText] = useState('');
  const [picture, setPicture] = useState<File | null>(null);
  function send() {
    if (!text.trim() && !picture) return;
    return act(async () => {
      if (text.trim()) await api('POST /support/ticket/words', { body: { token, text }, gate: false });
      setText('');
      if (picture) await sendPicture(token, picture);
      setPicture(null);
    });
  }
  return (
    <Form className="lk-stack" onSubmit={send}>
      <PlainArea label={t('ticket.write')} value={text} onValue={setText} rows={3} />
      <PictureField picture={picture} onPicture={setPicture} />
      <PlainButton type="submit" busy={working}>
        {t('ticket.send')}
      </PlainButton>
    </Form>
  );
}
