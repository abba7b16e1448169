// The outbox: messages that would have been sent, shown where no mail server is set and in the demo.
import { useCallback, useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Message } from '../calls.ts';
import { DoorFrame } from '../door/DoorFrame.tsx';
import { DoorProblem } from '../door/Words.tsx';
import { dateTime } from '../formats.ts';
import { Form } from '../ui/ime.tsx';
import { PlainButton, PlainField } from '../ui/plain.tsx';
import { MailIcon } from '../ui/plain-icons.tsx';
import { useWords } from '../words.ts';
import '../door/flow.css';
import './outbox.css';

export function OutboxPage() {
  const { t } = useWords('outbox');
  const [to, setTo] = useState(() => new URLSearchParams(location.search).get('to') ?? '');
  const [items, setItems] = useState<Message[] | null>(null);
  const [error, setError] = useState<unknown>(null);

  const read = useCallback(async (filter: string) => {
    setError(null);
    try {
      const reply = await api('GET /outbox', { query: { to: filter }, gate: false });
      setItems(reply.items);
    } catch (cause) {
      setError(cause);
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once on arrival; later by hand
  useEffect(() => void read(to.trim()), [read]);

  return (
    <DoorFrame
      wide="yes"
      title={t('title')}
      lead={t('lead')}
      foot={
        <a className="lk-link lk-tall" href="/sign-in">
          {t('to-sign-in')}
        </a>
      }
    >
      <Form className="lk-outbox-filter" onSubmit={() => read(to.trim())}>
        <PlainField
          type="search"
          name="to"
          inputMode="email"
          autoComplete="off"
          label={t('filter')}
          value={to}
          onValue={setTo}
        />
        <PlainButton type="submit" look="plain">
          {t('refresh')}
        </PlainButton>
      </Form>
      {error ? <DoorProblem error={error} /> : null}
      <div className="lk-stack" aria-live="polite">
        {items?.length === 0 ? (
          <div className="lk-outbox-empty">
            <MailIcon size={28} />
            <p>{t('empty')}</p>
          </div>
        ) : null}
        {items?.map(message => (
          <OneMessage key={message.id} message={message} />
        ))}
      </div>
    </DoorFrame>
  );
}

function OneMessage({ message }: { message: Message }) {
  const { t } = useWords('outbox');
  return (
    <article className="lk-message">
      <header>
        <h2>{message.subject || t('sms')}</h2>
        <p className="lk-hint">
          {message.to} · <time dateTime={message.at}>{dateTime(message.at)}</time> ·{' '}
          {t(`state.${message.state}`)}
        </p>
        {message.problem ? <p className="lk-wrong">{message.problem}</p> : null}
      </header>
      <p className="lk-message-body">{withLinks(message.body)}</p>
    </article>
  );
}

/** Turns web addresses in a plain text into links. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s，。）)]+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
      <a className="lk-link" href={part} key={index}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
