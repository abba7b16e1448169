// One request as support works on it: the talk, what was sent along, who the author has shown to be.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { labelOf } from './about.ts';
import css from './console.module.css';
import { proofOf, State, whoOf } from './TicketsPage.tsx';
import { inOrder } from './talk.ts';

type Ticket = Calls['GET /tickets/{id}']['reply'];
const route = getRouteApi('/tickets/$id');

export default function TicketPage() {
  const { t } = useWords('support');
  const { id } = route.useParams();
  const found = useQuery({
    queryKey: ['tickets', id],
    queryFn: ({ signal }) => api('GET /tickets/{id}', { params: { id }, signal }),
    refetchInterval: 10_000,
  });
  const ticket = found.data;
  return (
    <Page
      title={ticket ? whoOf(ticket) || t('console.nobody') : t('console.title')}
      lead={
        ticket ? `${t('ticket.number', { number: ticket.number })} · ${t(`cause.${ticket.cause}`)}` : null
      }
      back={{ to: '/tickets', label: t('console.title') }}
    >
      {found.isPending ? <LoadingRecord /> : null}
      {found.isError ? <Failed error={found.error} onRetry={() => void found.refetch()} /> : null}
      {ticket ? (
        <div className={css.halves}>
          <Card title={t('console.talk')} aside={<State one={ticket} />}>
            <div className={css.stack}>
              <Talk ticket={ticket} />
              <Answer ticket={ticket} />
            </div>
          </Card>
          <div className={css.side}>
            <Who ticket={ticket} />
            <Along ticket={ticket} />
          </div>
        </div>
      ) : null}
    </Page>
  );
}

function Talk({ ticket }: { ticket: Ticket }) {
  const { t } = useWords('support');
  return (
    <ol className={css.talk}>
      {inOrder(ticket).map(one =>
        one.kind === 'picture' ? (
          <li key={one.picture.id} data-side="system">
            <p className={css.quiet}>{dateTime(one.picture.at)}</p>
            <a className="lk-link" href={`/api/v1/tickets/${ticket.id}/pictures/${one.picture.id}`} download>
              {t('console.picture', { size: Math.ceil(one.picture.size / 1_024) })}
            </a>
          </li>
        ) : (
          <li key={one.entry.id} data-side={one.entry.side}>
            <p className={css.quiet}>
              {one.entry.side === 'support' ? `${one.entry.by ?? t('side.support')} ` : ''}
              {one.entry.side === 'author' ? `${t('console.author')} ` : ''}
              {dateTime(one.entry.at)}
            </p>
            <p>{one.entry.side === 'system' ? t(`event.${one.entry.kind}`) : one.entry.text}</p>
          </li>
        ),
      )}
    </ol>
  );
}

const nexts = ['waiting', 'solved', 'open'] as const;
type Next = (typeof nexts)[number];

function Answer({ ticket }: { ticket: Ticket }) {
  const { t } = useWords('support');
  const draft = useDraft(`ticket:${ticket.id}`, { text: '' });
  const [state, setState] = useState<Next>('waiting');
  const renews = [['tickets'], ['audit']];
  const answer = useWrite('POST /tickets/{id}/words', { renews, onDone: () => draft.saved() });
  const move = useWrite('PATCH /tickets/{id}', { renews });
  const params = { id: ticket.id };
  function submit() {
    const { text } = draft.value;
    if (text.trim() && !answer.isPending) answer.mutate({ params, body: { text, state } });
  }
  return (
    <Form className={css.stack ?? ''} onSubmit={submit}>
      <ProblemNote error={answer.error ?? move.error} />
      <TextAreaField
        label={t('console.answer')}
        description={t(ticket.contact ? 'console.told' : 'console.not-told')}
        value={draft.value.text}
        onValue={text => draft.set({ text })}
        maxLength={4_000}
      />
      <DraftNote draft={draft} />
      <SelectField
        label={t('console.then')}
        value={state}
        onValue={next => setState(next as Next)}
        data={nexts.map(one => ({ value: one, label: t(`console.states.${one}`) }))}
      />
      <div className={css.acts}>
        <Button type="submit" loading={answer.isPending}>
          {t('console.send')}
        </Button>
        {ticket.state === 'closed' ? (
          <Button variant="default" onClick={() => move.mutate({ params, body: { state: 'open' } })}>
            {t('console.reopen')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => move.mutate({ params, body: { state: 'closed' } })}>
            {t('console.close')}
          </Button>
        )}
      </div>
    </Form>
  );
}

function Who({ ticket }: { ticket: Ticket }) {
  const { t } = useWords('support');
  const { person, proven } = ticket;
  return (
    <Card title={t('console.identity')}>
      <div className={css.stack}>
        <p className={css.proof} data-good={proven?.holds ? 'yes' : 'no'}>
          {proofOf(ticket, t)}
        </p>
        {proven?.holds ? (
          <p className={css.quiet}>{t('console.until', { at: dateTime(proven.until) })}</p>
        ) : (
          <p className={css.quiet}>{t('console.claim')}</p>
        )}
        {ticket.vouches.map(one => (
          <p key={one.at}>
            {t(`console.vouched.${one.as}`, { name: one.name })} {one.how}
          </p>
        ))}
        <dl className={css.facts}>
          <Fact label={t('form.account')} value={ticket.account} />
          <Fact label={t('form.contact')} value={ticket.contact} />
          <Fact label={t('console.address')} value={ticket.address ?? ''} />
          <Fact label={t('console.device')} value={ticket.device} />
          <Fact label={t('console.opened')} value={dateTime(ticket.openedAt)} />
        </dl>
        {person ? (
          <Button
            variant="default"
            renderRoot={props => <Link {...props} to="/people/$id" params={{ id: person.id }} />}
          >
            {t('console.person', { name: person.name })}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}

function Along({ ticket }: { ticket: Ticket }) {
  const { t } = useWords('support');
  const parts = [
    { key: 'error', facts: ticket.facts.error ?? [] },
    { key: 'check', facts: ticket.facts.check ?? [] },
    { key: 'device', facts: ticket.facts.device ?? [] },
  ].filter(part => part.facts.length > 0);
  const checks = Object.entries(ticket.checks ?? {});
  return (
    <>
      {parts.map(part => (
        <Card key={part.key} title={t(`along.${part.key}`)}>
          <dl className={css.facts}>
            {part.facts.map(fact => (
              <Fact key={fact.label} label={labelOf(fact.label, t)} value={fact.value} />
            ))}
          </dl>
        </Card>
      ))}
      {checks.length > 0 ? (
        <Card title={t('console.checked')}>
          <ul className={css.checks}>
            {checks.map(([step, done]) => (
              <li key={step}>
                {done ? '✓' : '✗'} {t(`solved.step.${step}`)}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  if (!value) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
