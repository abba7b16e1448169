// A list of reasons as its form holds it, and as it goes to the server. Pure.
import type { Reason } from './use-reasons.ts';

export type Line = { id: number; key?: string; text: string; other: string };

/** A reason as a line; `shipped` has the words of those that come with the product. */
export const lineOf = (one: Reason, id: number, shipped: (key: string) => string): Line => ({
  id,
  key: one.key,
  text: one.label ?? shipped(one.key),
  other: one.labelOther ?? '',
});

/** What is offered, in its order, and after it what is not; words of the product that nobody changed stay its own. */
export function wishesOf(
  lines: Line[],
  gone: Reason[],
  items: Reason[],
  shipped: (key: string) => string,
): (Omit<Reason, 'key'> & { key?: string })[] {
  const wishes = lines.map(({ key, text, other }) => {
    const label = text.trim();
    const isOwn = items.find(item => item.key === key)?.label !== null || label !== shipped(key ?? '');
    return {
      ...(key ? { key } : {}),
      label: isOwn ? label : null,
      labelOther: isOwn ? other.trim() || null : null,
      active: true,
    };
  });
  return [...wishes, ...gone.map(one => ({ ...one, active: false }))];
}
