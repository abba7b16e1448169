// Two people changed one record: what each did to it, and how both can stand (412).

/** What to keep of a field that two have changed. */
export type Choice = 'mine' | 'theirs' | 'both';

/** A field that the two versions do not agree on. */
export type Clash<K extends string> = {
  field: K;
  base: string;
  mine: string;
  theirs: string;
  /** Changed by the other one and by me; where only one of us did, nothing has to be chosen. */
  contested: boolean;
  /** Where both texts can stand together. */
  joinable: boolean;
};

type Texts<K extends string> = Record<K, string>;

const same = (one: string, other: string) => one.trim() === other.trim();

/** The fields in which mine and theirs differ, contested ones first. */
export function clashesOf<K extends string>(
  fields: readonly K[],
  versions: { base: Texts<K>; mine: Texts<K>; theirs: Texts<K> },
  joinable: readonly K[] = [],
): Clash<K>[] {
  const { base, mine, theirs } = versions;
  const clashes = fields
    .filter(field => !same(mine[field], theirs[field]))
    .map(field => ({
      field,
      base: base[field],
      mine: mine[field],
      theirs: theirs[field],
      contested: !same(mine[field], base[field]) && !same(theirs[field], base[field]),
      joinable: joinable.includes(field) && mine[field].trim() !== '' && theirs[field].trim() !== '',
    }));
  return [...clashes.filter(clash => clash.contested), ...clashes.filter(clash => !clash.contested)];
}

/** What is taken unless somebody decides otherwise: my change, or theirs where I changed nothing. */
export function suggestion<K extends string>(clash: Clash<K>): Choice {
  if (same(clash.mine, clash.base)) return 'theirs';
  return clash.contested && clash.joinable ? 'both' : 'mine';
}

/** The text that a choice amounts to. */
export function chosen<K extends string>(clash: Clash<K>, choice: Choice, joint: string): string {
  if (choice === 'mine') return clash.mine;
  if (choice === 'theirs') return clash.theirs;
  const theirs = clash.theirs.trim();
  const mine = clash.mine.trim();
  return theirs.includes(mine) ? theirs : mine.includes(theirs) ? mine : theirs + joint + mine;
}

/** The record that comes out of it: theirs, with what was chosen put over it. */
export function merged<K extends string, F extends Texts<K>>(
  theirs: F,
  clashes: Clash<K>[],
  choices: Partial<Record<K, Choice>>,
  joints: Partial<Record<K, string>> = {},
): F {
  const result: Record<string, string> = { ...theirs };
  for (const clash of clashes) {
    const choice = choices[clash.field] ?? suggestion(clash);
    result[clash.field] = chosen(clash, choice, joints[clash.field] ?? '\n');
  }
  return result as F;
}
