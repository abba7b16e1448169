// The common passwords of @zxcvbn-ts/language-common (MIT), in the order of their commonness.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export type CommonList = {
  /** One is the commonest; null when it is not in the list. All entries are in lower case. */
  rank: (text: string) => number | null;
  size: number;
  /** Tells one state of the list from another. */
  digest: string;
};

/** Reads the list; the package's plain file takes about ten milliseconds, its compressed module three times that. */
export async function readCommonList(): Promise<CommonList> {
  const path = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json');
  const source = await readFile(path);
  const entries: string[] = JSON.parse(source.toString('utf8'));
  const ranks = new Map(entries.map((entry, index) => [entry, index + 1]));
  const digest = createHash('sha256').update(source).digest('base64url');
  return { rank: text => ranks.get(text) ?? null, size: ranks.size, digest };
}
