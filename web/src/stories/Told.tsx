// A lock's story in parts: what happened, whether that is normal and by what signs, clients with an old password.
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Story } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { CheckIcon, InfoIcon, WarnIcon } from '../ui/plain-icons.tsx';
import { useWords } from '../words.ts';
import { StaleClients } from './StaleClients.tsx';
import './story.css';

export function Told({ story }: { story: Story }) {
  const { t } = useWords('stories');
  return (
    <>
      <div className="lk-lock-part">
        <h3>{t('part.happened')}</h3>
        <Happened story={story} />
      </div>
      <div className="lk-lock-part">
        <h3>{t('part.verdict')}</h3>
        <Verdict story={story} />
      </div>
      {story.staleClients.length > 0 ? (
        <div className="lk-lock-part">
          <h3>{t('part.stale')}</h3>
          <StaleClients clients={story.staleClients} />
        </div>
      ) : null}
    </>
  );
}

/** The story behind a flow, where the server tells it to this browser; nothing else is said. */
export function Fetched({ flow }: { flow: string }) {
  const [story, setStory] = useState<Story | null>(null);
  useEffect(() => {
    let here = true;
    api('POST /session/story', { body: { flow }, gate: false }).then(
      told => here && setStory(told),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [flow]);
  return story ? <Told story={story} /> : null;
}

function Happened({ story: { tries, refused } }: { story: Story }) {
  const { t } = useWords('stories');
  const { count, sources, first, last } = tries;
  return (
    <>
      <p>
        {count === 0 ? t('tries.none') : null}
        {count > 0 && !(first && last) ? t('tries.bare', { count }) : null}
        {first && last && count > 0
          ? t(count === 1 ? 'tries.once' : 'tries.several', {
              count,
              places: t('tries.places', { count: sources }),
              first: dateTime(first),
              last: dateTime(last),
            })
          : null}
      </p>
      {refused.count > 0 && refused.last ? (
        <p>{t('refused', { count: refused.count, last: dateTime(refused.last) })}</p>
      ) : null}
      {tries.newest.length > 0 ? (
        <details className="lk-fold">
          <summary>{t('newest', { count: tries.newest.length })}</summary>
          <ol className="lk-tries">
            {tries.newest.map(one => (
              <li key={one.id}>
                <time dateTime={one.at}>{dateTime(one.at)}</time>
                <strong>{one.kindWords}</strong>
                <span>{[one.laneWords, one.device ?? t('no-device'), one.origin].join(' · ')}</span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </>
  );
}

function verdictOf(normal: boolean | null): 'normal' | 'abnormal' | 'open' {
  if (normal === null) return 'open';
  return normal ? 'normal' : 'abnormal';
}

function Verdict({ story }: { story: Story }) {
  const { t } = useWords('stories');
  const found = verdictOf(story.normal);
  const Icon = { normal: CheckIcon, abnormal: WarnIcon, open: InfoIcon }[found];
  const spoken = story.signals.filter(signal => signal.speaks !== null);
  const silent = story.signals.filter(signal => signal.speaks === null);
  return (
    <>
      <p className={`lk-verdict ${found}`}>
        <Icon size={20} />
        <span>
          <strong>{t(`verdict.${found}.title`)}</strong> {t(`verdict.${found}.words`)}
        </span>
      </p>
      <Signals signals={spoken} />
      {silent.length > 0 ? (
        <details className="lk-fold">
          <summary>{t('silent')}</summary>
          <Signals signals={silent} />
        </details>
      ) : null}
    </>
  );
}

const kinds = ['notice', 'maintenance', 'own-behaviour', 'support', 'others-locked', 'log'];

function Signals({ signals }: { signals: Story['signals'] }) {
  const { t } = useWords('stories');
  if (signals.length === 0) return null;
  return (
    <dl className="lk-signals">
      {signals.map(({ kind, speaks, note }) => (
        <div key={kind} className={speaks ?? 'silent'}>
          <dt>
            {kinds.includes(kind) ? t(`signal.${kind}`) : kind}
            {speaks ? <span className="lk-says">{t(`speaks.${speaks}`)}</span> : null}
          </dt>
          <dd>{note}</dd>
        </div>
      ))}
    </dl>
  );
}
