// Chinese names in Latin letters: a surname and one or two syllables, in either order.

/** Surnames of about nineteen in twenty people, as they are spelt; one spelling stands for several characters. */
const surnames = new Set(
  `wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
  han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren yao shen zhong cui tan
  fan liao shi jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan lei long tao he gu mao hao gong shao wan qian
  dai mo kong xiang chang ouyang shangguan sima zhuge situ qi kang tu zhan ji nie guan niu lai ge bao pang ning mei xin
  ruan yi lan geng an le ai hua`
    .trim()
    .split(/\s+/),
);

const initials = [
  '',
  'b',
  'p',
  'm',
  'f',
  'd',
  't',
  'n',
  'l',
  'g',
  'k',
  'h',
  'j',
  'q',
  'x',
  'zh',
  'ch',
  'sh',
  'r',
  'z',
];

/** The syllables of Mandarin by their initial, without tones; ü is typed as v or u. */
const finals: Record<string, string> = {
  '': 'a ai an ang ao e ei en er o ou yi ya ye yao you yan yin yang ying yong yu yue yuan yun wu wa wo wai wei wan wen wang weng',
  b: 'a ai an ang ao ei en eng i ian iao ie in ing o u',
  p: 'a ai an ang ao ei en eng i ian iao ie in ing o ou u',
  m: 'a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u',
  f: 'a an ang ei en eng o ou u',
  d: 'a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo',
  t: 'a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo',
  n: 'a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve',
  l: 'a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve',
  g: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  k: 'a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo',
  h: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  j: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  q: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  x: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  zh: 'a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo',
  ch: 'a ai an ang ao e en eng i ong ou u uai uan uang ui un uo',
  sh: 'a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo',
  r: 'an ang ao e en eng i ong ou u uan ui un uo',
  z: 'a ai an ang ao e ei en eng i ong ou u uan ui un uo',
  c: 'a ai an ang ao e en eng i ong ou u uan ui un uo',
  s: 'a ai an ang ao e en eng i ong ou u uan ui un uo',
};

const syllables = new Set(
  [...initials, 'c', 's'].flatMap(initial =>
    (finals[initial] ?? '').split(' ').map(final => initial + final),
  ),
);
const longest = 6;

/** Whether the letters can stand for one part of a name: a surname, or what is given with it. */
export function isPartOfName(letters: string): boolean {
  return surnames.has(letters) || isGiven(letters);
}

/** Syllables that stand in hardly any name, but in many words of other languages. */
const nameless = new Set('a e o ei en eng ou'.split(' '));

function isGiven(letters: string): boolean {
  if (syllables.has(letters)) return !nameless.has(letters);
  for (let at = 2; at <= Math.min(longest, letters.length - 2); at++) {
    const [first, second] = [letters.slice(0, at), letters.slice(at)];
    if (syllables.has(first) && syllables.has(second) && !nameless.has(first) && !nameless.has(second))
      return true;
  }
  return false;
}

/** Whether the letters are a Chinese name: zhangwei, wangxiaoming, ouyangxiu; the long surnames also last: xiaomingwang. */
export function isPinyinName(letters: string): boolean {
  if (letters.length < 4 || letters.length > 20) return false;
  for (let at = 2; at <= Math.min(8, letters.length - 2); at++) {
    if (surnames.has(letters.slice(0, at)) && isGiven(letters.slice(at))) return true;
    if (at >= 4 && surnames.has(letters.slice(-at)) && isGiven(letters.slice(0, -at))) return true;
  }
  return false;
}
