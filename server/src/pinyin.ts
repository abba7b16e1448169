// How Chinese names sound: the keys under which they are found by pinyin, and what somebody means who types it. Pure.
// Readings come from the library pinyin-pro; of a character with several, up to three count.
import { polyphonic } from 'pinyin-pro';

type Readings = { of: Map<string, string[]>; syllables: Set<string> };

const firstHan = 0x4e00;
const lastHan = 0x9fff;
let known: Readings | undefined;

function readings(): Readings {
  if (known) return known;
  let all = '';
  for (let code = firstHan; code <= lastHan; code++) all += String.fromCharCode(code);
  const of = new Map<string, string[]>();
  const syllables = new Set<string>();
  const found = polyphonic(all, { toneType: 'none', type: 'array' });
  for (const [index, ways] of found.entries()) {
    const plain = [...new Set(ways.map(way => way.replaceAll('ü', 'v')))].filter(way =>
      /^[a-z]*[aeiouv][a-z]*$/.test(way),
    );
    of.set(String.fromCharCode(firstHan + index), plain.slice(0, 3));
    for (const way of plain) syllables.add(way);
  }
  known = { of, syllables };
  return known;
}

/** What nobody types to find a company. */
const legalForm = /(?:有限|责任|股份|集团|控股|总|分)*公司$/u;
const most = 4;
const run = 3;

/** All ways to put one of each together, at most four. */
function combined(parts: readonly (readonly string[])[]): string[] {
  let ways = [''];
  for (const part of parts) ways = ways.flatMap(way => part.map(one => way + one)).slice(0, most);
  return ways;
}

/**
 * Keys of the Chinese in a folded name: `z` syllables, two in a row, and the first; `y` initials, three in a row, and the
 * first two.
 */
export function soundKeys(name: string): string[] {
  if (!/[\u4e00-\u9fff]/.test(name)) return [];
  const { of } = readings();
  const keys = new Set<string>();
  for (const chinese of name.replace(legalForm, '').match(/[\u4e00-\u9fff]+/g) ?? []) {
    const sounds = [...chinese].slice(0, 40).map(character => of.get(character) ?? []);
    const initials = sounds.map(ways => [...new Set(ways.map(way => way.slice(0, 1)))]);
    const add = (prefix: string, parts: readonly (readonly string[])[]) => {
      for (const way of combined(parts)) keys.add(prefix + way);
    };
    add('z^', sounds.slice(0, 1));
    if (sounds.length > 1) add('y^', initials.slice(0, 2));
    for (let i = 0; i + 1 < sounds.length; i++) add('z', sounds.slice(i, i + 2));
    for (let i = 0; i + run <= sounds.length; i++) add('y', initials.slice(i, i + run));
  }
  return [...keys];
}

/** The text cut into syllables, at most two ways, those of fewer syllables first; what is left over begins another. */
function cut(text: string): string[][] {
  const { syllables } = readings();
  const found: string[][] = [];
  const walk = (rest: string, before: string[]): void => {
    if (found.length >= 40 || before.length > 12) return;
    const starts = lengths(rest);
    if (starts.length === 0) {
      if (before.length > 0 && (rest === '' || beginsSyllable(rest))) found.push(before);
      return;
    }
    for (const length of starts) walk(rest.slice(length), [...before, rest.slice(0, length)]);
  };
  const lengths = (rest: string) =>
    [6, 5, 4, 3, 2, 1].filter(length => length <= rest.length && syllables.has(rest.slice(0, length)));
  const beginsSyllable = (rest: string) => [...syllables].some(one => one.startsWith(rest));
  walk(text, []);
  return found.sort((a, b) => a.length - b.length).slice(0, 2);
}

/** The sets of keys under which names are found that sound as somebody typed; none for what is no pinyin. */
export function soundWays(typed: string): string[][] {
  const text = typed.replaceAll('ü', 'v').replace(/['’\s]/g, '');
  if (!/^[a-z]{2,40}$/.test(text)) return [];
  const ways: string[][] = [];
  const initials = text.length === 2 ? [`y^${text}`] : runsOf(text, run).map(one => `y${one}`);
  if (text.length <= 10) ways.push(initials);
  for (const syllables of cut(text)) {
    const pairs = syllables.slice(1).map((one, i) => `z${syllables[i]}${one}`);
    ways.push(pairs.length > 0 ? pairs : [`z^${syllables[0]}`]);
  }
  return ways;
}

function runsOf(text: string, size: number): string[] {
  return Array.from({ length: Math.max(0, text.length - size + 1) }, (_, i) => text.slice(i, i + size));
}
