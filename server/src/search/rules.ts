// Whether two words differ by no more than a slip of the finger. Pure.

/** Whether one edit at most (a letter more, less, another, or two swapped) leads from one to the other. */
export function isNear(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  const swapped = short[i] === long[i + 1] && short[i + 1] === long[i];
  return short.slice(i + 1) === long.slice(i + 1) || (swapped && short.slice(i + 2) === long.slice(i + 2));
}

/** The words of five Latin letters or more in a search text: those that may be mistyped. */
export function slippery(q: string): string[] {
  const words = q
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.filter(word => word.length >= 5).slice(0, 3);
}

/** Whether every one of the words is nearly a word of the name, or how one begins. */
export function isNearly(words: readonly string[], name: string): boolean {
  const there = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  return words.every(word =>
    there.some(
      one => isNear(word, one) || (one.length > word.length && isNear(word, one.slice(0, word.length))),
    ),
  );
}

/** The halves of a word; one slip leaves one of them as it was. */
export function halves(word: string): [string, string] {
  const middle = Math.floor(word.length / 2);
  return [word.slice(0, middle), word.slice(middle)];
}
