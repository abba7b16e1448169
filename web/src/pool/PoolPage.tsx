// The public pool: customers whom nobody looks after, to be taken; without how to reach them until then.
import { Button } from '@mantine/core';
import { IconBeach, IconSearchOff, IconSettings } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import css from '../customers/customers.module.css';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { RecordList } from '../ui/RecordList.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { EntrySheet } from './EntrySheet.tsx';

export type PoolCustomer = Calls['GET /pool']['reply']['items'][number];
const reasons = ['idle', 'no-deal', 'released'] as const;
const route = getRouteApi('/pool');

export default function PoolPage() {
  const { t } = useWords('pool');
  const { may, user } = useMe();
  const navigate = route.useNavigate();
  const { sheet: _sheet, ...search } = route.useSearch();
  const sheet = useSheet();
  const reason = reasons.find(one => one === search.reason);
  const query = useInfiniteQuery({
    queryKey: ['pool', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api('GET /pool', {
        query: {
          limit: 50,
          ...(pageParam ? { after: pageParam } : {}),
          ...(search.q ? { q: search.q } : {}),
          ...(reason ? { reason } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  });
  const mine = useQuery({
    queryKey: ['pool', 'mine'],
    queryFn: ({ signal }) => api('GET /pool/mine', { signal }),
  });
  const set = (change: { q?: string; reason?: string }) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const rules = may('configure:policy') || user.role === 'manager';
  const narrowed = Boolean(search.q || reason);
  const look = (entry: PoolCustomer) => (
    <Button
      variant="default"
      aria-haspopup="dialog"
      aria-label={t('look-name', { name: entry.name })}
      onClick={() => sheet.open(entry.id)}
    >
      {t('look')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={mine.data ? <Limits mine={mine.data} /> : null}
      actions={
        rules ? (
          <Button
            variant="default"
            leftSection={<IconSettings size={18} aria-hidden />}
            renderRoot={props => <Link {...props} to="/pool/rules" />}
          >
            {t('rules.open')}
          </Button>
        ) : null
      }
    >
      <Filters
        words={{
          open: t('filter.open'),
          done: t('filter.done'),
          clear: t('filter.clear'),
          off: filter => t('filter.off', { filter }),
        }}
        chips={
          reason ? [{ key: 'reason', words: t(`reason.${reason}`), off: () => set({ reason: '' }) }] : []
        }
        onClear={() => set({ reason: '' })}
        lead={
          <SearchField
            label={t('search.label')}
            placeholder={t('search.placeholder')}
            clearLabel={t('search.clear')}
            value={search.q ?? ''}
            onSearch={q => set({ q })}
          />
        }
      >
        {named => (
          <SelectField
            {...named(t('field.reason'))}
            value={reason ?? ''}
            onValue={chosen => set({ reason: chosen })}
            data={[
              { value: '', label: t('filter.all-reasons') },
              ...reasons.map(one => ({ value: one, label: t(`reason.${one}`) })),
            ]}
          />
        )}
      </Filters>
      <Card flush>
        <RecordList
          label={t('title')}
          query={query}
          id={entry => entry.id}
          columns={[
            {
              key: 'name',
              head: t('field.name'),
              track: 'minmax(0, 2.4fr)',
              cell: entry => (
                <span className={css.cell}>
                  <strong className={css.plain}>{entry.name}</strong>
                  <span className={css.quiet}>{placeOf(entry)}</span>
                </span>
              ),
            },
            {
              key: 'source',
              head: t('field.source'),
              cell: entry => <span className={css.one}>{entry.source}</span>,
            },
            {
              key: 'reason',
              head: t('field.reason'),
              track: 'minmax(0, 1.2fr)',
              cell: entry => t(`reason.${entry.reason}`),
            },
            {
              key: 'former',
              head: t('field.former'),
              cell: entry => <span className={css.one}>{entry.formerOwner?.name}</span>,
            },
            {
              key: 'since',
              head: t('field.since'),
              cell: entry => <span className={`${css.one} ${css.quiet}`}>{ago(entry.since)}</span>,
            },
            { key: 'act', head: t('field.act'), track: '8rem', end: true, cell: look },
          ]}
          card={entry => (
            <div className={css.card}>
              <span className={css['card-link']}>
                <strong>{entry.name}</strong>
                <span className={css.quiet}>{placeOf(entry)}</span>
                <span className={css.quiet}>
                  {t(`reason.${entry.reason}`)} · {ago(entry.since)}
                </span>
              </span>
              {look(entry)}
            </div>
          )}
          empty={
            narrowed ? (
              <Empty icon={<IconSearchOff />} title={t('empty.narrow')} />
            ) : (
              <Empty icon={<IconBeach />} title={t('empty.title')}>
                {t(mine.data?.active === false ? 'empty.off' : 'empty.words')}
              </Empty>
            )
          }
        />
      </Card>
      <EntrySheet id={sheet.name} onClose={sheet.close} />
    </Page>
  );
}

const placeOf = (entry: PoolCustomer) => [entry.city, entry.industry].filter(Boolean).join(' · ');

function Limits({ mine }: { mine: Calls['GET /pool/mine']['reply'] }) {
  const { t } = useWords('pool');
  if (!mine.active) return t('limits.off');
  const held =
    mine.holdingCap === null
      ? t('limits.holding', { count: mine.holding })
      : t('limits.holding-of', { count: mine.holding, cap: mine.holdingCap });
  return [held, mine.left === null ? '' : t('limits.left', { count: mine.left })].filter(Boolean).join(' · ');
}
