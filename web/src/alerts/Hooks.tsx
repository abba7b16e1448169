// The webhooks with their state; a test goes out at once and its answer is shown in place.
import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './alerts.module.css';
import { HookSheet } from './HookSheet.tsx';
import { problemWords } from './problem-words.ts';

export type Hook = Calls['GET /alerts/hooks']['reply']['items'][number];
type Tried = Calls['POST /alerts/hooks/{id}/test']['reply'];

const tones = { off: 'plain', untried: 'plain', good: 'good', retrying: 'warn', failing: 'bad' } as const;

export function Hooks({ query }: { query: UseQueryResult<Calls['GET /alerts/hooks']['reply']> }) {
  const { t } = useWords('alerts');
  const { may } = useMe();
  const sheet = useSheet();
  const items = query.data?.items ?? [];
  const chosen = items.find(hook => sheet.is(hook.id)) ?? null;
  const add = may('configure:policy') ? (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => sheet.open('hook')}
    >
      {t('hooks.add')}
    </Button>
  ) : null;
  return (
    <Card title={t('hooks.title')} aside={items.length > 0 ? add : null} flush>
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError && !query.data ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && items.length === 0 ? (
        <Empty icon={<IconWebhook />} title={t('hooks.none.title')} action={add}>
          {t('hooks.none.words')}
        </Empty>
      ) : null}
      <div className={css.list}>
        {items.map(hook => (
          <HookItem key={hook.id} hook={hook} onEdit={() => sheet.open(hook.id)} />
        ))}
      </div>
      <HookSheet hook={null} opened={sheet.is('hook')} onClose={sheet.close} />
      <HookSheet hook={chosen} opened={chosen !== null} onClose={sheet.close} />
    </Card>
  );
}

function HookItem({ hook, onEdit }: { hook: Hook; onEdit: () => void }) {
  const { t } = useWords('alerts');
  const { may } = useMe();
  const { name, kinds } = hook;
  const [tried, setTried] = useState<Tried | null>(null);
  const test = useWrite('POST /alerts/hooks/{id}/test', {
    renews: [['alerts', 'hooks']],
    onDone: answer => setTried(answer.body),
  });
  return (
    <article className={css.item}>
      <header className={css.head}>
        <h3 className={css.title}>{name}</h3>
        <span className={css.mark} data-tone={tones[hook.state]}>
          {t(`state.${hook.state}`)}
        </span>
      </header>
      <p className={css.quiet}>
        {t(`format.${hook.format}`)} ·{' '}
        {kinds.length === 0 ? t('hooks.all-kinds') : t('hooks.kinds', { count: kinds.length })}
      </p>
      <p className={css.address}>{hook.url}</p>
      {hook.lastOkAt ? <p className={css.quiet}>{t('hooks.last-ok', { when: ago(hook.lastOkAt) })}</p> : null}
      {hook.lastProblem && !tried ? (
        <p className={css.wrong}>{t('hooks.last-problem', { problem: problemWords(hook.lastProblem, t) })}</p>
      ) : null}
      {tried ? (
        <Note tone={tried.ok ? 'good' : 'bad'}>
          <p>
            {tried.ok
              ? t('hooks.test-good', { name, ms: tried.ms })
              : t('hooks.test-bad', { name, problem: problemWords(tried.problem ?? '', t) })}
          </p>
          {!tried.ok && tried.reply ? (
            <p className={css.reply}>{t('hooks.reply', { reply: tried.reply })}</p>
          ) : null}
        </Note>
      ) : null}
      <ProblemNote error={test.error} />
      {may('configure:policy') ? (
        <div className={css.buttons}>
          <Button
            variant="default"
            size="sm"
            loading={test.isPending}
            aria-label={t('hooks.test-of', { name })}
            onClick={() => test.mutate({ params: { id: hook.id } })}
          >
            {t('hooks.test')}
          </Button>
          <Button
            variant="default"
            size="sm"
            aria-haspopup="dialog"
            aria-label={t('hooks.edit-of', { name })}
            onClick={onEdit}
          >
            {t('hooks.edit')}
          </Button>
        </div>
      ) : null}
    </article>
  );
}
