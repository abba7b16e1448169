// Showing support whose account it is: by a code to the address stored there, or by colleagues who vouch.
import { useState } from 'react';
import { api } from '../api.ts';
import { CodeField } from '../door/CodeField.tsx';
import { Form } from '../ui/ime.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { Act, Ticket } from './TicketTalk.tsx';

type Props = { token: string; ticket: Ticket; act: Act; working: boolean };

export function Identity({ token, ticket, act, working }: Props) {
  const { t } = useWords('support');
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  if (ticket.proven) return <Note tone="good">{t(`identity.proven.${ticket.proven.how}`)}</Note>;
  if (!ticket.account) return null;

  const ask = () =>
    act(async () => {
      await api('POST /support/ticket/messages', { body: { token }, gate: false });
      setSent(true);
    });
  const prove = () =>
    act(async () => {
      if (code) await api('POST /support/ticket/proofs', { body: { token, code }, gate: false });
    });
  const vouch = () => act(() => api('POST /support/ticket/vouching', { body: { token }, gate: false }));

  return (
    <section className="sup-card">
      <h2>{t('identity.title')}</h2>
      <p className="lk-hint">{t('identity.lead', { account: ticket.account })}</p>
      {sent ? (
        <Form className="lk-stack" onSubmit={prove}>
          <p>{t('identity.sent')}</p>
          <CodeField value={code} onValue={setCode} wrong={null} />
          <PlainButton type="submit" busy={working}>
            {t('identity.confirm')}
          </PlainButton>
        </Form>
      ) : null}
      <div className="lk-row">
        <PlainButton look="plain" busy={working} onClick={() => void ask()}>
          {t(sent ? 'identity.again' : 'identity.code')}
        </PlainButton>
        {ticket.vouching ? null : (
          <PlainButton look="plain" busy={working} onClick={() => void vouch()}>
            {t('identity.vouch')}
          </PlainButton>
        )}
      </div>
      {ticket.vouching ? <p>{t('identity.asked')}</p> : <p className="lk-hint">{t('identity.vouch-what')}</p>}
    </section>
  );
}
