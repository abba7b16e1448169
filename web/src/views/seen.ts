// Free words that records carry (source, city, tags …), gathered from what was read, to be offered again.

const most = 60;

/** `const gather = seenIn(['source', 'tags'])`: takes note of records just read, and tells all words since the page was loaded, the frequent ones of each reading first. */
export function seenIn<const F extends string>(fields: readonly F[]) {
  let seen = Object.fromEntries(fields.map(field => [field, []])) as unknown as Record<F, string[]>;
  return (records: { [P in F]: string | readonly string[] | null }[]): Record<F, string[]> => {
    const next = { ...seen };
    for (const field of fields) {
      const counts = new Map<string, number>();
      for (const word of records.flatMap(record => record[field] ?? []))
        if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
      const fresh = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
      next[field] = [...new Set([...seen[field], ...fresh])].slice(0, most);
    }
    if (JSON.stringify(next) !== JSON.stringify(seen)) seen = next;
    return seen;
  };
}
