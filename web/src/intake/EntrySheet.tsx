// One entry: what was sent, what became of it, and for one that waits the forms to accept or reject it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { AcceptEntry } from './AcceptEntry.tsx';
import { type EntryInFull, nameOf } from './form.ts';
import css from './intake.module.css';
import { StateMark } from './StateMark.tsx';

export function EntrySheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useWords('intake');
  const query = useQuery({
    queryKey: ['intake', 'entry', id],
    queryFn: ({ signal }) => api('GET /intake/{id}', { params: { id: id ?? '' }, signal }),
    enabled: id !== null,
  });
  const entry = query.data;
  return (
    <Sheet opened={id !== null} onClose={onClose} title={(entry && nameOf(entry)) ?? t('list.unnamed')} wide>
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {entry ? <Inside key={entry.id} entry={entry} onClose={onClose} /> : null}
    </Sheet>
  );
}

function Inside({ entry, onClose }: { entry: EntryInFull; onClose: () => void }) {
  const { t } = useWords('intake');
  const { may } = useMe();
  const isOpen = (entry.state === 'received' || entry.state === 'rejected') && may('update:intake');
  return (
    <div className={css.form}>
      <p className={css.head}>
        <StateMark entry={entry} />
        <span className={css.quiet}>{t('sheet.from', { key: entry.key.name, at: dateTime(entry.at) })}</span>
      </p>
      {entry.waiting ? <Note tone="warn">{t(`waiting.${entry.waiting}`)}</Note> : null}
      <Outcome entry={entry} />
      <Sent entry={entry} />
      {isOpen ? <AcceptEntry entry={entry} onDone={onClose} /> : null}
      {isOpen && entry.state === 'received' ? <Reject entry={entry} onDone={onClose} /> : null}
    </div>
  );
}

function Outcome({ entry }: { entry: EntryInFull }) {
  const { t } = useWords('intake');
  const { state, customer, lead, handledBy, handledAt } = entry;
  if (state === 'received') return null;
  const who = handledBy?.name ?? t('sheet.automatic');
  return (
    <Note tone={state === 'rejected' ? 'plain' : 'good'}>
      <p>
        {t(`outcome.${lead ? `${state}-lead` : state}`, { who, at: handledAt ? dateTime(handledAt) : '' })}
      </p>
      {entry.reason && state === 'rejected' ? <p>{t('sheet.reason', { reason: entry.reason })}</p> : null}
      {customer?.name ? (
        <p>
          <Link to="/customers/$id" params={{ id: customer.id }} className="lk-link">
            {t('sheet.to-customer', { name: customer.name })}
          </Link>
        </p>
      ) : null}
      {lead?.name ? (
        <p>
          <Link to="/leads/$id" params={{ id: lead.id }} className="lk-link">
            {t('sheet.to-customer', { name: lead.name })}
          </Link>
        </p>
      ) : null}
    </Note>
  );
}

function Sent({ entry }: { entry: EntryInFull }) {
  const { t } = useWords('intake');
  return (
    <section className={css.section}>
      <h3>{t('sheet.sent')}</h3>
      {entry.fields.length > 0 ? (
        <dl className={css.facts}>
          {entry.fields.map(({ name, value }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the order never changes
            <div key={at}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <details className={css.raw} open={entry.fields.length === 0}>
        <summary>{t('sheet.raw')}</summary>
        <p className={css.quiet}>{[entry.contentType, entry.address].filter(Boolean).join(' · ')}</p>
        <pre>{entry.text}</pre>
      </details>
    </section>
  );
}

function Reject({ entry, onDone }: { entry: EntryInFull; onDone: () => void }) {
  const { t } = useWords('intake');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const reject = useWrite('POST /intake/{id}/reject', {
    renews: [['intake']],
    onDone: () => {
      onDone();
      toast(t('reject.done'));
    },
  });
  if (!asking) {
    return (
      <Button variant="default" onClick={() => setAsking(true)} fullWidth>
        {t('reject.open')}
      </Button>
    );
  }
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        setTried(true);
        if (reason.trim()) reject.mutate({ params: { id: entry.id }, body: { reason: reason.trim() } });
      }}
    >
      <TextField
        label={t('reject.reason')}
        description={t('reject.hint')}
        required
        data-autofocus
        maxLength={300}
        value={reason}
        onValue={setReason}
        error={tried && !reason.trim() ? t('reject.missing') : null}
      />
      <ProblemNote error={reject.error} />
      <div className="lk-row">
        <Button type="submit" color="red" loading={reject.isPending}>
          {t('reject.act')}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
