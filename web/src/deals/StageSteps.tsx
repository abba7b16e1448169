// The stages of a deal in a row, each a button that moves it there; on a phone the row is scrolled sideways.

import { useEffect, useRef } from 'react';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './deals.module.css';
import { type Deal, missingFor, type Stage, versionOf } from './form.ts';
import { stageName } from './stage-name.ts';

type StageStepsProps = {
  deal: Deal;
  stages: Stage[];
  /** Asks what the move needs first; null: one may not move it. */
  onMove: ((stage: Stage) => void) | null;
};

export function StageSteps({ deal, stages, onMove }: StageStepsProps) {
  const { t } = useWords('deals');
  const move = useWrite('POST /deals/{id}/move', {
    renews: [['deals']],
    onDone: ({ body }) => toast(t('move.done', { title: body.title, stage: stageName(body.stage.name) })),
  });
  const here = stages.findIndex(stage => stage.id === deal.stage.id);
  const row = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stage is another place in the row
  useEffect(() => {
    const [list, current] = [row.current, row.current?.querySelector<HTMLElement>('[data-state="here"]')];
    if (list && current) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
  }, [here, stages.length]);
  function choose(stage: Stage) {
    if (stage.kind !== 'open' || missingFor(stage, deal).length > 0) return onMove?.(stage);
    move.mutate({ params: { id: deal.id }, body: { stageId: stage.id, ifMatch: versionOf(deal) } });
  }
  return (
    <>
      <ol ref={row} className={css.steps} aria-label={t('steps')}>
        {stages.map((stage, place) => (
          <li
            key={stage.id}
            data-kind={stage.kind}
            data-state={
              place === here ? 'here' : place < here && deal.stage.kind !== 'lost' ? 'passed' : 'ahead'
            }
          >
            <button
              type="button"
              aria-current={place === here ? 'step' : undefined}
              disabled={!onMove || place === here || move.isPending}
              onClick={() => choose(stage)}
            >
              {stageName(stage.name)}
            </button>
          </li>
        ))}
      </ol>
      {move.error ? <ProblemNote error={move.error} /> : null}
    </>
  );
}
