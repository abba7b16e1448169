// What became of the pipeline since a day: from what was open then to what is open now, and each kind of movement.
import { Link } from '@tanstack/react-router';
import { sumWords } from '../deals/board.ts';
import { number, weekday } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { Download, type TableColumn } from './DataTable.tsx';
import type { Movement } from './search.ts';
import { type Asked, useMovement } from './use-asked.ts';

type Row = Movement['kinds'][number];

/** Sums as the board says them; here no probability weighs. */
export const sumsOf = (sums: { currency: string; amount: number }[]): string =>
  sumWords(sums.map(sum => ({ ...sum, weighted: 0 })));

export function MovementCard({ asked }: { asked: Asked }) {
  const { t } = useWords('analysis');
  const query = useMovement(asked);
  const movement = query.data;
  const columns: TableColumn<Row>[] = [
    { key: 'kind', head: t('movement.kind'), cell: () => null, plain: row => t(`kind.${row.kind}`) },
    { key: 'count', head: t('movement.count'), cell: () => null, plain: row => row.count },
    { key: 'sums', head: t('movement.sums'), cell: () => null, plain: row => sumsOf(row.sums) },
  ];
  return (
    <Card
      title={t('movement.title', { day: weekday(asked.since) })}
      aside={<Download name={t('view.movement')} rows={movement?.kinds ?? []} columns={columns} />}
    >
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {movement ? (
        <>
          <p className={css.headline}>
            {t('movement.open-now', { count: movement.now.count })}{' '}
            <strong>{sumsOf(movement.now.sums) || '—'}</strong>
          </p>
          <p className={css.quiet}>
            {t('movement.open-then', {
              count: movement.before.count,
              sums: sumsOf(movement.before.sums) || '—',
            })}
          </p>
          <ul className={css.kinds}>
            {movement.kinds.map(row => (
              <Kind key={row.kind} row={row} asked={asked} />
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  );
}

function Kind({ row, asked }: { row: Row; asked: Asked }) {
  const { t } = useWords('analysis');
  const { kind, count, sums } = row;
  const said = sumsOf(sums);
  const chosen = asked.search.kind === kind && asked.search.view === 'movement';
  return (
    <li data-kind={kind} data-none={count === 0 || undefined}>
      <Link
        to="/analysis"
        search={{ ...asked.search, view: 'movement', kind }}
        aria-current={chosen ? 'true' : undefined}
      >
        <span>{t(`kind.${kind}`)}</span>
        <strong>{number(count)}</strong>
        <span className={css.quiet}>{said && count > 0 ? `${sign(kind)}${said}` : '—'}</span>
      </Link>
    </li>
  );
}

const sign = (kind: Row['kind']) => (kind === 'up' ? '+' : kind === 'down' ? '−' : '');
