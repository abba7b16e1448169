// When two spellings are one company. Pure.

const latinForms = /^(?:co|ltd|limited|inc|incorporated|corp|corporation|company|gmbh|llc|plc|pte|sa|ag|bv)$/;
const chineseForms = /(?:集团|股份|控股|有限|责任|总|分)*公司$|集团$/u;

/** What two spellings of one company's name have in common: no width, case, space, punctuation or legal form. */
export function nameKey(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  // Latin legal forms count as whole words only, so that "Zinc" stays.
  while (words.length > 1 && latinForms.test(words.at(-1) ?? '')) words.pop();
  const joined = words.join('');
  const short = joined.replace(chineseForms, '');
  return (short === '' ? joined : short).slice(0, 200);
}
