// Security questions as the pages name them.
import type { Calls } from '../calls.ts';
import type { Translate } from '../words.ts';

type Item = NonNullable<Calls['PUT /security-questions']['body']>['items'][number];
export type Question = Item['question'];

export const presets = ['street', 'teacher', 'first-pay', 'dish', 'song', 'journey', 'book'] as const;
export type Preset = (typeof presets)[number];

/** A question in the reader's words, or in its owner's. */
export function questionWords(question: Question, t: Translate): string {
  return 'own' in question ? question.own : t(`preset.${question.preset}`);
}
