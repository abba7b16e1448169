// How people build passwords, in China and elsewhere: a word, a name or keys in a row, and a number that means something.
import { isInRow, isKeyboardRun } from './keyboard.ts';
import { isSequence, isTelling } from './numbers.ts';
import { isPartOfName, isPinyinName } from './pinyin.ts';
import { weakWords } from './weak-words.ts';

/** The place of a word in the list of common ones; null when it does not stand there. */
export type Rank = (text: string) => number | null;

/** A password is a habit; `rank` is that of the common word it is built on, null where a rule alone caught it. */
export type Habit = { rank: number | null };

type Part =
  | { kind: 'weak' | 'short' | 'telling' | 'few' | 'mark' | 'other'; text: string }
  | { kind: 'word'; text: string; rank: number };

const pieces = /[a-z]+|\p{Script=Han}+|\d+|[^a-z\d\p{Script=Han}]+/gu;

/**
 * Why the text, folded to lower case, is a habit, or null. `compose` allows for two words in one run of letters, and for
 * one run again and again; a text that had marks between its words is judged without.
 */
export function habitIn(text: string, rank: Rank, compose = true): Habit | null {
  if (text.length < 4) return null;
  return (
    (compose ? repetition(text, rank) : null) ??
    keysWithTail(text, rank) ??
    interleaved(text) ??
    sentence(text, rank, compose)
  );
}

/** abc123abc123, and a common password twice; a run that is broken by spaces or hyphens may be a phrase. */
function repetition(text: string, rank: Rank): Habit | null {
  const block = /^([^\s-]+?)\1+/.exec(text);
  if (!block || block[0].length < 6) return null;
  const unit = block[1] ?? '';
  const tail = text.slice(block[0].length);
  if (unit.length > 6 && habitIn(unit, rank) === null && rank(unit) === null) return null;
  return tail === '' || isTail(tail) ? { rank: rank(unit) } : null;
}

/** Neighbouring keys or a common password of letters and digits, with or without a number or marks behind. */
function keysWithTail(text: string, rank: Rank): Habit | null {
  const tail = /[^a-z]*$/.exec(text)?.[0] ?? '';
  const from = Math.max(5, text.length - tail.length, text.length - 14);
  let habit = null as Habit | null;
  for (let cut = text.length; cut >= from; cut--) {
    const [core, rest] = [text.slice(0, cut), text.slice(cut)];
    if (rest !== '' && !isTail(rest)) continue;
    const place = rank(core);
    if (place !== null) habit = { rank: Math.min(place, habit?.rank ?? place) };
    else if (isKeyboardRun(core)) habit ??= { rank: null };
  }
  return habit;
}

/** a1b2c3d4, 1a2b3c4d. */
function interleaved(text: string): Habit | null {
  if (!/^(?:(?:[a-z]\d){3,}[a-z]?|(?:\d[a-z]){3,}\d?)$/.test(text)) return null;
  const [letters, digits] = [text.replace(/\d/g, ''), text.replace(/[a-z]/g, '')];
  return (isSequence(letters) || isKeyboardRun(letters)) && isTelling(digits) ? { rank: null } : null;
}

/** Up to four digits or a telling number, with or without marks. */
function isTail(text: string): boolean {
  const digits = text.match(/\d+/g) ?? [];
  if (!text.split(/\d+/).every(marks => isMark(marks))) return false;
  return digits.length === 0 || (digits.length === 1 && isPlain(digits[0] ?? ''));
}

const isPlain = (digits: string) => digits.length <= 4 || isTelling(digits);

function isMark(text: string): boolean {
  if (!/^[\p{P}\p{S}\s]*$/u.test(text)) return false;
  return text.length <= 4 || /^(.)\1*$/su.test(text) || isKeyboardRun(text);
}

/** Words and numbers side by side. */
function sentence(text: string, rank: Rank, compose: boolean): Habit | null {
  const runs = text.match(pieces) ?? [];
  if (runs.length > 8) return null;
  const parts = whole(runs.map(run => partOf(run, rank, compose)));
  const words = parts.filter(part => part.kind === 'weak' || part.kind === 'word' || part.kind === 'short');
  const few = parts.filter(part => part.kind === 'few').length;
  if (words.length > 2 || few > 1 || parts.some(part => part.kind === 'other')) return null;
  // Where marks outweigh words and numbers nobody began with a word.
  const marks = parts.reduce((sum, part) => sum + (part.kind === 'mark' ? part.text.length : 0), 0);
  if (marks > 4 && marks * 3 > text.length) return null;
  const telling = parts.filter(part => part.kind === 'telling');
  const place = Math.min(...words.map(part => (part.kind === 'word' ? part.rank : Number.POSITIVE_INFINITY)));
  const habit = { rank: Number.isFinite(place) ? place : null };
  if (words.every(part => part.kind === 'short')) {
    const digits = telling.reduce((sum, part) => sum + part.text.length, 0);
    return digits >= (words.length === 0 ? 4 : 5) && few === 0 ? habit : null;
  }
  if (!compose) return words.length === 1 && habit.rank !== null ? habit : null;
  if (words.length === 1) return habit;
  const leaning = words.some(part => part.kind === 'short') && telling.length === 0;
  return !leaning && goTogether(words, isBroken(parts)) ? habit : null;
}

/** A name that is written with a mark between its parts is one word: zhang.wei, wang xiao ming. */
function whole(parts: Part[]): Part[] {
  const letters = parts.filter(part => /^[a-z]+$/.test(part.text));
  if (letters.length < 2 || letters.length > 3) return parts;
  const name = letters.map(part => part.text).join('');
  if (!letters.every(part => isPartOfName(part.text)) || !isPinyinName(name)) return parts;
  return [{ kind: 'weak', text: name }, ...parts.filter(part => !letters.includes(part))];
}

/** Two words with a mark between them may be a phrase: then neither may be more than a habit. */
function goTogether(words: Part[], broken: boolean): boolean {
  const [one, other] = words;
  if (!one || !other) return false;
  if (one.text === other.text) return true;
  const common = words.filter(part => part.kind === 'word').length;
  return common === 0 || (common === 1 && !broken);
}

function isBroken(parts: Part[]): boolean {
  const places = parts.flatMap((part, at) => (/^(weak|word|short)$/.test(part.kind) ? [at] : []));
  return parts.slice(places[0], places.at(-1)).some(part => part.kind === 'mark');
}

function partOf(run: string, rank: Rank, compose: boolean): Part {
  if (/^\d/.test(run)) {
    if (isTelling(run)) return { kind: 'telling', text: run };
    return { kind: run.length <= 4 ? 'few' : 'other', text: run };
  }
  if (!/^[a-z\p{Script=Han}]/u.test(run)) return { kind: isMark(run) ? 'mark' : 'other', text: run };
  const place = run.length >= 4 ? rank(run) : null;
  if (place !== null) return { kind: 'word', text: run, rank: place };
  if (isWeak(run)) return { kind: 'weak', text: run };
  if ([...run].length <= 3) return { kind: 'short', text: run };
  return (compose && composed(run, rank)) || { kind: 'other', text: run };
}

const isWeak = (run: string) => isWeakWord(run) || isPinyinName(run);

function isWeakWord(run: string): boolean {
  return weakWords.has(run) || isSequence(run) || isInRow(run) || (run.length >= 6 && isKeyboardRun(run));
}

/** Two weak words, or one beside a common word or a name, in one run of letters: admincrm, welcomedragon, woaizhangwei. */
function composed(run: string, rank: Rank): Part | null {
  for (let at = 2; at <= Math.min(run.length - 2, 24); at++) {
    const [head, tail] = [run.slice(0, at), run.slice(at)];
    const rest = isWeakWord(head) ? tail : isWeakWord(tail) ? head : null;
    if (rest === null) continue;
    if (isWeak(rest)) return { kind: 'weak', text: run };
    const place = rest.length >= 4 ? rank(rest) : null;
    if (place !== null) return { kind: 'word', text: run, rank: place };
  }
  return null;
}
