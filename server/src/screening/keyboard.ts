// Runs of neighbouring keys on the US keyboard, which Chinese keyboards share: qwerty, 1qaz2wsx, zxcvbnm.

const rows = ['1234567890-=', 'qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./'];
const shifted: Record<string, string> = Object.fromEntries(
  [...'!@#$%^&*()'].map((symbol, index) => [symbol, '1234567890'[index] ?? '']),
);

const places = new Map<string, readonly [row: number, column: number]>(
  rows.flatMap((row, at) => [...row].map((key, column) => [key, [at, column] as const] as const)),
);

function areNeighbours(one: string, other: string): boolean {
  const a = places.get(one);
  const b = places.get(other);
  if (!a || !b) return false;
  const [rows_, columns] = [b[0] - a[0], b[1] - a[1]];
  // A key touches those beside it, and in the rows above and below the one at the same place and one aslant.
  if (rows_ === 0) return Math.abs(columns) === 1;
  return (
    (rows_ === 1 && (columns === 0 || columns === -1)) || (rows_ === -1 && (columns === 0 || columns === 1))
  );
}

/** How many characters from `start` on are one run of neighbouring keys; 1 is no run. */
function runFrom(text: string, start: number): number {
  let end = start + 1;
  // Going back and forth between two keys is no run: many words do.
  while (
    end < text.length &&
    areNeighbours(text[end - 1] ?? '', text[end] ?? '') &&
    text[end] !== text[end - 2]
  )
    end++;
  return end - start;
}

/** Whether the whole text (lower case) is made of runs of at least three neighbouring keys: 1qaz2wsx3edc. */
export function isKeyboardRun(text: string): boolean {
  const keys = [...text].map(character => shifted[character] ?? character).join('');
  let at = 0;
  while (at < keys.length) {
    const run = runFrom(keys, at);
    if (run < 3) return false;
    at += run;
  }
  return keys.length >= 3;
}

const columns = ['qaz', 'wsx', 'edc', 'rfv', 'tgb', 'yhn', 'ujm'];
const straight = [...rows, ...columns].flatMap(row => [row, [...row].reverse().join('')]);

/** Whether at least three keys lie straight beside or below one another: asdf, qaz, poiu. */
export function isInRow(text: string): boolean {
  return text.length >= 3 && straight.some(row => row.includes(text));
}
