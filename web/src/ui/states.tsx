// The states every page has besides the good one: loading, empty, failed, and problems beside a form.
import { Button, Skeleton } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Wants } from '../accounts/AskPermission.tsx';
import { LockNotice } from '../locks/LockNotice.tsx';
import { Problem, Unreachable } from '../problem.ts';
import { loadWords, useWords } from '../words.ts';
import { Note } from './plain.tsx';
import css from './states.module.css';

/** Grey lines where a list will be; silent for the first moment, so that fast pages do not flicker. */
export function LoadingRows({ rows = 8 }: { rows?: number }) {
  const { t } = useWords('ui');
  const { online } = useNetwork();
  if (!online) return <Waiting />;
  return (
    <div className={css.loading} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no other name
        <div className={css.row} key={row}>
          <Skeleton height={14} width={`${38 + ((row * 17) % 30)}%`} />
          <Skeleton height={12} width={`${18 + ((row * 11) % 20)}%`} />
        </div>
      ))}
    </div>
  );
}

/** Grey fields where a record or a form will be. */
export function LoadingRecord() {
  const { t } = useWords('ui');
  const { online } = useNetwork();
  if (!online) return <Waiting />;
  return (
    <div className={css.loading} role="status" aria-label={t('loading')}>
      <Skeleton height={28} width="45%" mb="lg" />
      {[62, 80, 54, 70].map(width => (
        <div className={css.row} key={width}>
          <Skeleton height={11} width="18%" />
          <Skeleton height={15} width={`${width}%`} />
        </div>
      ))}
    </div>
  );
}

/** In place of grey lines while there is no network: they would promise what cannot come yet. */
function Waiting() {
  const { t } = useWords('ui');
  return (
    <p className={css.offline} role="status">
      {t('offline')}
    </p>
  );
}

type EmptyProps = { icon: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** Nothing here yet: says why, and offers the first step. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={css.empty}>
      <div className={css.badge}>{icon}</div>
      <h2 className={css.title}>{title}</h2>
      {children ? <div className={css.words}>{children}</div> : null}
      {action}
    </div>
  );
}

/** In place of a page or list that could not be loaded. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords('ui');
  const { online } = useNetwork();
  if (!online && error instanceof Unreachable) return <Waiting />;
  return (
    <div className={css.failed}>
      <ProblemNote error={error} />
      {onRetry && !(error instanceof Problem && error.status === 403) ? (
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  );
}

const AskPermission = lazy(async () => {
  const [ask] = await Promise.all([import('../accounts/AskPermission.tsx'), loadWords('accounts')]);
  return { default: ask.AskPermission };
});

function isWants(value: unknown): value is Wants {
  return typeof value === 'object' && value !== null && 'action' in value && 'object' in value;
}

/** What went wrong, in words: a lock explains itself, a lost network says that nothing is lost. */
export function ProblemNote({ error }: { error: unknown }) {
  const { t } = useWords('ui');
  if (!error) return null;
  if (error instanceof Unreachable)
    return (
      <Note tone="warn">
        <p>{t('unreachable')}</p>
        <a className="lk-link" href="/check" target="_blank" rel="noreferrer">
          {t('to-check')}
        </a>
      </Note>
    );
  if (!(error instanceof Problem)) return <Note tone="bad">{t('unexpected')}</Note>;
  if (error.lock) return <LockNotice lock={error.lock} />;
  if (error.code === 'not-allowed' && isWants(error.members.wants))
    return (
      <div className={css.denied}>
        <Note tone="bad">{error.detail}</Note>
        <Suspense fallback={null}>
          <AskPermission wants={error.members.wants} />
        </Suspense>
      </div>
    );
  return (
    <Note tone="bad">
      <p>{error.detail || error.title || t('unexpected')}</p>
      {error.status >= 500 && error.correlationId ? (
        <p className={css.reference}>
          {t('reference', { id: error.correlationId })}{' '}
          <a className="lk-link" href="/support">
            {t('to-support')}
          </a>
        </p>
      ) : null}
    </Note>
  );
}
