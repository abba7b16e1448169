// The board: a column for each stage; cards are moved by pointer, by keyboard (space, arrows, enter) or by their menu.
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { askNext } from '../tasks/next-step.ts';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { BoardColumn } from './BoardColumn.tsx';
import { stepped } from './board.ts';
import css from './deals.module.css';
import { type Deal, missingFor, type Pipeline, type Stage, versionOf } from './form.ts';
import { MoveSheet } from './MoveSheet.tsx';
import { stageName } from './stage-name.ts';

type BoardProps = { pipeline: Pipeline; owner: string | undefined; q: string | undefined };
/** A card held by the keyboard, and the column it would come to. */
type Lifted = { deal: Deal; place: number };

export function Board({ pipeline, owner, q }: BoardProps) {
  const { t } = useWords('deals');
  const { may } = useMe();
  const movable = may('update:deal');
  const [dragged, setDragged] = useState<Deal | null>(null);
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [asking, setAsking] = useState<{ deal: Deal; stage: Stage } | null>(null);
  const [said, setSaid] = useState('');
  const narrow = { pipeline: pipeline.id, ...(owner ? { owner } : {}) };
  const query = useQuery({
    queryKey: ['deals', 'board', narrow],
    queryFn: ({ signal }) => api('GET /deals/board', { query: narrow, signal }),
  });
  const move = useWrite('POST /deals/{id}/move', {
    renews: [['deals']],
    onDone: ({ body }) => {
      setSaid(t('move.done', { title: body.title, stage: stageName(body.stage.name) }));
      if (body.stage.kind === 'open') askNext({ type: 'deal', id: body.id, name: body.title });
    },
  });

  function choose(deal: Deal, stage: Stage) {
    if (stage.id === deal.stage.id) return;
    if (stage.kind !== 'open' || missingFor(stage, deal).length > 0) return setAsking({ deal, stage });
    move.mutate({ params: { id: deal.id }, body: { stageId: stage.id, ifMatch: versionOf(deal) } });
  }
  function onKey(event: KeyboardEvent, deal: Deal) {
    const places = pipeline.stages.length;
    const at = lifted?.deal.id === deal.id ? lifted.place : null;
    if (at === null) {
      if (event.key !== ' ') return;
      const place = pipeline.stages.findIndex(stage => stage.id === deal.stage.id);
      setLifted({ deal, place });
      setSaid(t('move.lifted', { title: deal.title }));
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const place = stepped(at, event.key === 'ArrowLeft' ? -1 : 1, places);
      setLifted({ deal, place });
      setSaid(t('move.over', { stage: stageName(pipeline.stages[place]?.name ?? '') }));
    } else if (event.key === 'Enter' || event.key === ' ') {
      const stage = pipeline.stages[at];
      setLifted(null);
      if (stage) choose(deal, stage);
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      setLifted(null);
      setSaid(t('move.dropped'));
      if (event.key === 'Tab') return;
    } else return;
    event.preventDefault();
  }

  if (query.isPending) return <LoadingRows />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const going = move.isPending ? move.variables : null;
  return (
    <>
      {move.error ? <ProblemNote error={move.error} /> : null}
      <p className="lk-hidden" aria-live="polite">
        {said}
      </p>
      {lifted ? <p className={css.hint}>{t('move.keys')}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also while its columns hold no card yet */}
      <section className={css.board} aria-label={t('board.label')} tabIndex={0}>
        {pipeline.stages.map((stage, place) => (
          <BoardColumn
            key={stage.id}
            stage={stage}
            stages={pipeline.stages}
            tally={query.data.stages.find(one => one.stageId === stage.id)}
            narrow={{ ...(owner ? { owner } : {}), ...(q ? { q } : {}) }}
            movable={movable}
            target={lifted?.place === place}
            liftedId={lifted?.deal.id ?? null}
            goingId={going?.params?.id ?? null}
            onDropped={() => {
              if (dragged) choose(dragged, stage);
              setDragged(null);
            }}
            onDrag={setDragged}
            onMove={choose}
            onKey={onKey}
          />
        ))}
      </section>
      <MoveSheet asking={asking} onClose={() => setAsking(null)} />
    </>
  );
}
