// An import that is over: what came of it, the rows that did not go in, and the way back.
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconDownload, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { Counts } from './Counts.tsx';
import { FaultRows } from './FaultRows.tsx';
import css from './imports.module.css';
import type { ImportView } from './mapping.ts';

/** Where the records are to be seen; activities stand with their customers. */
const listOf = {
  customer: '/customers',
  contact: '/contacts',
  deal: '/deals',
  activity: '/customers',
  lead: '/leads',
  product: '/products',
  task: '/tasks',
  order: '/orders',
} as const;

export function Outcome({ one }: { one: ImportView }) {
  const { t } = useWords('imports');
  const resumable = one.state === 'cancelled' || one.state === 'failed';
  const resume = useWrite('POST /imports/{id}/start', { renews: [['imports']] });
  const undone = one.state === 'undone';
  return (
    <>
      {one.problem ? <Note tone="bad">{one.problem.message}</Note> : null}
      {undone ? <Undone one={one} /> : null}
      <Card title={t('outcome.title')}>
        <div className={css.form}>
          <Counts one={one} />
          <ProblemNote error={resume.error} />
          <div className="lk-row">
            {one.state === 'done' ? (
              <Button renderRoot={props => <Link {...props} to={listOf[one.object]} />}>
                {t(`outcome.see-${one.object}`)}
              </Button>
            ) : null}
            {resumable ? (
              <Button
                leftSection={<IconPlayerPlay size={18} aria-hidden />}
                loading={resume.isPending}
                onClick={() => resume.mutate({ params: { id: one.id } })}
              >
                {t('outcome.resume')}
              </Button>
            ) : null}
            {one.failed > 0 ? (
              <Button
                component="a"
                variant="default"
                href={`/api/v1/imports/${one.id}/faults.csv`}
                download
                leftSection={<IconDownload size={18} aria-hidden />}
              >
                {t('outcome.faults-file')}
              </Button>
            ) : null}
            {!undone && one.created + one.updated > 0 ? <Undo one={one} /> : null}
          </div>
        </div>
      </Card>
      {one.failed > 0 ? <FaultRows id={one.id} /> : null}
    </>
  );
}

function Undo({ one }: { one: ImportView }) {
  const { t } = useWords('imports');
  const [asking, setAsking] = useState(false);
  const undo = useWrite('POST /imports/{id}/undo', {
    renews: [
      ['imports'],
      ['customers'],
      ['contacts'],
      ['deals'],
      ['leads'],
      ['products'],
      ['tasks'],
      ['orders'],
      ['today'],
    ],
  });
  if (!asking) {
    return (
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('undo.open')}
      </Button>
    );
  }
  return (
    <div className={css.ask}>
      <p>{t('undo.ask', { count: one.created })}</p>
      {one.updated > 0 ? <p>{t('undo.ask-restore', { count: one.updated })}</p> : null}
      <ProblemNote error={undo.error} />
      <div className="lk-row">
        <Button color="red" loading={undo.isPending} onClick={() => undo.mutate({ params: { id: one.id } })}>
          {t('undo.sure')}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('undo.leave')}
        </Button>
      </div>
    </div>
  );
}

/** After undo: what was taken back, and what was left because somebody has worked with it since. */
function Undone({ one }: { one: ImportView }) {
  const { t } = useWords('imports');
  const kept = useQuery({
    queryKey: ['imports', one.id, 'kept'],
    queryFn: ({ signal }) =>
      api('GET /imports/{id}/kept', { params: { id: one.id }, query: { limit: 50 }, signal }),
    enabled: one.kept > 0,
  });
  return (
    <Note tone="good">
      <p>{t('undo.done', { count: one.removed, removed: number(one.removed) })}</p>
      {one.restored > 0 ? (
        <p>{t('undo.restored', { count: one.restored, restored: number(one.restored) })}</p>
      ) : null}
      {one.kept > 0 ? <p>{t('undo.kept', { count: one.kept })}</p> : null}
      <ul className={css.kept}>
        {kept.data?.items.map(record => (
          <li key={record.id}>
            {record.object === 'customer' ? (
              <Link className="lk-link" to="/customers/$id" params={{ id: record.id }}>
                {record.name}
              </Link>
            ) : (
              record.name
            )}
          </li>
        ))}
      </ul>
    </Note>
  );
}
