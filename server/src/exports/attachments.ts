// The files attached to records, as entries of an archive: a folder for each record, and a list of all at the end.
import { fenceOf, sees } from '../db/fence.ts';
import * as files from '../files/files.ts';
import { csvLine } from '../formats/cells.ts';
import type { ZipEntry } from '../formats/zip-writing.ts';
import type { Me } from '../http.ts';
import { hiddenFields, may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import { titleOf } from '../subjects/subjects.ts';
import type { World } from '../world.ts';
import { objects } from './objects.ts';

const words = {
  en: {
    folder: 'files',
    list: 'files.csv',
    head: ['Path', 'File', 'Record id', 'Type', 'Bytes', 'SHA-256', 'Attached at', 'Attached by', 'State'],
    whole: 'complete',
    broken: 'damaged or missing',
  },
  'zh-CN': {
    folder: '附件',
    list: '附件清单.csv',
    head: ['路径', '文件名', '记录编号', '类型', '字节数', 'SHA-256', '上传时间', '上传人', '状态'],
    whole: '完整',
    broken: '损坏或缺失',
  },
} as const;

/** A name as every system takes it for a file or folder. */
const plain = (name: string) =>
  name
    .replace(/[\p{Cc}\s\\/:*?"<>|]+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, 80) || '-';

/** The name with a mark before its ending. */
const marked = (name: string, mark: string) => name.replace(/(\.[^.]{1,8})?$/, ending => ` ${mark}${ending}`);

/** Files of records that this person may export, those in the bin left out; what is lent to him is not his to take. */
export async function* attachments(world: World, me: Me, language: Language): AsyncGenerator<ZipEntry> {
  const { folder, list, head, whole, broken } = words[language];
  const lines: (readonly string[])[] = [head];
  const passes: files.Passing = (type, place) => sees(fenceOf(me, may(me, 'export', type)), place);
  let here = { record: '', names: new Set<string>() };
  for await (const { file, type, place, open } of files.each(world, passes)) {
    if (here.record !== place.id) here = { record: place.id, names: new Set() };
    const isNamed = !hiddenFields(me, type).includes(titleOf(type));
    const record = `${isNamed ? `${plain(place.name)} ` : ''}${place.id.slice(-8)}`;
    const name = here.names.has(plain(file.name))
      ? marked(plain(file.name), file.id.slice(-6))
      : plain(file.name);
    here.names.add(name);
    const path = `${folder}/${objects[type].names[language]}/${record}/${name}`;
    let state: string = broken;
    const isWhole = () => {
      state = whole;
    };
    yield { name: path, chunks: bytesOf(open, isWhole) };
    const { type: media, size, sha256, created_at: at, creator } = file;
    const told = [path, file.name, place.id, media, String(size), sha256, at, creator ?? '', state];
    lines.push(told);
  }
  yield { name: list, chunks: textOf(lines) };
}

/** The bytes; one that breaks off is told of in the list, and the others follow all the same. */
async function* bytesOf(open: files.Opening, isWhole: () => void): AsyncGenerator<Uint8Array> {
  try {
    const bytes = await open();
    if (!bytes) return;
    for await (const chunk of bytes) yield chunk;
    isWhole();
  } catch {
    // Its entry ends where its bytes do.
  }
}

async function* textOf(lines: (readonly string[])[]): AsyncGenerator<string> {
  yield '\ufeff';
  for (const line of lines) yield csvLine(line);
}
