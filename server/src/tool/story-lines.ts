// A lock's story as lines for a terminal.
import type { Story } from '../stories/stories.ts';

const verdicts = { true: 'normal', false: 'abnormal', null: 'no verdict' };

/** Whose lock, why, what happened, the verdict with its signals, stale clients. */
export function storyLines(told: Story & { person: string | null }): string[] {
  const { tries, refused } = told;
  return [
    `${told.id} ${told.cause.padEnd(16)} ${told.since} – ${told.until ?? '…'} ${told.person ?? ''}`,
    `  ${told.why}`,
    `  failed tries ${tries.count}, sources ${tries.sources}, turned away ${refused.count}` +
      (tries.first ? `, ${tries.first} – ${tries.last}` : ''),
    `  ${verdicts[`${told.normal}`]}`,
    ...told.signals.map(signal => `    ${(signal.speaks ?? '–').padEnd(9)} ${signal.note}`),
    ...told.staleClients.map(
      one => `  ${one.device ?? '?'} ${one.origin} ${one.times}×, last ${one.last}: ${one.note}`,
    ),
  ];
}
