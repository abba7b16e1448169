// The forms in which one password hides: wide letters, capitals, signs that stand for letters.

/** NFKC, lower case, without what cannot be seen. */
export function folded(password: string): string {
  return password
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .trim();
}

/** Without the marks that people put between words. */
export function squeezed(text: string): string {
  return text.replace(/[\s\-_.'’·]+/gu, '');
}

const signs: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '(': 'c',
  '3': 'e',
  '€': 'e',
  '6': 'g',
  '9': 'g',
  '1': 'i',
  '!': 'i',
  '|': 'l',
  '0': 'o',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
  '2': 'z',
};
const asL: Record<string, string> = { ...signs, '1': 'l', '!': 'l' };
const sign = '[@48(3€691!|05$7+2]';

const inside = new RegExp(`(?<=[a-z])${sign}{1,3}(?=[a-z])`, 'g');
const first = new RegExp(`^${sign}(?=[a-z])`);
const last = new RegExp(`(?<=[a-z])${sign}(?=\\d{4}|[^a-z\\d]|$)`);

/**
 * The text with signs read as letters: those between letters, with and without the first and the last of a word, where
 * a number may begin instead. A 1 is an i or an l. Empty when no sign stands beside a letter.
 */
export function unleeted(text: string): string[] {
  const found = new Set<string>();
  for (const map of [signs, asL]) {
    const read = (part: string) => [...part].map(character => map[character] ?? character).join('');
    const core = text.replace(inside, read);
    const led = core.replace(first, read);
    for (const form of [core, led, core.replace(last, read), led.replace(last, read)]) found.add(form);
  }
  found.delete(text);
  const letters = text.replace(/[^a-z]/g, '').length;
  // More signs than letters is no word that anybody could read.
  return [...found].filter(form => form.replace(/[^a-z]/g, '').length <= letters * 2);
}
