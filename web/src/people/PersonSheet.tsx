// One colleague: role, state, standing locks; the administrator lifts, suspends, lets work again.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { date } from '../formats.ts';
import { LockCard } from '../policies/LockCard.tsx';
import { useMe } from '../session.ts';
import { TextAreaField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { languageNames, nearest, useWords } from '../words.ts';
import css from './people.module.css';
import type { Colleague } from './use-people.ts';

export function PersonSheet({ person, onClose }: { person: Colleague | null; onClose: () => void }) {
  return (
    <Sheet opened={person !== null} onClose={onClose} title={person?.name ?? ''} wide>
      {person ? <Inside key={person.id} person={person} /> : null}
    </Sheet>
  );
}

function Inside({ person }: { person: Colleague }) {
  const { t } = useWords('people');
  const { may, user } = useMe();
  const locks = useQuery({
    queryKey: ['locks', 'person', person.id],
    queryFn: ({ signal }) => api('GET /locks', { query: { person: person.id, standing: 'true' }, signal }),
    enabled: may('read:lock'),
  });
  const facts = [
    [t('add.email'), person.email],
    [t('column.role'), t(`role.${person.role}`)],
    [t('column.state'), t(`state.${person.state}`)],
    [t('add.language'), languageNames[nearest(person.language)]],
    [t('column.since'), date(person.createdAt)],
  ];
  return (
    <div className={css.form}>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {may('read:lock') ? (
        <section className={css.section}>
          <h3>{t('sheet.locks')}</h3>
          <ProblemNote error={locks.error} />
          {locks.data?.items.map(lock => (
            <LockCard key={lock.id} lock={lock} linked />
          ))}
          {locks.data?.items.length === 0 ? <p className="lk-hint">{t('sheet.no-locks')}</p> : null}
        </section>
      ) : null}
      {may('help:person') && person.id !== user.id ? <Suspension person={person} /> : null}
    </div>
  );
}

function Suspension({ person }: { person: Colleague }) {
  const { t } = useWords('people');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const renews = [['people'], ['locks']];
  const suspend = useWrite('POST /people/{id}/suspension', {
    renews,
    onDone: () => {
      setAsking(false);
      setReason('');
      toast(t('suspend.done', { name: person.name }));
    },
  });
  const resume = useWrite('DELETE /people/{id}/suspension', {
    renews,
    onDone: () => toast(t('resume.done', { name: person.name })),
  });
  const params = { id: person.id };
  if (person.state === 'suspended') {
    return (
      <section className={css.section}>
        <h3>{t('resume.title')}</h3>
        <p className="lk-hint">{t('resume.words')}</p>
        <ProblemNote error={resume.error} />
        <Button loading={resume.isPending} onClick={() => resume.mutate({ params })}>
          {t('resume.act')}
        </Button>
      </section>
    );
  }
  return (
    <section className={css.section}>
      <h3>{t('suspend.title')}</h3>
      <p className="lk-hint">{t('suspend.words')}</p>
      {asking ? (
        <Form
          className={css.form}
          onSubmit={() => {
            setTried(true);
            if (reason.trim().length >= 3) suspend.mutate({ params, body: { reason: reason.trim() } });
          }}
        >
          <TextAreaField
            label={t('suspend.reason')}
            required
            data-autofocus
            minRows={2}
            value={reason}
            onValue={setReason}
            error={tried && reason.trim().length < 3 ? t('suspend.reason-missing') : null}
          />
          <ProblemNote error={suspend.error} />
          <div className="lk-row">
            <Button type="submit" color="red" loading={suspend.isPending}>
              {t('suspend.sure', { name: person.name })}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('suspend.cancel')}
            </Button>
          </div>
        </Form>
      ) : (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('suspend.act')}
        </Button>
      )}
    </section>
  );
}
