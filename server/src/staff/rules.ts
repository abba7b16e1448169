// What a sign-in name and a password may be.

/**
 * The one form of a typed name that everything is keyed by: NFKC, lower case, no space or invisible character, so
 * that every spelling of a name lands in one bucket (L9).
 */
export function normalName(typed: string): string {
  // Most names are typed in their one form.
  if (/^[\x21-\x40\x5b-\x7e]{1,320}$/.test(typed)) return typed;
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}]+/gu, '')
    .slice(0, 320);
}

export type PasswordFault =
  | 'too-short'
  | 'too-long'
  | 'too-simple'
  | 'holds-name'
  | 'holds-company'
  | 'too-common'
  | 'lacks-class'
  | 'holds-own-word'
  | 'used-before';

export const characterClasses = ['upper', 'lower', 'digit', 'symbol'] as const;
export type CharacterClass = (typeof characterClasses)[number];

const classPatterns: Record<CharacterClass, RegExp> = {
  upper: /\p{Lu}/u,
  lower: /[\p{Ll}\p{Lo}]/u,
  digit: /\p{Nd}/u,
  symbol: /[^\p{L}\p{N}]/u,
};

/** Whether a kind of character does not occur that has to; Chinese characters count as lower case. */
export function lacksClass(password: string, wanted: readonly CharacterClass[]): boolean {
  const text = password.normalize('NFKC');
  return wanted.some(one => !classPatterns[one].test(text));
}

/** Whether one of the words occurs, however it is cased and whatever stands between its letters. */
export function holdsWord(password: string, words: readonly string[]): boolean {
  const close = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
  const text = close(password);
  return words.some(word => close(word) !== '' && text.includes(close(word)));
}

export const PASSWORD_LENGTH = { least: 12, most: 128 };

/**
 * Why a password will not do, or null. Length first (NIST SP 800-63B-4 3.1.1.2; ASVS 5.0 6.2.1 and 6.2.9): 12 to 128
 * characters; nothing that is one character or a short run repeated, a plain sequence, or holds the person's name.
 */
export function passwordFault(
  password: string,
  names: string[],
  least = PASSWORD_LENGTH.least,
): PasswordFault | null {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < least) return 'too-short';
  if (characters.length > PASSWORD_LENGTH.most) return 'too-long';
  const folded = characters.join('').toLowerCase();
  if (/^(.{1,4})\1+.{0,3}$/su.test(folded) || isSequence(characters)) return 'too-simple';
  const parts = names
    .flatMap(name => name.toLowerCase().split(/[\s@.]+/))
    .filter(part => [...part].length >= 4 || /\p{Script=Han}{2,}/u.test(part));
  if (parts.some(part => folded.includes(part))) return 'holds-name';
  return null;
}

const ordinary = new Set(
  'company corp corporation group holding holdings limited trade trading tech technology international global'.split(
    ' ',
  ),
);
const suffixes = /(?:股份|有限|责任|公司|集团|科技|贸易|商贸|信息|技术|网络)+$/u;

/**
 * Whether a password holds the company's name: all of it, in Chinese also without what companies are called in general,
 * or one of its own words. Words of up to five letters count where they stand alone, as they are part of many others.
 */
export function holdsCompany(password: string, company: string): boolean {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const text = fold(password);
  const close = text.replace(/[^\p{L}\p{N}]+/gu, '');
  const runs = new Set(text.match(/\p{L}+/gu));
  const parts = fold(company).match(/[\p{L}\p{N}]+/gu) ?? [];
  const whole = [parts.join(''), ...parts.map(part => part.replace(suffixes, ''))];
  return (
    whole.some(name => /^\p{Script=Han}{2,}$/u.test(name) && close.includes(name)) ||
    [parts.join(''), ...parts]
      .filter(part => /^[^\p{Script=Han}]{4,}$/u.test(part) && !ordinary.has(part))
      .some(part => (part.length >= 6 ? close.includes(part) : runs.has(part)))
  );
}

function isSequence(characters: string[]): boolean {
  const steps = characters
    .slice(1)
    .map((c, i) => (c.codePointAt(0) ?? 0) - (characters[i]?.codePointAt(0) ?? 0));
  return steps.every(step => step === steps[0] && Math.abs(step) <= 1);
}
