// Parts of pages that are loaded once somebody reaches for them, or when the page rests, so that the first look is quick.
import type { ComponentType } from 'react';
import { fetched } from './fetched.tsx';

export type Later<P extends object> = {
  Part: ComponentType<P>;
  /** For the moment somebody is about to need the part; true once it is there. */
  warm: () => Promise<boolean>;
};

const waiting = new Set<() => Promise<boolean>>();
let resting = false;

/** A part as `fetched` makes it, that is taken along when the page rests. */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Later<P> {
  const Part = fetched(load);
  const warm = () => Part.preload().then(Part.isThere);
  if (resting) void warm();
  else waiting.add(warm);
  return { Part, warm };
}

/** Loads everything that was put off; pages opened afterwards take theirs along at once. */
export function takeAlong(): void {
  resting = true;
  for (const warm of waiting) void warm();
  waiting.clear();
}
