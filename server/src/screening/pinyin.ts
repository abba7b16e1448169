// Chinese names in Latin letters: a surname and one or two syllables, in either order.

/** Surnames of about nineteen in twenty people, as they are spelt; one spelling stands for several characters. */
const surnames = new Set(
  `wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
  han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren yao shen zhong cui tan
  fan liao shi jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan lei long tao he gu mao hao gong shao wan qian
  dai mo kong xiang chang ouyang shangguan sima zhuge situ qi kang tu zhan ji nie guan niu lai ge bao pang ning mei xin
  ruan yi lan geng an le ai`
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

/** In how many ways up to `most` syllables fill the text does not matter: whether any does. */
function isSyllables(text: string, most: number): boolean {
  if (syllables.has(text)) return true;
  if (most === 1) return false;
  for (let at = Math.min(longest, text.length - 1); at >= 1; at--)
    if (syllables.has(text.slice(0, at)) && isSyllables(text.slice(at), most - 1)) return true;
  return false;
}

/** Whether the letters are a Chinese name: zhangwei, wangxiaoming, xiaomingwang, ouyangxiu. */
export function isPinyinName(letters: string): boolean {
  if (letters.length < 4 || letters.length > 20) return false;
  for (let at = 2; at <= Math.min(9, letters.length - 1); at++) {
    if (surnames.has(letters.slice(0, at)) && isSyllables(letters.slice(at), 2)) return true;
    if (surnames.has(letters.slice(-at)) && isSyllables(letters.slice(0, -at), 2)) return true;
  }
  return false;
}
