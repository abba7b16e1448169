// Reminders and calendar: the hours without reminders, and the private address to subscribe to.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { ago } from '../formats.ts';
import { copyText } from '../support/talk.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { zone } from './form.ts';
import css from './tasks.module.css';

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutesIn = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

export function RemindersSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords('tasks');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('reminders.title')}>
      <div className={css.form}>
        <Quiet />
        <Calendar />
      </div>
    </Sheet>
  );
}

function Quiet() {
  const { t } = useWords('tasks');
  const query = useQuery({
    queryKey: ['today-settings'],
    queryFn: ({ signal }) => api('GET /today/settings', { signal }),
  });
  const [changed, setChanged] = useState<{ from?: string; to?: string }>({});
  const save = useWrite('PUT /today/settings', {
    renews: [['today-settings']],
    onDone: () => {
      setChanged({});
      toast(t('edit.saved'));
    },
  });
  if (!query.data) return query.isError ? <ProblemNote error={query.error} /> : <LoadingRecord />;
  const from = changed.from ?? clock(query.data.quietFrom);
  const to = changed.to ?? clock(query.data.quietTo);
  return (
    <Form
      className={css.form}
      onSubmit={() =>
        save.mutate({ body: { zone: zone(), quietFrom: minutesIn(from), quietTo: minutesIn(to) } })
      }
    >
      <p className={css.about}>{t('reminders.words')}</p>
      <div className={css.pair}>
        <TextField
          type="time"
          required
          label={t('reminders.from')}
          value={from}
          onValue={value => setChanged(before => ({ ...before, from: value }))}
        />
        <TextField
          type="time"
          required
          label={t('reminders.to')}
          value={to}
          onValue={value => setChanged(before => ({ ...before, to: value }))}
        />
      </div>
      <p className={css.about}>
        {t('reminders.zone', { zone: zone() })}{' '}
        <Link className="lk-link" to="/account">
          {t('reminders.kinds')}
        </Link>
      </p>
      <ProblemNote error={save.error} />
      <Button type="submit" variant="default" loading={save.isPending}>
        {t('reminders.save')}
      </Button>
    </Form>
  );
}

function Calendar() {
  const { t } = useWords('tasks');
  const [address, setAddress] = useState('');
  const query = useQuery({
    queryKey: ['calendar'],
    queryFn: ({ signal }) => api('GET /calendar', { signal }),
  });
  const renews = [['calendar']];
  const make = useWrite('POST /calendar', { renews, onDone: ({ body }) => setAddress(body.address) });
  const end = useWrite('DELETE /calendar', {
    renews,
    onDone: () => {
      setAddress('');
      toast(t('calendar.ended'));
    },
  });
  const feed = query.data?.feed ?? null;
  return (
    <section className={css.form} aria-label={t('calendar.title')}>
      <h3>{t('calendar.title')}</h3>
      <p className={css.about}>{t('calendar.words')}</p>
      {address ? (
        <>
          <TextField readOnly label={t('calendar.address')} value={address} onValue={() => undefined} />
          <p className={css.about}>{t('calendar.once')}</p>
          <Button
            onClick={() =>
              void copyText(address).then(done => toast(t(done ? 'calendar.copied' : 'calendar.not-copied')))
            }
          >
            {t('calendar.copy')}
          </Button>
        </>
      ) : feed ? (
        <p>{feed.readAt ? t('calendar.read', { when: ago(feed.readAt) }) : t('calendar.unread')}</p>
      ) : null}
      <ProblemNote error={query.error ?? make.error ?? end.error} />
      <Button variant="default" loading={make.isPending} onClick={() => make.mutate({})}>
        {t(feed ? 'calendar.again' : 'calendar.make')}
      </Button>
      {feed ? (
        <Button variant="subtle" color="red" loading={end.isPending} onClick={() => end.mutate({})}>
          {t('calendar.end')}
        </Button>
      ) : null}
    </section>
  );
}
