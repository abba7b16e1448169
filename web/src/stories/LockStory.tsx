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

type Parts = {
  /** The level of the parts' headings, by what stands above them. */
  heading?: 'h2' | 'h3';
};

/** What happened and what speaks for what; as parts of a lock's explanation. */
export function LockStory({ story, heading = 'h3' }: { story: Story } & Parts) {
  return (
    <Suspense>
      <Told story={story} heading={heading} />
    </Suspense>
  );
}

/** The same for a flow: a known device hears the story, anything else shows nothing. */
export function StoryOfFlow({ flow, heading = 'h3' }: { flow: string } & Parts) {
  return (
    <Suspense>
      <Fetched flow={flow} heading={heading} />
    </Suspense>
  );
}
