// How names, phones and the like are folded for order, duplicates and search, and what search keys are made of. Pure.

import { soundKeys, soundWays } from './pinyin.ts';

/** NFKC, lower case, without space. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}

/** A phone number's digits, without what dials out to China; null for none. */
export function phoneDigits(phone: string | null | undefined): string | null {
  const text = (phone ?? '').normalize('NFKC');
  let digits = text.replace(/\D+/g, '').slice(0, 40);
  const international = /^\s*(?:\+|00)\s*86/.test(text);
  if (international) digits = digits.replace(/^(?:00)?86/, '');
  else if (/^86(1[3-9]\d{9})$/.test(digits)) digits = digits.slice(2);
  return digits === '' ? null : digits;
}

let ranks: Map<string, string> | undefined;
const firstHan = 0x4e00;
const lastHan = 0x9fff;

/**
 * A text whose plain byte order is the order people expect: Latin letters first, Chinese by pinyin. Each character
 * stands at its place in the collation of CLDR; computed here because a database's collations differ by platform.
 */
export function sortKey(name: string): string {
  ranks ??= pinyinRanks();
  let key = '';
  for (const character of name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').slice(0, 100))
    key += ranks.get(character) ?? character;
  return key.toWellFormed();
}

function pinyinRanks(): Map<string, string> {
  const characters: string[] = [];
  for (let code = firstHan; code <= lastHan; code++) characters.push(String.fromCharCode(code));
  characters.sort(new Intl.Collator('zh-Hans-CN-u-co-pinyin').compare);
  return new Map(characters.map((character, rank) => [character, String.fromCharCode(firstHan + rank)]));
}

/** What search keys are made of. */
export type Searchable = {
  name: string;
  phone_digits: string | null;
  email: string | null;
};

/** The remainders of CRC-32 (IEEE 802.3) for every byte. */
const remainders = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

const fed = (sum: number, byte: number) => (sum >>> 8) ^ (remainders[(sum ^ byte) & 0xff] ?? 0);

/** A running CRC-32 taken on by a text in UTF-8; an unpaired half of a character counts as one of three bytes. */
function taken(sum: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    if (code < 0x80) sum = fed(sum, code);
    else if (code < 0x800) sum = fed(fed(sum, 0xc0 | (code >> 6)), 0x80 | (code & 0x3f));
    else {
      if (code < 0x10000) sum = fed(sum, 0xe0 | (code >> 12));
      else sum = fed(fed(sum, 0xf0 | (code >> 18)), 0x80 | ((code >> 12) & 0x3f));
      sum = fed(fed(sum, 0x80 | ((code >> 6) & 0x3f)), 0x80 | (code & 0x3f));
      if (code >= 0x10000) i++;
    }
  }
  return sum;
}

/** The number by which a search key is kept: CRC-32 as a signed number of 32 bits, as the database's `hashed` makes it. */
export const keyNumber = (key: string): number => ~taken(-1, key);

/** All runs of `size` characters, each after the prefix; whole characters, also beyond the basic plane. */
function grams(prefix: string, text: string, size: number): string[] {
  const characters = /[\ud800-\udfff]/.test(text) ? [...text] : text;
  const found: string[] = [];
  for (let i = 0; i + size <= characters.length; i++) {
    const run = characters.slice(i, i + size);
    found.push(prefix + (typeof run === 'string' ? run : run.join('')));
  }
  return found;
}

/** The mark that keeps workspaces apart within one index of keys. */
export const markOf = (workspaceId: string) => workspaceId.slice(-4);

/** The keys under which a record is found; `values` are further ones, by their letter. */
export function searchKeys(
  mark: string,
  record: Searchable,
  values: [letter: string, value: string][] = [],
): number[] {
  const keys = new Set<number>();
  const marked = taken(-1, mark);
  const add = (key: string) => keys.add(~taken(marked, key));
  const name = folded(record.name);
  for (const two of grams('n', name, 2)) add(two);
  for (const run of name.match(/[!-~]{3,}/g) ?? []) for (const three of grams('n', run, 3)) add(three);
  for (const four of grams('d', record.phone_digits ?? '', 4)) add(four);
  if (record.phone_digits) add(`p${record.phone_digits}`);
  for (const part of emailParts(record.email)) add(`e${part}`);
  for (const sound of soundKeys(name)) add(sound);
  for (const [letter, value] of values) add(letter + value);
  return [...keys];
}

function emailParts(email: string | null): string[] {
  if (!email) return [];
  const [name = '', domain = ''] = email.split('@');
  // The last word is a country or "com" and tells nobody apart.
  const words = email.split(/[^\p{L}\p{N}]+/u).slice(0, -1);
  return [email, name, domain, ...words].filter(part => part.length >= 2);
}

/** The keys of a record that is found by its title; `values` are further ones, by their letter. */
export const titleKeys = (
  mark: string,
  title: string,
  values: [letter: string, value: string][] = [],
): number[] => searchKeys(mark, { name: title, phone_digits: null, email: null }, values);

/** What a search text asks of records that are found by their titles; nothing where there is none. */
export function askedTitle(mark: string, q: string | undefined) {
  const wanted = wantedIn(q, ['phone', 'email']);
  const isShort = [...(wanted?.name ?? '')].length < 2;
  return {
    name: wanted?.name ?? null,
    namePrefix: null,
    digits: null,
    emailPart: null,
    sounds: wanted && !isShort ? soundKeysIn(mark, wanted) : [],
    ways: wanted && !isShort ? wantedKeys(mark, wanted) : [],
  };
}

/** How much of a note is found by any of its words. */
const noted = 2_000;

/** A note as its words are looked for in it: NFKC, lower case. */
export const notedText = (text: string) => text.slice(0, noted).normalize('NFKC').toLowerCase();

/**
 * Numbers that stand for the runs of a note: two characters, three where all are ASCII, none with a space. A note that
 * holds a text has all numbers of that text; the mark goes into them.
 */
export function noteKeys(mark: string, text: string): number[] {
  const keys = new Set<number>();
  const words = notedText(text);
  for (let i = 0; i + 1 < words.length; i++) {
    const [a, b, c] = [words.charCodeAt(i), words.charCodeAt(i + 1), words.charCodeAt(i + 2)];
    const size = a > 0x7f || b > 0x7f ? 2 : c <= 0x7f ? 3 : 0;
    const run = words.slice(i, i + size);
    if (size > 0 && !/\s/.test(run)) keys.add(hashOf(mark + run));
  }
  return [...keys];
}

/** FNV-1a over UTF-16 units, as a signed number of 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** What somebody typed into a search box, as sets of keys: a record is found that has all keys of any set. */
export type Wanted = {
  /** Folded text to be found within the name; null when it can be no name. */
  name: string | null;
  /** Digits to be found within the phone number. */
  digits: string | null;
  /** Part of an e-mail address. */
  email: string | null;
  /** Keys of names that sound so, by each way of reading it. */
  sounds: string[][];
};

/** Reads a search text; null when nothing is asked. It is never found in fields that are hidden from whoever asks (L43). */
export function wantedIn(q: string | undefined, hidden: readonly string[] = []): Wanted | null {
  const text = folded(q ?? '');
  if (text === '') return null;
  const seesEmail = !hidden.includes('email');
  const digits = !hidden.includes('phone') && /^[\d+()\-./]+$/.test(text) ? (phoneDigits(text) ?? '') : '';
  return {
    name: text.includes('@') && seesEmail ? null : text,
    digits: digits.length >= 4 ? digits : null,
    email:
      seesEmail && /^[^\s@]*@?[^\s@]*$/.test(text) && /[a-z\d]/.test(text)
        ? text.replace(/^@|@$/g, '')
        : null,
    sounds: soundWays(text),
  };
}

/** The keys of each way in which `wanted` may be met. */
export function wantedKeys(mark: string, wanted: Wanted): string[][] {
  const ways: string[][] = [];
  if (wanted.name && [...wanted.name].length >= 2)
    ways.push([...new Set(grams(`${mark}n`, wanted.name, /^[!-~]{3,}$/.test(wanted.name) ? 3 : 2))]);
  if (wanted.digits) ways.push(grams(`${mark}d`, wanted.digits, 4));
  if (wanted.email && wanted.email.length >= 2) ways.push([`${mark}e${wanted.email}`]);
  return [...ways, ...soundKeysIn(mark, wanted)];
}

/** The same of names that sound so, alone. */
export function soundKeysIn(mark: string, wanted: Wanted): string[][] {
  return wanted.sounds.map(way => way.map(key => mark + key));
}
