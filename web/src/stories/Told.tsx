// A lock's story in parts: what happened, whether that is normal and by what signs, clients with an old password.
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Story } from '../calls.ts';
import { dateTime, exactTime } from '../formats.ts';
import { CheckIcon, InfoIcon, WarnIcon } from '../ui/plain-icons.tsx';
import { type Translate, useWords } from '../words.ts';
import { StaleClients } from './StaleClients.tsx';
import './story.css';

type Heading = 'h2' | 'h3';

export function Told({ story, heading: Heading }: { story: Story; heading: Heading }) {
  const { t } = useWords('stories');
  return (
    <>
      <div className="lk-lock-part">
        <Heading>{t('part.happened')}</Heading>
        <Happened story={story} />
      </div>
      <div className="lk-lock-part">
        <Heading>{t('part.verdict')}</Heading>
        <Verdict story={story} />
      </div>
      {story.staleClients.length > 0 ? (
        <div className="lk-lock-part">
          <Heading>{t('part.stale')}</Heading>
          <StaleClients clients={story.staleClients} />
        </div>
      ) : null}
    </>
  );
}

/** The story behind a flow, where the server tells it to this browser; nothing else is said. */
export function Fetched({ flow, heading }: { flow: string; heading: Heading }) {
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
  return story ? <Told story={story} heading={heading} /> : null;
}

function triesWords(t: Translate, { count, sources, first, last }: Story['tries']): string {
  if (count === 0) return t('tries.none');
  if (!first || !last) return t('tries.bare', { count });
  const places = t('tries.places', { count: sources });
  const span = { count, places, first: dateTime(first), last: dateTime(last) };
  if (count === 1) return t('tries.once', span);
  return span.first === span.last ? t('tries.minute', span) : t('tries.several', span);
}

function Happened({ story: { tries, refused } }: { story: Story }) {
  const { t } = useWords('stories');
  return (
    <>
      <p>{triesWords(t, tries)}</p>
      {refused.count > 0 && refused.last ? (
        <p>{t('refused', { count: refused.count, last: dateTime(refused.last) })}</p>
      ) : null}
      {tries.newest.length > 0 ? (
        <details className="lk-fold">
          <summary>{t('newest', { count: tries.newest.length })}</summary>
          <ol className="lk-tries">
            {tries.newest.map(one => (
              <li key={one.id}>
                <time dateTime={one.at}>{exactTime(one.at)}</time>
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
