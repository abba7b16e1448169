// Exports (导出): everything within reach that meets the filters, without a cap, with progress, on record with its size.
import * as audit from '../audit/audit.ts';
import { hiddenAsked } from '../field-rules.ts';
import { saveAs } from '../formats/csv-stream.ts';
import { zipped } from '../formats/zip-writing.ts';
import type { Me, Visitor } from '../http.ts';
import { may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { moment, type World } from '../world.ts';
import { attachments } from './attachments.ts';
import type { Style } from './columns.ts';
import { type Format, formatsOf, type Wanted } from './contract.ts';
import { columnsFor, type Exported, type ExportObject, isAskable, objects } from './objects.ts';
import * as store from './store.ts';
import { streamed, written } from './writing.ts';

export type Export = store.ExportRow;
export type Hand = { me: Me; visitor: Visitor };
export type File = { stream: ReadableStream<Uint8Array>; headers: Record<string, string>; type: string };

const forgottenAfter = 30 * 86_400_000;
/** Progress is told after so many records. */
const told = 5_000;

/** The objects that an export is of, those that this person may export. */
function partsOf(object: Wanted, me: Me): Exported[] {
  const all = object === 'everything' ? (Object.keys(objects) as ExportObject[]) : [object];
  return all.filter(one => may(me, 'export', one) !== 'none').map(one => objects[one]);
}

/** Filters by what is hidden from this person: the file would tell it by the records that are in it (L43). */
async function hiddenFaults(
  world: World,
  one: Exported | undefined,
  filters: Record<string, string>,
  me: Me,
) {
  if (!one) return [];
  const faults = hiddenAsked(me, one.object, filters).map(({ path, message }) => ({
    path: path.replace('query', 'filters'),
    message,
  }));
  if (await isAskable(world, one, filters, me)) return faults;
  return [...faults, { path: 'filters.custom', message: 'names a field or a value that there is not' }];
}

/** Asks for an export; nothing is read until its file is. Filters are for a single object. */
export async function ask(
  world: World,
  input: {
    object: Wanted;
    format: Format;
    filters: Record<string, string>;
    files: boolean;
    language: Language;
  },
  { me }: Hand,
): Promise<
  | { kind: 'asked'; row: Export }
  | { kind: 'not-allowed' }
  | { kind: 'invalid'; faults: { path: string; message: string }[] }
> {
  const parts = partsOf(input.object, me);
  if (parts.length === 0) return { kind: 'not-allowed' };
  if (!formatsOf[input.object].includes(input.format))
    return {
      kind: 'invalid',
      faults: [{ path: 'format', message: 'there is no such file of these records' }],
    };
  const [one] = parts;
  if (input.object === 'everything' && Object.keys(input.filters).length > 0)
    return { kind: 'invalid', faults: [{ path: 'filters', message: 'everything has none' }] };
  if (input.object !== 'everything' && input.files)
    return { kind: 'invalid', faults: [{ path: 'files', message: 'goes with everything alone' }] };
  const checked = one?.check(input.filters);
  if (checked && !checked.success) return { kind: 'invalid', faults: checked.issues };
  const faults = await hiddenFaults(world, one, input.filters, me);
  if (faults.length > 0) return { kind: 'invalid', faults };
  await store.forget(world, me.id, new Date(world.now() - forgottenAfter).toISOString());
  const row = await store.insert(world, {
    id: world.random.id(),
    object: input.object,
    format: input.format,
    filters: JSON.stringify(input.filters),
    with_files: input.files,
    language: input.language,
    state: 'ready',
    created_by: me.id,
    created_at: moment(world),
  });
  return { kind: 'asked', row };
}

/** One’s own exports. */
export const find = (world: World, id: string, me: Me) => store.byId(world, id, me.id);
export const list = (world: World, me: Me, page: { limit: number; after?: string | undefined }) =>
  store.list(world, me.id, page);

const types: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/x-ndjson; charset=utf-8',
  vcard: 'text/vcard; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
};
const endings: Record<Format, string> = {
  csv: 'csv',
  xlsx: 'xlsx',
  jsonl: 'jsonl',
  vcard: 'vcf',
  ics: 'ics',
};

/**
 * The file, read from the records as it is taken: as they are now, as far as the person reaches now. Null when nothing
 * of it may be exported any more. On record when it begins, as a copy may be taken from then on, and when it ends.
 */
export async function open(world: World, row: Export, hand: Hand): Promise<File | null> {
  const format = row.format as Format;
  const parts = partsOf(row.object as Wanted, hand.me);
  if (parts.length === 0) return null;
  const language: Language = row.language === 'zh-CN' ? 'zh-CN' : 'en';
  const style = { language, timeZone: await workspaces.timeZone(world) };
  let done = 0;
  async function* counted(rows: AsyncIterable<unknown>) {
    for await (const one of rows) {
      if (++done % told === 0) await store.update(world, row.id, { done });
      yield one;
    }
  }
  const bytes = async (one: Exported) => {
    const by = { ...hand, reach: may(hand.me, 'export', one.object) };
    const { columns, named } = await columnsFor(world, one, by);
    const rows = counted(named(one.rows(world, row.filters as Record<string, string>, by)));
    return written(format, { one, columns, rows, by, style });
  };
  const [single] = parts;
  const filters = row.filters as Record<string, string>;
  if ((await hiddenFaults(world, single, filters, hand.me)).length > 0) return null;
  const whole = row.object === 'everything' || !single;
  async function* entries() {
    yield* entriesOf(parts, format, language, bytes);
    if (row.with_files) yield* attachments(world, hand.me, language);
  }
  const chunks = whole ? zipped(entries()) : await bytes(single);
  const entry = (action: string, details: Record<string, unknown>) => ({
    action,
    by: hand.me,
    visitor: hand.visitor,
    object: { type: 'export', id: row.id },
    details: {
      object: row.object,
      format,
      filters: row.filters,
      ...(row.with_files ? { files: true } : {}),
      ...details,
    },
  });
  await audit.record(world, entry('export.start', {}));
  await store.update(world, row.id, { state: 'running', done: 0, finished_at: null });
  const stream = streamed(chunks, async complete => {
    const state = complete ? 'done' : 'broken';
    await store.update(world, row.id, { state, done, finished_at: moment(world) });
    await audit.record(world, entry('export.end', { rows: done, complete }));
  });
  const names = whole ? everything : single.names;
  const day = await workspaces.today(world);
  return {
    stream,
    type: whole ? 'application/zip' : types[format],
    headers: saveAs(`${names[language]}-${day}.${whole ? 'zip' : endings[format]}`),
  };
}

const everything = { en: 'everything', 'zh-CN': '全部数据' };

async function* entriesOf(
  parts: Exported[],
  format: Format,
  language: Style['language'],
  bytes: (one: Exported) => Promise<AsyncIterable<Uint8Array>>,
) {
  for (const one of parts)
    yield { name: `${one.names[language]}.${endings[format]}`, chunks: await bytes(one) };
}
