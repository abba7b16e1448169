// Requests to support, those that wait first to be seen; and how support is reached without one.
import { Button } from '@mantine/core';
import { IconLifebuoy, IconSettings } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { Empty } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import css from './console.module.css';
import { SettingsSheet } from './SettingsSheet.tsx';

export type Listed = Calls['GET /tickets']['reply']['items'][number];

const route = getRouteApi('/tickets');
const states = ['open', 'waiting', 'solved', 'closed'] as const;

export default function TicketsPage() {
  const { t } = useWords('support');
  const { may } = useMe();
  const sheet = useSheet();
  const search = route.useSearch();
  const navigate = useNavigate();
  const state = states.find(one => one === search.state);
  const query = useInfiniteQuery({
    queryKey: ['tickets', 'list', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /tickets', {
        query: { limit: 50, ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: 20_000,
  });
  const name = (one: Listed) => (
    <Link to="/tickets/$id" params={{ id: one.id }} className={css.name ?? ''}>
      <strong>{whoOf(one) || t('console.nobody')}</strong>
      <span>{t(`cause.${one.cause}`)}</span>
    </Link>
  );
  return (
    <Page
      title={t('console.title')}
      lead={t('console.lead')}
      actions={
        may('configure:policy') ? (
          <Button
            variant="default"
            leftSection={<IconSettings size={18} aria-hidden />}
            onClick={() => sheet.open('settings')}
          >
            {t('settings.title')}
          </Button>
        ) : null
      }
    >
      <div className={css.filter}>
        <SelectField
          aria-label={t('console.state')}
          value={state ?? ''}
          onValue={next =>
            void navigate({ to: '/tickets', search: next ? { state: next } : {}, replace: true })
          }
          data={[
            { value: '', label: t('console.all') },
            ...states.map(one => ({ value: one, label: t(`console.states.${one}`) })),
          ]}
        />
      </div>
      <Card flush>
        <RecordList
          label={t('console.title')}
          query={query}
          id={one => one.id}
          columns={[
            { key: 'who', head: t('console.who'), track: 'minmax(0, 2fr)', cell: name },
            { key: 'number', head: t('console.number'), track: '7rem', cell: one => one.number },
            { key: 'state', head: t('console.state'), track: '8rem', cell: one => <State one={one} /> },
            {
              key: 'proof',
              head: t('console.proof'),
              track: 'minmax(0, 1fr)',
              cell: one => <span className={css.quiet}>{proofOf(one, t)}</span>,
            },
            {
              key: 'at',
              head: t('console.changed'),
              track: '11rem',
              end: true,
              cell: one => <span className={css.quiet}>{dateTime(one.changedAt)}</span>,
            },
          ]}
          card={one => (
            <div className={css.card}>
              {name(one)}
              <State one={one} />
              <span className={css.quiet}>
                {one.number} · {dateTime(one.changedAt)}
              </span>
            </div>
          )}
          empty={
            <Empty icon={<IconLifebuoy />} title={t('console.none')}>
              {t('console.none-words')}
            </Empty>
          }
        />
      </Card>
      <SettingsSheet opened={sheet.is('settings')} onClose={sheet.close} />
    </Page>
  );
}

export function State({ one }: { one: Pick<Listed, 'state'> }) {
  const { t } = useWords('support');
  return (
    <span className={css.state} data-state={one.state}>
      {t(`console.states.${one.state}`)}
    </span>
  );
}

/** Whom to call the author: the account's owner only where that is shown, else as he calls himself. */
export function whoOf(one: Listed): string {
  const shown = one.signedIn || one.proven?.holds ? one.person?.name : null;
  return shown || one.name || one.account;
}

/** How far the account is known to be the author's. */
export function proofOf(one: Listed, t: (key: string) => string): string {
  if (one.proven?.holds) return t(`console.proven.${one.proven.how}`);
  if (one.proven) return t(one.proven.used ? 'console.proven.used' : 'console.proven.over');
  if (one.signedIn) return t('console.proven.signed-in');
  return t(one.person ? 'console.proven.none' : 'console.proven.no-account');
}
