// Prints results as a table for people.
import type { Result } from './measure.ts';

const number = (value: number | null) => (value === null ? '—' : value.toLocaleString('en'));

/** One line per result, the notes below. */
export function table(results: Result[]): string {
  const head = ['benchmark', 'ours', 'reference', 'unit', 'ratio', 'goal', ''];
  const rows = results.map(r => [
    r.name,
    number(r.ours),
    number(r.reference),
    r.unit,
    r.ratio === null ? '—' : r.ratio.toFixed(3),
    r.goal,
    r.met ? 'met' : 'MISSED',
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(row => (row[i] ?? '').length)));
  const line = (row: string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const notes = results.flatMap(r => r.notes.map(note => `  ${r.name}: ${note}`));
  return ['', line(head), line(widths.map(width => '─'.repeat(width))), ...rows.map(line), ...notes, ''].join(
    '\n',
  );
}
