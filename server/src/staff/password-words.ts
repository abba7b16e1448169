// Why a password will not do, in words; and what is asked of one here.
import { refuse, type Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import { type PasswordPolicy, passwordPolicy } from './password-policy.ts';
import { type CharacterClass, PASSWORD_LENGTH, type PasswordFault } from './rules.ts';

type Words = Record<Language, string>;

const classes: Record<CharacterClass, Words> = {
  upper: { en: 'an upper-case letter', 'zh-CN': '大写字母' },
  lower: { en: 'a lower-case letter', 'zh-CN': '小写字母或汉字' },
  digit: { en: 'a digit', 'zh-CN': '数字' },
  symbol: { en: 'a symbol', 'zh-CN': '符号' },
};

const list = (all: readonly CharacterClass[], language: Language) =>
  all.map(one => classes[one][language]).join(language === 'zh-CN' ? '、' : ', ');

const weak: Record<PasswordFault, (policy: PasswordPolicy) => Words> = {
  'too-short': ({ least }) => ({
    en: `Use at least ${least} characters; several words in a row are easy to remember.`,
    'zh-CN': `密码至少需要 ${least} 个字符，用几个词连成一句会更好记。`,
  }),
  'too-long': () => ({
    en: `Use at most ${PASSWORD_LENGTH.most} characters.`,
    'zh-CN': `密码最多 ${PASSWORD_LENGTH.most} 个字符。`,
  }),
  'too-simple': () => ({
    en: 'This is a repetition or a plain sequence and would be guessed at once.',
    'zh-CN': '该密码是重复或连续的字符，很容易被猜中。',
  }),
  'holds-name': () => ({
    en: 'The password must not hold your name or e-mail address.',
    'zh-CN': '密码中不能包含您的姓名或邮箱名。',
  }),
  'holds-company': () => ({
    en: 'The password must not hold the company’s name. Use several words that have nothing to do with it.',
    'zh-CN': '密码中不能包含企业名称，请换成几个与企业无关的词语。',
  }),
  'holds-own-word': () => ({
    en: 'The password holds a word that your company has ruled out. Use several words that have nothing to do with it.',
    'zh-CN': '密码中包含贵公司不允许使用的词语，请换成几个与企业无关的词语。',
  }),
  'lacks-class': policy => ({
    en: `Your company asks that a password also holds: ${list(policy.classes, 'en')}.`,
    'zh-CN': `贵公司要求密码中包含：${list(policy.classes, 'zh-CN')}。`,
  }),
  'used-before': () => ({
    en: 'This password was in use before. Choose one that you have not used here.',
    'zh-CN': '该密码曾经使用过，请换一个未在此使用过的密码。',
  }),
  'too-common': () => ({
    en: 'Attackers try passwords like this one first. Use several unrelated words; no names with numbers, birthdays, phone numbers or keys in a row.',
    'zh-CN':
      '这类密码太常见，攻击者会最先尝试。请换成几个互不相关的词语，不要使用姓名拼音加数字、生日、手机号或连续按键。',
  }),
};

/** Why a password will not do, to its reader. */
export function faultWords(fault: PasswordFault, policy: PasswordPolicy, language: Language): string {
  return weak[fault](policy)[language];
}

/** The answer to a password that will not do, in the reader's language. */
export async function weakPassword(world: World, fault: PasswordFault, visitor: Visitor) {
  const why = faultWords(fault, await passwordPolicy(world), visitor.language);
  return refuse('password-too-weak', { words: { why }, members: { fault } });
}

/** What is asked of a password here, in one sentence. */
export function ruleWords({ least, classes: wanted }: PasswordPolicy, language: Language): string {
  const kinds = list(wanted, language);
  if (language === 'zh-CN')
    return kinds
      ? `至少 ${least} 个字符，并包含${kinds}。用几个词连成一句更好记。`
      : `至少 ${least} 个字符，用几个词连成一句比符号更好记。`;
  return kinds
    ? `At least ${least} characters, with ${kinds}. Several words in a row are easy to remember.`
    : `At least ${least} characters. A few words you will remember are better than symbols.`;
}
