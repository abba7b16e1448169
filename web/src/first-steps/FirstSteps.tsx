// The first steps of a new workspace, on the work desk of whoever set it up: what is done shows by itself.
import { Button } from '@mantine/core';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './first-steps.module.css';
import { AddSample, SampleCard } from './Sample.tsx';

type Standing = Calls['GET /first-steps']['reply'];

const one = { query: { limit: 1 } };
/** Who has more deals than that is no beginner. */
const business = 20;

/** Each step, where it leads, and how the data tell that it is done. */
const steps = [
  { key: 'factor', to: '/account', done: async () => (await api('GET /factors')).items.length > 0 },
  {
    key: 'kit',
    to: '/kit',
    done: async () => {
      const kit = await api('GET /kit');
      return kit.codesLeft > 0 && kit.printedAt !== null;
    },
  },
  {
    key: 'pipeline',
    to: '/deals/pipelines',
    done: async () => (await api('GET /pipelines')).items.some(pipeline => pipeline.version > 1),
  },
  { key: 'import', to: '/imports', done: async () => (await api('GET /imports', one)).items.length > 0 },
  {
    key: 'invite',
    to: '/people',
    done: async () => (await api('GET /people', { query: { limit: 2 } })).items.length > 1,
  },
  { key: 'customer', to: '/customers', told: (standing: Standing) => standing.customers },
  { key: 'deal', to: '/deals', told: (standing: Standing) => standing.deals },
] as const;

export function FirstSteps() {
  const { may } = useMe();
  const mine = may('configure:policy');
  const standing = useQuery({
    queryKey: ['first-steps', 'standing'],
    queryFn: ({ signal }) => api('GET /first-steps', { signal }),
    enabled: mine,
  }).data;
  if (!mine || !standing) return null;
  return (
    <>
      {standing.closed ? null : <Steps standing={standing} />}
      {standing.sample === null ? null : <SampleCard count={standing.sample} />}
    </>
  );
}

function Steps({ standing }: { standing: Standing }) {
  const { t } = useWords('first-steps');
  const close = useWrite('PUT /first-steps', { renews: [['first-steps']] });
  const queries = useQueries({
    queries: steps.map(step => ({
      queryKey: ['first-steps', step.key, 'told' in step ? step.told(standing) : null],
      queryFn: async () => ('told' in step ? step.told(standing) : step.done()),
    })),
  });
  const settled = useQuery({
    queryKey: ['first-steps', 'settled'],
    queryFn: async () => (await api('GET /deals', { query: { limit: business } })).next !== null,
  });
  // Nothing jumps in late: the card comes once all is known, and not where all is done.
  if (queries.some(query => query.isPending)) return null;
  const done = queries.filter(query => query.data === true).length;
  if (done === steps.length || settled.data !== false) return null;
  return (
    <Card
      title={t('title')}
      aside={
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          loading={close.isPending}
          onClick={() => close.mutate({ body: { closed: true } })}
        >
          {t('close')}
        </Button>
      }
    >
      <div className={css.body}>
        <p className={css.quiet}>{t('counted', { done, count: steps.length })}</p>
        <ProblemNote error={close.error} />
        <ol className={css.steps}>
          {steps.map(({ key, to }, at) => {
            const isDone = queries[at]?.data === true;
            return (
              <li key={key} data-done={isDone || undefined}>
                <span className={css.mark} aria-hidden>
                  {isDone ? <IconCheck size={16} /> : at + 1}
                </span>
                <Link to={to} className={css.link ?? ''}>
                  <span>
                    <strong>{t(`step.${key}`)}</strong>
                    <span className={css.quiet}>{isDone ? t('done') : t(`about.${key}`)}</span>
                  </span>
                  <IconChevronRight size={18} aria-hidden />
                </Link>
              </li>
            );
          })}
        </ol>
        {standing.empty ? <AddSample /> : null}
      </div>
    </Card>
  );
}
