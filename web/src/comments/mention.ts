// Mentions in a text being written: what is asked for at the caret, whom the words name, and how they are read.
export type Colleague = { id: string; name: string; reads: boolean };
type Named = { id: string; name: string };

const longest = 20;

/** The `@` before the caret and what was typed behind it; null where nobody is being mentioned. */
export function askedAt(text: string, caret: number): { from: number; typed: string } | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || caret - from - 1 > longest) return null;
  const typed = text.slice(from + 1, caret);
  // `name@house` is an address of mail; behind Chinese characters an @ stands without a space.
  return /[\n@]/.test(typed) || /[\w.+-]/.test(text[from - 1] ?? '') ? null : { from, typed };
}

/** Colleagues whose names hold what was typed; first those whose names begin with it, and who may read the record. */
export function suggested(people: readonly Colleague[], typed: string, most = 6): Colleague[] {
  const wanted = typed.trim().toLowerCase();
  const place = (one: Colleague) => one.name.toLowerCase().indexOf(wanted);
  return people
    .filter(one => place(one) >= 0)
    .sort((a, b) => Number(place(a) > 0) - Number(place(b) > 0) || Number(b.reads) - Number(a.reads))
    .slice(0, most);
}

/** The text with that name in place of what was typed, and where the caret goes. */
export function mentioned(
  text: string,
  asked: { from: number; typed: string },
  name: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, asked.from)}@${name} `;
  return {
    text: before + text.slice(asked.from + 1 + asked.typed.length).replace(/^ /, ''),
    caret: before.length,
  };
}

/** Pieces of a text, mentions apart; of two names that fit the longer one is meant. */
export function piecesOf<P extends Named>(
  text: string,
  people: readonly P[],
): { at: number; words: string; person?: P }[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  const pieces: { at: number; words: string; person?: P }[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const person = byLength.find(one => one.name !== '' && text.startsWith(one.name, at + 1));
    if (!person || at < done) continue;
    if (at > done) pieces.push({ at: done, words: text.slice(done, at) });
    done = at + 1 + person.name.length;
    pieces.push({ at, words: text.slice(at, done), person });
  }
  if (done < text.length) pieces.push({ at: done, words: text.slice(done) });
  return pieces;
}

/** Ids of those whom a text mentions; `picked` says who is meant where several are called the same. */
export function mentionsIn(
  text: string,
  people: readonly Named[],
  picked: Readonly<Record<string, string>>,
): string[] {
  const ids = piecesOf(text, people).flatMap(({ person }) =>
    person ? [picked[person.name] ?? person.id] : [],
  );
  return [...new Set(ids)];
}
