// One colleague's whole story: what stands in the way, from where he signs in, and what makes sense to do now.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { AccessCard } from '../accounts/AccessCard.tsx';
import { api } from '../api.ts';
import { HelpSheet, type Wanted } from '../desk/HelpSheet.tsx';
import { type Action, isGrave, type Story } from '../desk/help.ts';
import { RequestList } from '../desk/RequestList.tsx';
import { date, dateTime } from '../formats.ts';
import { HandoverCard } from '../handover/HandoverCard.tsx';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { languageNames, nearest, useWords } from '../words.ts';
import { Marks } from './Marks.tsx';
import { Arrivals, Attempts, Devices, Factors, Journal, Locks } from './PersonParts.tsx';
import css from './people.module.css';
import type { Colleague } from './use-people.ts';

const route = getRouteApi('/people/$id');

export default function PersonPage() {
  const { t } = useWords('people');
  const { id } = route.useParams();
  const { may } = useMe();
  const whole = may('read:lock');
  const story = useQuery({
    queryKey: ['people', 'story', id],
    queryFn: ({ signal }) => api('GET /people/{id}/story', { params: { id }, signal }),
    enabled: whole,
  });
  const plain = useQuery({
    queryKey: ['people', 'one', id],
    queryFn: ({ signal }) => api('GET /people/{id}', { params: { id }, signal }),
    enabled: !whole,
  });
  const query = whole ? story : plain;
  const person: Colleague | undefined = story.data?.person ?? plain.data;
  return (
    <Page
      title={person?.name ?? t('title')}
      lead={person ? <Marks person={person} /> : null}
      back={{ to: '/people', label: t('title') }}
    >
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {person ? <Facts person={person} /> : null}
      {story.data ? <Whole story={story.data} /> : null}
      {person && may('update:customer') ? <HandoverCard person={person} /> : null}
    </Page>
  );
}

function Facts({ person }: { person: Colleague }) {
  const { t } = useWords('people');
  const { account } = person;
  const facts: [string, string][] = [
    [t('add.email'), person.email],
    [t('column.role'), t(`role.${person.role}`)],
    [t('add.language'), languageNames[nearest(person.language)]],
    [t('column.since'), date(person.createdAt)],
  ];
  if (account) {
    facts.push(
      [t('column.seen'), account.lastSignInAt ? dateTime(account.lastSignInAt) : t('never')],
      [t('facts.verified'), t(account.verified.email ? 'facts.yes' : 'facts.no')],
      [t('facts.sessions'), String(account.sessions)],
    );
    if (account.initialPassword)
      facts.push([
        t('initial'),
        account.initialPassword.used
          ? t('facts.initial-used')
          : t('facts.initial-until', { when: dateTime(account.initialPassword.until) }),
      ]);
  }
  return (
    <Card>
      <dl className={css.grid}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Whole({ story }: { story: Story }) {
  const { t } = useWords('people');
  const desk = useWords('desk');
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const mayHelp = useMe().may('help:person');
  const { person, offers } = story;
  const people = [person];
  const open = offers.filter(offer => offer.why === null);
  const blocked = offers.find(offer => offer.why === 'oneself' || offer.why === 'no-approver');
  const may = (action: Action) => open.some(offer => offer.action === action);
  const requests = story.requests.filter(request => request.may.length > 0);
  return (
    <>
      {offers.length > 0 ? (
        <Card title={t('help.title')} id="help">
          <div className={css.help}>
            {blocked?.words ? <Note>{blocked.words}</Note> : null}
            {open.length > 0 ? <p className="lk-hint">{t('help.hint')}</p> : null}
            <ul className={css.offers}>
              {open.map(({ action, approval }) => (
                <li key={action}>
                  <Button
                    variant="default"
                    data-grave={isGrave(action) || undefined}
                    onClick={() => setWanted({ action, people })}
                  >
                    {desk.t(`action.${action}.title`)}
                  </Button>
                  <p className="lk-hint">
                    {desk.t(`action.${action}.short`)}
                    {approval ? ` ${t('help.approval')}` : ''}
                  </p>
                </li>
              ))}
            </ul>
          </div>
        </Card>
      ) : null}
      <RequestList title={desk.t('requests.title')} requests={requests} />
      {mayHelp ? <AccessCard id={person.id} /> : null}
      <Locks story={story} />
      <div className={css.columns}>
        <Devices story={story} />
        <Factors
          story={story}
          onLost={
            may('reset-factors') ? factor => setWanted({ action: 'reset-factors', people, factor }) : null
          }
        />
        <Attempts story={story} />
        <Arrivals story={story} />
      </div>
      <Journal id={person.id} />
      <HelpSheet wanted={wanted} onClose={() => setWanted(null)} />
    </>
  );
}
