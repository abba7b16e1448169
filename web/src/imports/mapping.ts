// Which column becomes which field: what is offered, what is missing, what is taken twice.
import type { Calls } from '../calls.ts';
import type { Translate } from '../words.ts';

export type ImportDraft = Calls['GET /imports/{id}/preview']['reply'];
export type ImportView = Calls['GET /imports/{id}']['reply'];
export type ImportObject = ImportView['object'];
export type Mapping = ImportDraft['mapping'];
export type Field = NonNullable<Mapping[string]>;
export type Options = ImportView['options'];

/** What columns may become, as the server tells it, in its order. */
export type Offered = ImportDraft['fields'];

/** The field without which no row becomes such a record. */
export const neededIn = (offered: Offered): Field =>
  offered.find(one => one.need === 'needed')?.field ?? 'name';

const calledOtherwise: Record<string, string> = {
  'task kind': 'taskKind',
  'task author': 'taskAuthor',
  'order kind': 'orderKind',
  'order name': 'orderName',
};

/** Under which word a field of such records stands. */
const wordOf = (object: ImportObject, field: string): string =>
  calledOtherwise[`${object} ${field}`] ?? field;

const several = (offered: Offered) => new Set(offered.filter(one => one.several).map(one => one.field));

/** What keeps a mapping from being used. */
export function mappingFaults(
  offered: Offered,
  mapping: Mapping,
): { nameMissing: boolean; doubled: Field[] } {
  const used = Object.values(mapping).filter(field => field !== null);
  const joined = several(offered);
  const nameMissing = !offered.some(({ field, need }) => need !== 'free' && used.includes(field));
  const doubled = used.filter((field, place) => !joined.has(field) && used.indexOf(field) !== place);
  return { nameMissing, doubled: [...new Set(doubled)] };
}

/** The mapping with one column changed; a field that only one column may feed leaves the one it came from. */
export function remapped(offered: Offered, mapping: Mapping, column: string, field: Field | null): Mapping {
  const next: Mapping = {};
  const joined = several(offered);
  for (const [name, value] of Object.entries(mapping))
    next[name] = name !== column && value === field && field !== null && !joined.has(field) ? null : value;
  next[column] = field;
  return next;
}

/** The fields in use, in the order they are offered: the columns of the preview. */
export function fieldsInUse(offered: Offered, mapping: Mapping): Field[] {
  const used = new Set(Object.values(mapping));
  return offered.map(one => one.field).filter(field => used.has(field));
}

/** What a field is called: by its own label, or by the words for it. */
export function fieldName(
  { object, fields }: Pick<ImportDraft, 'object' | 'fields'>,
  field: string,
  t: Translate,
): string {
  return fields.find(one => one.field === field)?.label ?? t(`field.${wordOf(object, field)}`);
}

/** Whether the server is at work on an import, so that its progress is worth asking for. */
export function isBusy(state: ImportView['state']): boolean {
  return state === 'running' || state === 'undoing';
}

/** Progress in whole percent; a file without rows is done at once. */
export function percent(done: number, total: number): number {
  return total <= 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
}
