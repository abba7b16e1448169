// What a page that is being left still holds of a draft. The box has no time to take it any more, so it is put down at
// once, in this tab, and the next page brings it into the box.

export type Place = {
  /** Address and name of the page it was typed on, for the way back. */
  where: string;
  title: string;
};
export type LastWords = {
  person: string;
  key: string;
  at: number;
  place: Place;
  /** Null where everything was taken back to the start: then there is nothing to keep. */
  value: unknown;
};

const prefix = 'latchkey.words ';
const nameOf = ({ person, key }: Pick<LastWords, 'person' | 'key'>) => `${prefix}${person} ${key}`;

export function leaveWords(words: LastWords): void {
  try {
    sessionStorage.setItem(nameOf(words), JSON.stringify(words));
  } catch {
    // A browser without storage, or with a full one, keeps none.
  }
}

/** To be called when they are in the box, or done with; words left later than `at` stay. */
export function dropWords(of: Pick<LastWords, 'person' | 'key'> & { at?: number }): void {
  const left = of.at === undefined ? null : wordsIn(nameOf(of));
  if (left === null || left.at === of.at) sessionStorage.removeItem(nameOf(of));
}

function wordsIn(name: string): LastWords | null {
  return JSON.parse(sessionStorage.getItem(name) ?? 'null') as LastWords | null;
}

/** All that were left in this tab. */
export function leftWords(): LastWords[] {
  return Object.keys(sessionStorage)
    .filter(name => name.startsWith(prefix))
    .flatMap(name => wordsIn(name) ?? []);
}
