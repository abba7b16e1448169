// The story of a lock, brought in with its words when there is one to tell: the door stays light.
import { lazy, Suspense } from 'react';
import type { Story } from '../calls.ts';
import { loadWords } from '../words.ts';

const Told = lazy(async () => {
  const [told] = await Promise.all([import('./Told.tsx'), loadWords('stories')]);
  return { default: told.Told };
});

const Fetched = lazy(async () => {
  const [told] = await Promise.all([import('./Told.tsx'), loadWords('stories')]);
  return { default: told.Fetched };
});

/** What happened and what speaks for what; as parts of a lock's explanation. */
export function LockStory({ story }: { story: Story }) {
  return (
    <Suspense>
      <Told story={story} />
    </Suspense>
  );
}

/** The same for a flow: a known device hears the story, anything else shows nothing. */
export function StoryOfFlow({ flow }: { flow: string }) {
  return (
    <Suspense>
      <Fetched flow={flow} />
    </Suspense>
  );
}
