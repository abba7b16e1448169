// Whose figures and which time, as they stand in the address; and the links from figures to their deals. Pure.
import type { Calls } from '../calls.ts';
import type { Search as DealSearch } from '../deals/search.ts';

export const searchKeys = ['view', 'who', 'pipeline', 'span', 'period', 'kind', 'day', 'sheet'] as const;
export type Search = { [K in (typeof searchKeys)[number]]?: string };

export const views = ['monday', 'forecast', 'movement', 'outcomes', 'activity'] as const;
export type View = (typeof views)[number];
export const spans = ['7', '14', '30', '90'] as const;
export type Span = (typeof spans)[number];

export type Forecast = Calls['GET /analysis/forecast']['reply'];
export type Outlook = Forecast['total'][number];
export type Movement = Calls['GET /analysis/movement']['reply'];
export type Outcomes = Calls['GET /analysis/outcomes']['reply'];
export type Activity = Calls['GET /analysis/activity']['reply'];
export type Kind = Movement['kinds'][number]['kind'];

/** Whose deals: `who` is an owner, `me`, or `team:` and a team. */
export type Narrow = { owner?: string; team?: string; pipeline?: string };

export function narrowOf({ who, pipeline }: Search): Narrow {
  return {
    ...(who?.startsWith('team:') ? { team: who.slice(5) } : who ? { owner: who } : {}),
    ...(pipeline ? { pipeline } : {}),
  };
}

export const viewOf = ({ view }: Search): View => views.find(one => one === view) ?? 'monday';
export const spanOf = ({ span }: Search): Span => spans.find(one => one === span) ?? '7';

/** Midnight, so many days before. */
export function daysBack(now: number, days: number): Date {
  const at = new Date(now);
  at.setHours(0, 0, 0, 0);
  at.setDate(at.getDate() - days);
  return at;
}

/** The bounds of the days of a span, or of its weeks where there are too many days to look at. */
export function edgesOf(now: number, span: Span): Date[] {
  const days = Number(span);
  const step = days <= 14 ? 1 : 7;
  const edges: Date[] = [];
  for (let back = days; back > -1; back -= step) edges.push(daysBack(now, back));
  return [...edges, daysBack(now, -1)];
}

/** This month and quarter, those before and the ones after: what one may forecast for. */
export function periodsAt(now: number): string[] {
  const at = new Date(now);
  const month = (ahead: number) => {
    const day = new Date(at.getFullYear(), at.getMonth() + ahead, 1);
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`;
  };
  const quarter = (ahead: number) => {
    const day = new Date(at.getFullYear(), at.getMonth() + 3 * ahead, 1);
    return `${day.getFullYear()}-Q${Math.floor(day.getMonth() / 3) + 1}`;
  };
  return [month(0), quarter(0), month(1), month(2), quarter(1), month(-1), quarter(-1)];
}

const list = (narrow: Narrow, more: DealSearch): DealSearch => ({ view: 'list', ...narrow, ...more });

export type Part = 'won' | 'sure' | 'likely' | 'open';

/** The deals behind one part of a forecast: one’s own or the team’s, without what is shared, which counts elsewhere. */
export function partDeals(asked: Narrow, forecast: Forecast, part: Part, currency: string): DealSearch {
  const { from, to, wonFrom, wonTo, levels, whose } = forecast;
  const { owner = whose.owner, team = whose.team, ...rest } = asked;
  const narrow = { ...rest, ...(owner ? { owner } : {}), ...(team ? { team } : {}) };
  if (part === 'won') return list(narrow, { state: 'won', currency, closedFrom: wonFrom, closedTo: wonTo });
  const expected = { state: 'open', currency, expectedFrom: from, expectedTo: to };
  if (part === 'sure') return list(narrow, { ...expected, chanceFrom: String(levels.sure) });
  if (part === 'open') return list(narrow, { ...expected, chanceTo: String(levels.likely) });
  const between = { chanceFrom: String(levels.likely), chanceTo: String(levels.sure) };
  return list(narrow, { ...expected, ...between });
}

export const deeds = ['call', 'visit', 'meeting', 'email', 'message', 'note'] as const;
type Deed = (typeof deeds)[number];

/** The filters of the follow-ups behind a number of one person; null where nobody is chosen. */
export function deedsOf(
  { who, kind, day }: Search,
  edges: string[],
): { author: string; from: string; to: string; kind?: Deed } | null {
  const place = day ? edges.indexOf(day) : -1;
  const [from, to] = place < 0 ? [edges[0], edges.at(-1)] : [edges[place], edges[place + 1]];
  const chosen = deeds.find(one => one === kind);
  if (!who || who === 'none' || who.startsWith('team:') || !from || !to) return null;
  return { author: who, from, to, ...(chosen ? { kind: chosen } : {}) };
}

/** Deals closed or added within a time. */
export function closedDeals(narrow: Narrow, { from, to }: Outcomes, more: DealSearch): DealSearch {
  return list(narrow, { closedFrom: from, closedTo: to, ...more });
}

export function addedDeals(narrow: Narrow, { from, to }: Outcomes, more: DealSearch): DealSearch {
  return list(narrow, { createdFrom: from, createdTo: to, ...more });
}
