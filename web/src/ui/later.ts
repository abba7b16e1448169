// Parts of pages that are loaded once somebody reaches for them, or when the page rests, so that the first look is quick.
import { type ComponentType, lazy } from 'react';

export type Later<P extends object> = { Part: ComponentType<P>; warm: () => void };

const waiting = new Set<() => void>();
let resting = false;

/** As React's `lazy`; with `warm()` for the moment somebody is about to need the part. */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Later<P> {
  const Part: ComponentType<P> = lazy(load);
  // Who cannot have it now is told when it is wanted.
  const warm = () => void load().catch(() => undefined);
  if (resting) warm();
  else waiting.add(warm);
  return { Part, warm };
}

/** Loads everything that was put off; pages opened afterwards take theirs along at once. */
export function takeAlong(): void {
  resting = true;
  for (const warm of waiting) warm();
  waiting.clear();
}
