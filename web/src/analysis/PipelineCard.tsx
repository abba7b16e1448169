// Where deals stand now, stage by stage, with how many went on from there and how long they stay.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { share, sumWords } from '../deals/board.ts';
import { stageName } from '../deals/stage-name.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { percent } from './period-words.ts';
import { daysBack } from './search.ts';
import type { Asked } from './use-asked.ts';

export function PipelineCard({ asked }: { asked: Asked }) {
  const { t } = useWords('analysis');
  const { chosen } = usePipelines();
  const { narrow, now } = asked;
  const from = daysBack(now, 90).toISOString();
  const board = useQuery({
    queryKey: ['deals', 'board', narrow],
    queryFn: ({ signal }) => api('GET /deals/board', { query: narrow, signal }),
  });
  const funnel = useQuery({
    queryKey: ['deals', 'funnel', narrow, from],
    queryFn: ({ signal }) => api('GET /deals/funnel', { query: { ...narrow, from }, signal }),
  });
  const stages = chosen(narrow.pipeline)?.stages.filter(stage => stage.kind === 'open') ?? [];
  const standing = (id: string) => board.data?.stages.find(one => one.stageId === id);
  const most = Math.max(1, ...stages.map(stage => standing(stage.id)?.count ?? 0));
  return (
    <Card
      title={t('pipeline.title')}
      aside={
        <Link to="/deals/funnel" className="lk-link">
          {t('funnel')}
        </Link>
      }
    >
      {board.isPending ? <LoadingRows rows={4} /> : null}
      {board.isError ? <Failed error={board.error} onRetry={() => void board.refetch()} /> : null}
      <ol className={css.stages}>
        {(board.data ? stages : []).map(stage => {
          const here = standing(stage.id);
          const moved = funnel.data?.stages.find(one => one.stageId === stage.id);
          return (
            <li key={stage.id}>
              <div className={css['stage-head']}>
                <span>{stageName(stage.name)}</span>
                <Link
                  to="/deals"
                  search={{ view: 'list', stage: stage.id, ...narrow }}
                  className="lk-link"
                  aria-label={t('pipeline.deals', { stage: stageName(stage.name), count: here?.count ?? 0 })}
                >
                  {number(here?.count ?? 0)}
                </Link>
              </div>
              <div className={css.track} aria-hidden>
                <span style={{ width: `${share(here?.count ?? 0, most)}%` }} />
              </div>
              <div className={css.facts}>
                <span>{here ? sumWords(here.sums) || '—' : '—'}</span>
                {moved && moved.entered > 0 ? (
                  <span>{t('pipeline.onward', { percent: percent(moved.onward, moved.entered) })}</span>
                ) : null}
                {moved?.medianDays == null ? null : (
                  <span>{t('pipeline.days', { count: Math.round(moved.medianDays) })}</span>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <p className={css.quiet}>{t('pipeline.words')}</p>
    </Card>
  );
}
