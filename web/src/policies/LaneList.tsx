// The lanes of a policy in words: who gets how many tries, and how soon they come back.
import { Card } from '../ui/Page.tsx';
import { type Translate, useWords } from '../words.ts';
import { type Lanes, laneKinds, pace } from './choices.ts';
import css from './lock-policy.module.css';

export function LaneList({ lanes, classic }: { lanes: Lanes; classic: boolean }) {
  const { t } = useWords('policies');
  return (
    <Card title={t('policy.lanes')}>
      <dl className={css.lanes}>
        {laneKinds.map(kind => (
          <div key={kind}>
            <dt>{t(`lane.${kind}.name`)}</dt>
            <dd>
              <p className="lk-hint">{t(`lane.${kind}.words`)}</p>
              <p>{laneWords(lanes[kind], classic && (kind === 'strangers' || kind === 'alarm'), t)}</p>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function laneWords({ tries, pauseMinutes, perDay }: Lanes['alarm'], classic: boolean, t: Translate): string {
  if (tries === 0) return t('lane.closed');
  const atOnce = t('lane.tries', { count: tries, minutes: Math.round(pauseMinutes) });
  const { kind, count } = pace(perDay);
  return classic ? atOnce : t('lane.long-run', { once: atOnce, later: t(`lane.${kind}`, { count }) });
}
