// What a page that is being left still holds of a draft. The box has no time to take it any more, so it is put down at
// once, in this tab, under a pad made ready before; the next page brings it into the box.
import type { Pad } from '../offline/cipher.ts';

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
type Pads = { make: () => Promise<Pad>; cover: (pad: Pad, words: string) => string | null };

const prefix = 'latchkey.words ';
const ready: Pad[] = [];
const put = new Map<string, { name: string; at: number }>();
let pads: Pads | null = null;
let count = 0;

const keyOf = ({ person, key }: Pick<LastWords, 'person' | 'key'>) => `${person} ${key}`;

/** Hands over how pads are made; until then nothing is put down, since it could be read by anybody (L50). */
export async function readyPads(given: Pads): Promise<void> {
  pads = given;
  while (ready.length < 3) ready.push(await given.make());
}

export function leaveWords(words: LastWords): void {
  const pad = ready.shift();
  if (!pads || !pad) return;
  void pads.make().then(made => ready.push(made));
  const covered = pads.cover(pad, JSON.stringify(words));
  if (covered === null) return;
  count += 1;
  const name = put.get(keyOf(words))?.name ?? `${prefix}${words.person} ${words.at} ${count}`;
  try {
    sessionStorage.setItem(name, covered);
    put.set(keyOf(words), { name, at: words.at });
  } catch {
    // A browser without storage, or with a full one, keeps none.
  }
}

/** To be called when they are in the box, or done with; words left later than `at` stay. */
export function dropWords(of: Pick<LastWords, 'person' | 'key'> & { at?: number }): void {
  const left = put.get(keyOf(of));
  if (!left || (of.at !== undefined && left.at !== of.at)) return;
  put.delete(keyOf(of));
  sessionStorage.removeItem(left.name);
}

/** All that a person left in this tab, the oldest first, and how to be done with each. */
export async function leftWords(
  person: string,
  uncover: (covered: string) => Promise<string | null>,
): Promise<{ words: LastWords; done: () => void }[]> {
  const names = Object.keys(sessionStorage).filter(name => name.startsWith(`${prefix}${person} `));
  const found = await Promise.all(
    names.map(async name => {
      const covered = sessionStorage.getItem(name) ?? '';
      const words = wordsIn(await uncover(covered));
      const done = () => {
        if (sessionStorage.getItem(name) === covered) sessionStorage.removeItem(name);
      };
      return words?.person === person ? [{ words, done }] : [];
    }),
  );
  return found.flat().sort((one, other) => one.words.at - other.words.at);
}

function wordsIn(plain: string | null): LastWords | null {
  try {
    return JSON.parse(plain ?? 'null') as LastWords | null;
  } catch {
    return null;
  }
}
