// Which passwords are too common to be used or guessed: the shipped list, the habits, and a breach file if one is given.
import { createHash } from 'node:crypto';
import { openBreachFile } from './breach-file.ts';
import { readCommonList } from './common-list.ts';
import { folded, squeezed, unleeted } from './forms.ts';
import { type Habit, habitIn } from './habits.ts';
import { joined } from './numbers.ts';

/** The rules' version: raise it whenever a rule decides differently (a test holds it). */
export const RULES = 1;

export type Screening = {
  /** Changes with the list, the rules and the breach file; a password is screened by exactly one version. */
  version: string;
  /** Whether the password is too common. Never throws, keeps nothing. */
  isListed: (password: string) => boolean;
  /**
   * Whether the password stands in the shipped list as it is, upper or lower case. A stranger's guess is not looked at
   * for that alone: what is only built on a listed word, as “wrong-1” is, a person types who is merely mistaken.
   * Whatever is common is listed, so that no screened account can have it.
   */
  isCommon: (password: string) => boolean;
  /**
   * The rank (1 is the commonest) of the list's entry that the password is, or is built on; null when it is not listed,
   * or was caught by a rule or the breach file alone. As a weight, take `size` for a listed one without a rank.
   */
  rankOf: (password: string) => number | null;
  /** Entries of the shipped list. What rules and breach file catch beyond it is not counted. */
  size: number;
  close: () => void;
};

/** Opens the list; rejects when the breach file cannot be used, which the settings have checked before. */
export async function openScreening(options: {
  breachFile: string | null;
  /** Hears, once, of a breach file that can no longer be read: it is left out from then on. */
  onFault?: (error: unknown) => void;
}): Promise<Screening> {
  const common = await readCommonList();
  const opened = options.breachFile === null ? null : openBreachFile(options.breachFile);
  if (opened?.kind === 'fault')
    throw new Error(`The breach file ${options.breachFile} cannot be used: ${opened.sentence}.`);
  let breach = opened?.file ?? null;
  const version = createHash('sha256')
    .update(`${RULES}:${common.digest}:${breach?.stamp ?? ''}`)
    .digest('base64url')
    .slice(0, 12);

  const judge = (password: string): Habit | null => {
    const text = folded(password.slice(0, 256));
    const exact = common.rank(text) ?? common.rank(squeezed(text));
    if (exact !== null) return { rank: exact };
    const plain = joined(text);
    const close = squeezed(plain);
    return (
      habitIn(plain, common.rank) ??
      (close === plain ? null : habitIn(close, common.rank, false)) ??
      firstOf(unleeted(plain), form => habitIn(form, common.rank))
    );
  };
  const isBreached = (password: string): boolean => {
    if (!breach) return false;
    try {
      return breach.holds(password) || breach.holds(password.normalize('NFKC'));
    } catch (error) {
      breach = null;
      options.onFault?.(error);
      return false;
    }
  };
  return {
    version,
    size: common.size,
    isListed: password => judge(password) !== null || isBreached(password),
    isCommon: password => common.rank(folded(password.slice(0, 256))) !== null,
    rankOf: password => judge(password)?.rank ?? null,
    close: () => {
      breach?.close();
      breach = null;
    },
  };
}

function firstOf(forms: string[], judge: (form: string) => Habit | null): Habit | null {
  for (const form of forms) {
    const habit = judge(form);
    if (habit) return habit;
  }
  return null;
}
