// What a process remembers of funnels: adding up the moves of a quarter takes long, seeing that nothing changed does not.

type Kept = { stamp: string; value: Promise<unknown> };

const kept = new Map<string, Kept>();
const most = 300;

/**
 * What `read` gave last for this key, as long as the stamp is the same; many who ask at once wait for one reading. The
 * stamp must have been taken before: then what is kept is never older than it says.
 */
export function whileUnchanged<T>(key: string, stamp: string, read: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known?.stamp === stamp) return known.value as Promise<T>;
  const value = read();
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
  const mine = { stamp, value };
  kept.set(key, mine);
  value.catch(() => {
    if (kept.get(key) === mine) kept.delete(key);
  });
  return value;
}
