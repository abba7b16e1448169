// What an answer is, however it is typed, and which will not do. Pure.

export type Question = { preset: string } | { own: string };
export type Item = { question: Question; answer: string };

/** One form for every way to type the same: width, case, space and punctuation fall away. */
export function folded(answer: string): string {
  return answer
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');
}

/** All answers in their order as one text: whoever is wrong is not told in which. */
export function together(answers: readonly string[]): string {
  return JSON.stringify(answers.map(folded));
}

export type Why = 'short' | 'same' | 'in-question' | 'yourself' | 'asked-twice';
export type Fault = { at: number; why: Why };

/** Two characters say much in Chinese. */
const least = 2;

/** The first answer or question that will not do; null where all do. */
export function faultIn(items: readonly Item[], person: { name: string; email: string }): Fault | null {
  const own = [person.name, person.email, person.email.split('@')[0] ?? ''].map(folded);
  const answers = items.map(item => folded(item.answer));
  const asked = items.map(({ question }) => ('own' in question ? folded(question.own) : question.preset));
  for (const [at, answer] of answers.entries()) {
    const { question } = items[at] as Item;
    if ([...answer].length < least) return { at, why: 'short' };
    if (answers.indexOf(answer) < at) return { at, why: 'same' };
    if (asked.indexOf(asked[at] ?? '') < at) return { at, why: 'asked-twice' };
    if ('own' in question && folded(question.own).includes(answer)) return { at, why: 'in-question' };
    if (own.includes(answer)) return { at, why: 'yourself' };
  }
  return null;
}
