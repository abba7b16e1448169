// From a body as it came to a flat list of named texts: JSON, forms, vCards. Pure; whatever comes, it answers.
import { clean, textOf } from '../formats/charsets.ts';
import { readVcards } from '../formats/vcard.ts';

/** One thing that was said, by the name under which it was sent. */
export type Field = { name: string; value: string };

export type Reading =
  | { kind: 'fields'; fields: Field[] }
  | { kind: 'unreadable' }
  | { kind: 'several'; fields: Field[] };

const most = { fields: 200, name: 200, value: 10_000, depth: 8, nodes: 5_000 };

/** The media type without its parameters; null for none that intake takes. */
export function mediaTypeOf(contentType: string | null): string | null {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/^application\/(?:[\w.+-]+\+)?json$/.test(type)) return 'application/json';
  if (/^text\/(?:x-)?vcard$/.test(type)) return 'text/vcard';
  return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data' ? type : null;
}

export function parameterOf(contentType: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Reads a body of one of the media types that intake takes. */
export async function readBody(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Reading> {
  const charset = parameterOf(contentType, 'charset');
  switch (mediaTypeOf(contentType)) {
    case 'application/json':
      return ofJson(textOf(bytes, charset));
    case 'application/x-www-form-urlencoded':
      return answer(formFields(bytes, charset));
    case 'multipart/form-data':
      return ofMultipart(bytes, contentType);
    default: {
      const cards = readVcards(bytes, charset);
      if (cards.length > 1) return { kind: 'several', fields: tidy(cards.flat()) };
      return answer(cards[0] ?? []);
    }
  }
}

function answer(fields: Field[]): Reading {
  const kept = tidy(fields);
  return kept.length > 0 ? { kind: 'fields', fields: kept } : { kind: 'unreadable' };
}

function tidy(fields: Field[]): Field[] {
  return fields
    .map(({ name, value }) => ({
      name: clean(name).trim().slice(0, most.name).toWellFormed(),
      value: clean(value).trim().slice(0, most.value).toWellFormed(),
    }))
    .filter(({ value }) => value !== '')
    .slice(0, most.fields);
}

function ofJson(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  // A list of records is several customers; a list of named values, as form builders send it, is one.
  const records = Array.isArray(value) ? value.filter(isRecord) : [];
  const fields = jsonFields(value);
  if (records.length > 1 && !records.every(pairIn)) return { kind: 'several', fields: tidy(fields) };
  return answer(fields);
}

type Node = { name: string; value: unknown; depth: number };

/** Every text of a JSON value under its path, breadth first and without recursion: depth is the sender's choice. */
function jsonFields(root: unknown): Field[] {
  const fields: Field[] = [];
  const queue: Node[] = [{ name: '', value: root, depth: 0 }];
  for (let at = 0; at < Math.min(queue.length, most.nodes); at++) {
    const { name, value, depth } = queue[at] as Node;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      fields.push({ name, value: String(value) });
    else if (typeof value !== 'object' || value === null || depth >= most.depth) continue;
    else if (Array.isArray(value) && value.every(isScalar)) fields.push({ name, value: value.join(', ') });
    else {
      const pair = pairIn(value);
      const prefix = name === '' ? '' : `${name}.`;
      if (pair) queue.push({ ...pair, depth: depth + 1 });
      else if (Array.isArray(value))
        queue.push(...value.slice(0, most.fields).map(item => ({ name, value: item, depth: depth + 1 })));
      else
        for (const [key, item] of Object.entries(value).slice(0, most.fields))
          queue.push({ name: `${prefix}${key}`.slice(-most.name), value: item, depth: depth + 1 });
    }
  }
  return fields;
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;
const isRecord = (value: unknown) => !isScalar(value) && !Array.isArray(value);

/** `{label: "Phone", value: "…"}`: what a form builder calls a field and what was typed into it. */
function pairIn(value: unknown): { name: string; value: unknown } | null {
  if (!isRecord(value)) return null;
  const record = new Map(Object.entries(value as object));
  const label = ['label', 'name', 'title', 'question', 'field', 'key'].map(key => record.get(key));
  const name = label.find((text): text is string => typeof text === 'string' && text !== '');
  const content = record.get('value') ?? record.get('answer');
  return name !== undefined && content !== undefined ? { name, value: content } : null;
}

/** `application/x-www-form-urlencoded`, percent-decoded to bytes first, as they may be in another character set. */
export function formFields(bytes: Uint8Array, charset: string | null): Field[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const pairs = text.split('&', most.nodes).filter(Boolean);
  const halves = pairs.map(pair => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  const declared = halves.find(([name]) => name === '_charset_')?.[1];
  const read = (part = '') =>
    textOf(
      Buffer.from(
        part
          .replaceAll('+', ' ')
          .replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ),
      declared || charset,
    );
  return halves.map(([name, value]) => ({ name: read(name), value: read(value) }));
}

async function ofMultipart(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Reading> {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    const fields: Field[] = [];
    for (const [name, value] of form)
      fields.push({ name, value: typeof value === 'string' ? value : value.size > 0 ? value.name : '' });
    return answer(fields);
  } catch {
    return { kind: 'unreadable' };
  }
}
