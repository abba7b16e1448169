// Names of records and files that have been asked for, for sentences that cannot wait.
import type { CustomField } from './values.ts';

const known = new Map<string, string>();

/** How the server calls what a field's value points to. */
export const refOf = (field: Pick<CustomField, 'kind' | 'target'>, value: string) =>
  `${field.kind === 'file' ? 'file' : field.target}.${value}`;

export const know = (ref: string, name: string) => void known.set(ref, name);

/** The name of what has been asked for before; undefined where it has not, or may not be known. */
export const knownName = (ref: string): string | undefined => known.get(ref);
