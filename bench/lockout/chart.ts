// The table as a picture: four small panels of bars, shorter is better, logarithmic.
import { CONTESTANTS } from './contestants.ts';
import { type Column, cell, type Results } from './jobs.ts';
import { perMonths, share } from './numbers.ts';
import type { Figures } from './trial.ts';

interface Panel {
  readonly title: string;
  readonly column: Column;
  readonly read: (figures: Figures) => number;
  readonly show: (value: number) => string;
  readonly from: number;
  readonly to: number;
}

const PANELS: readonly Panel[] = [
  {
    title: 'Owners locked, no attack (per 1,000 person-months)',
    column: 'calm-sea',
    read: figures => figures.locked,
    show: perMonths,
    from: 0.01,
    to: 1_000,
  },
  {
    title: 'Visits refused while somebody tries to lock the owner out',
    column: 'targeted',
    read: figures => figures.refused,
    show: share,
    from: 1e-5,
    to: 1,
  },
  {
    title: 'Targeted attacker in after 180 days',
    column: 'targeted',
    read: figures => figures.success.shipped,
    show: share,
    from: 1e-6,
    to: 1,
  },
  {
    title: 'Spraying botnet in after 180 days',
    column: 'spray',
    read: figures => figures.success.shipped,
    show: share,
    from: 1e-6,
    to: 1,
  },
];

const LABELS = 190;
const BARS = 210;
const WIDTH = 1_000;
const ROW = 22;

/** The chart as SVG text, legible on light and dark pages alike. */
export function chart(results: Results): string {
  const shown = CONTESTANTS.filter(one => one.group !== 'parts' && results.has(cell(one.name, 'calm-sea')));
  const height = 2 * (shown.length * ROW + 60) + 24;
  const panels = PANELS.map((panel, index) => {
    const x = (index % 2) * (WIDTH / 2);
    const y = Math.floor(index / 2) * (shown.length * ROW + 60);
    const bars = shown.map((contestant, row) => {
      const figures = results.get(cell(contestant.name, panel.column));
      return figures
        ? bar(panel, contestant.name, panel.read(figures), row, contestant.group === 'presets')
        : '';
    });
    return `<g transform="translate(${x} ${y})"><text x="12" y="26" class="title">${panel.title}</text>${bars.join('')}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Owners kept out and attackers let in, by policy; logarithmic, shorter is better">
<style>text{font:12px system-ui,sans-serif;fill:#24303c}.title{font-size:13px;font-weight:600}.ours{font-weight:600}.value{fill:#56616d}</style>
<rect width="${WIDTH}" height="${height}" rx="8" fill="#fbfaf7"/>
${panels.join('\n')}
<text x="12" y="${height - 10}" class="value">Bars are logarithmic; shorter is better. Passwords screened against the list that ships.</text>
</svg>
`;
}

function bar(panel: Panel, name: string, value: number, row: number, ours: boolean): string {
  const y = 42 + row * ROW;
  const span = Math.log10(panel.to / panel.from);
  const part = value > panel.from ? Math.log10(value / panel.from) / span : 0;
  const width = Math.max(2, part * BARS);
  const label = `<text x="${LABELS - 8}" y="${y + 13}" text-anchor="end"${ours ? ' class="ours"' : ''}>${name}</text>`;
  const box = `<rect x="${LABELS}" y="${y + 2}" width="${width.toFixed(1)}" height="15" rx="3" fill="${ours ? '#1f7a6d' : '#c3b8a8'}"/>`;
  return `${label}${box}<text x="${(LABELS + width + 6).toFixed(1)}" y="${y + 14}" class="value">${panel.show(value)}</text>`;
}
