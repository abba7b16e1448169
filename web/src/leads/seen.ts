// Free words that leads carry (source, city, tags), gathered from what was read, to be offered again.
import type { Lead } from './form.ts';

type Seen = { source: string[]; city: string[]; tags: string[] };
const most = 60;

let seen: Seen = { source: [], city: [], tags: [] };

/** Takes note of the leads just read, and tells all words seen since the page was loaded. */
export function gather(leads: Lead[]): Seen {
  const add = (before: string[], words: (string | null)[]) =>
    [...new Set([...before, ...words.filter((word): word is string => Boolean(word))])].slice(0, most);
  const next = {
    source: add(
      seen.source,
      leads.map(lead => lead.source),
    ),
    city: add(
      seen.city,
      leads.map(lead => lead.city),
    ),
    tags: add(
      seen.tags,
      leads.flatMap(lead => lead.tags),
    ),
  };
  if (JSON.stringify(next) !== JSON.stringify(seen)) seen = next;
  return seen;
}
