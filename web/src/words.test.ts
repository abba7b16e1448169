// Both languages are complete: same keys, no blanks, every key used in the source stands in the files.
import { describe, expect, it } from 'vitest';

type Tree = { [key: string]: string | Tree };
const plural = /_(zero|one|two|few|many|other)$/;
const wordFiles = import.meta.glob<Tree>('./*/words.*.json', { eager: true, import: 'default' });
const sourceFiles = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.*'], {
  eager: true,
  import: 'default',
  query: '?raw',
});
const rooms = [...new Set(Object.keys(wordFiles).map(path => path.split('/')[1] ?? ''))];

function wordsOf(room: string, language: string): Map<string, string> {
  return new Map(flatten(wordFiles[`./${room}/words.${language}.json`] ?? {}, ''));
}

function flatten(tree: Tree, path: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
}

/** Keys without their plural endings, which differ by language. */
function roots(words: Map<string, string>): string[] {
  return [...new Set([...words.keys()].map(key => key.replace(plural, '')))].sort();
}

function holes(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1] ?? '').sort();
}

type Use = { file: string; room: string; key: string; open: boolean };

/** Every `t('…')` and `` t(`…${`` of a file, with the room its words come from. */
function usesIn(file: string, whole: string): Use[] {
  const source = whole.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const uses: Use[] = [];
  const rooms = new Map<string, string>();
  const pattern =
    /const (?:\{([^}]*)\}|(\w+)) = useWords\('([\w-]+)'\)|(?<![\w$])(?:(\w+)\.)?t\(\s*(['`])([^'`]+)\5|\bsay\(\s*'([\w-]+)',\s*(['`])([^'`]+)\8/g;
  for (const match of source.matchAll(pattern)) {
    const [, parts, name, declared, holder = '', mark, text, said, saidMark, saidText] = match;
    if (declared) rooms.set(parts === undefined ? (name ?? '') : '', declared);
    const key = text ?? saidText;
    const room = said ?? rooms.get(holder);
    if (key === undefined || room === undefined) continue;
    const open = (mark ?? saidMark) === '`' && key.includes('${');
    uses.push({ file, room, key: open ? (key.split('${')[0] ?? '') : key, open });
  }
  return uses;
}

describe.each(rooms)('words of %s', room => {
  const en = wordsOf(room, 'en');
  const zh = wordsOf(room, 'zh-CN');

  it('have the same keys in both languages', () => {
    expect(roots(zh)).toEqual(roots(en));
  });

  it('have no blanks and no stray Chinese in the English', () => {
    for (const words of [en, zh]) expect([...words].filter(([, text]) => !text.trim())).toEqual([]);
    const named = new Set(['palette.language']);
    expect([...en].filter(([key, text]) => /\p{Script=Han}/u.test(text) && !named.has(key))).toEqual([]);
  });

  it('fill the same holes in both languages', () => {
    const different = [...en].filter(([key, text]) => {
      const other = zh.get(key) ?? zh.get(key.replace(plural, '_other'));
      return other !== undefined && holes(text).join() !== holes(other).join();
    });
    expect(different).toEqual([]);
  });
});

describe('words in the source', () => {
  const uses = Object.entries(sourceFiles).flatMap(([path, source]) => usesIn(path, source));

  it('finds uses at all, also through a named room and a template', () => {
    const source = `const { t } = useWords('a'); const b = useWords('bb'); t('one'); b.t(\`two.\${x}\`)
      const { t } = useWords('c'); t('three')`;
    const found = usesIn('x', source).map(use => `${use.room} ${use.key} ${use.open}`);
    expect(found).toEqual(['a one false', 'bb two. true', 'c three false']);
    expect(uses.length).toBeGreaterThan(100);
  });

  it('uses no key that is missing', () => {
    const missing = uses.filter(({ room, key, open }) => {
      if (!rooms.includes(room)) return true;
      const keys = roots(wordsOf(room, 'en'));
      return open ? !keys.some(known => known.startsWith(key)) : !keys.includes(key);
    });
    expect(missing.map(use => `${use.file}: ${use.room} ${use.key}`)).toEqual([]);
  });
});
