// Two records side by side: which one stays, whose value each field takes, what goes along.
import { Button } from '@mantine/core';
import { IconArrowMerge, IconSwitchHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { date } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { type Alike, alikeOf, type Merged, merges, type Preview, pageOf, previews } from './calls.ts';
import css from './duplicates.module.css';
import { FieldChoice, type Side } from './FieldChoice.tsx';
import { renewedByMerging } from './MergesCard.tsx';

const route = getRouteApi('/duplicates/merge');

export default function MergePage() {
  const { t } = useWords('duplicates');
  const { into = '', other = '', object: given } = route.useSearch();
  const object = alikeOf(given);
  const query = useQuery({
    queryKey: ['merges', 'preview', object, into, other],
    queryFn: ({ signal }) => api(previews[object], { params: { id: into }, query: { other }, signal }),
  });
  return (
    <Page
      title={t(`merge.title.${object}`)}
      lead={t('merge.lead')}
      back={{ to: '/duplicates', label: t('title') }}
    >
      {query.data ? (
        <Compared key={`${into} ${query.dataUpdatedAt}`} object={object} preview={query.data} />
      ) : (
        <Card>
          {query.isPending ? (
            <LoadingRecord />
          ) : (
            <Failed error={query.error} onRetry={() => void query.refetch()} />
          )}
        </Card>
      )}
    </Page>
  );
}

const searchOf = (object: Alike) => (object === 'customer' ? {} : { object });

/** What tells two people of one name apart: where they are. */
const whereOf = (one: Merged) =>
  'company' in one ? one.company : 'customer' in one ? one.customer?.name : null;

function Compared({ object, preview }: { object: Alike; preview: Preview }) {
  const { t } = useWords('duplicates');
  const { moves } = preview;
  const { survivor, other }: { survivor: Merged; other: Merged } = preview;
  const [choices, setChoices] = useState<Record<string, Side>>(preview.choices);
  const swap = route.useNavigate();
  const leave = useNavigate();
  const merge = useWrite(merges[object], {
    renews: renewedByMerging,
    onDone: async ({ body }) => {
      const { id, name } = body.merge.survivor;
      toast(t('merge.done', { name }));
      if (object === 'contact') await leave({ to: '/duplicates', search: { object } });
      else await leave({ to: pageOf[object], params: { id } });
    },
  });
  const along = Object.entries(moves).filter(([, count]) => count > 0);
  const head = (one: Merged, role: string) => (
    <div className={css.head}>
      <span className={css.quiet}>{role}</span>
      <strong>{one.name}</strong>
      <span className={css.quiet}>
        {[whereOf(one), one.owner?.name ?? t('unowned'), t('since', { date: date(one.createdAt) })]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  );
  return (
    <Card>
      <div className={css.form}>
        <div className={css.sides}>
          {head(survivor, t('side.survivor'))}
          {head(other, t('side.other'))}
        </div>
        <div>
          <Button
            variant="subtle"
            leftSection={<IconSwitchHorizontal size={18} aria-hidden />}
            onClick={() =>
              void swap({
                search: { into: other.id, other: survivor.id, ...searchOf(object) },
                replace: true,
              })
            }
          >
            {t('swap')}
          </Button>
        </div>
        {Object.keys(preview.choices).map(field => (
          <FieldChoice
            key={field}
            object={object}
            field={field}
            survivor={survivor}
            other={other}
            chosen={choices[field] ?? 'survivor'}
            onChoose={side => setChoices({ ...choices, [field]: side })}
          />
        ))}
        <p className={css.quiet}>
          {along.length > 0
            ? t('moves', {
                list: along.map(([kind, count]) => t(`moved.${kind}`, { count })).join(t('moves-join')),
              })
            : t(`moves-none.${object}`)}
        </p>
        <p className={css.quiet}>{t('merge.undoable')}</p>
        <ProblemNote error={merge.error} />
        <div className={css.acts}>
          <Button
            leftSection={<IconArrowMerge size={18} aria-hidden />}
            loading={merge.isPending}
            onClick={() =>
              merge.mutate({
                params: { id: survivor.id },
                body: { otherId: other.id, otherVersion: other.version, choices },
                ifMatch: `"v${survivor.version}"`,
              })
            }
          >
            {t('merge.act', { name: survivor.name })}
          </Button>
        </div>
      </div>
    </Card>
  );
}
